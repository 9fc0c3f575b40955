"""FEEL's values: Python's own where they suffice (str, bool, None, list, dict, Decimal), small classes elsewhere."""

from .durations import DaysDuration, MonthsDuration
from .functions import Function
from .host import HostFunction
from .kinds import equal, includes, kind_of, less_than
from .ranges import Context, NotEqualTest, Range
from .reading import entries, entry, from_json
from .temporal import Date, DateTime, Time
from .text import literal, text_of
from .writing import to_json

__all__ = [
    "Context",
    "Date",
    "DateTime",
    "DaysDuration",
    "Function",
    "HostFunction",
    "MonthsDuration",
    "NotEqualTest",
    "Range",
    "Time",
    "entries",
    "entry",
    "equal",
    "from_json",
    "includes",
    "kind_of",
    "less_than",
    "literal",
    "text_of",
    "to_json",
]
