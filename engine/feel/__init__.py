"""FEEL, the expression language of DMN 1.5 with Camunda 8's additions. No expression reaches Python."""

from .builtins.miscellaneous import FeelAssertionFailed
from .errors import FeelError, FeelLimitExceeded, FeelSyntaxError, FeelValueError
from .expression import CompiledExpression, compile, evaluate, parse, unary_tests
from .limits import DEFAULT_LIMITS, Limits
from .values import Context, Date, DateTime, DaysDuration, Function, HostFunction, MonthsDuration, Range, Time, from_json, to_json

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
    "Time",
    "compile",
    "evaluate",
    "from_json",
    "parse",
    "to_json",
    "unary_tests",
]
