"""FEEL, the expression language of DMN 1.5 with Camunda 8's additions. No expression reaches Python."""

from .errors import FeelAssertionFailed, FeelError, FeelLimitExceeded, FeelSyntaxError, FeelValueError
from .expression import CompiledExpression, compile, evaluate, parse, unary_tests  # noqa: A004 - the public name
from .limits import DEFAULT_LIMITS, Limits
from .reasons import Reason
from .values import (
    Context,
    Date,
    DateTime,
    DaysDuration,
    Function,
    HostFunction,
    MonthsDuration,
    Range,
    Time,
    from_json,
    to_json,
)

__all__ = [
    "DEFAULT_LIMITS",
    "CompiledExpression",
    "Context",
    "Date",
    "DateTime",
    "DaysDuration",
    "FeelAssertionFailed",
    "FeelError",
    "FeelLimitExceeded",
    "FeelSyntaxError",
    "FeelValueError",
    "Function",
    "HostFunction",
    "Limits",
    "MonthsDuration",
    "Range",
    "Reason",
    "Time",
    "compile",
    "evaluate",
    "from_json",
    "parse",
    "to_json",
    "unary_tests",
]
