"""The door into FEEL: JSON-able values, and Python's dates and decimals, become FEEL values.

It is passed when a variable, or an entry of one, is read: entries of a context are converted one by one when asked for.
"""

from __future__ import annotations

import datetime as python
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from ..errors import FeelValueError
from .durations import DaysDuration, MonthsDuration
from .functions import Function
from .numbers import number_from_float, number_from_int, plus
from .parsing import parse_temporal
from .ranges import Context, NotEqualTest, Range
from .temporal import Date, DateTime, Time, time_from_python

#: Values of these types are FEEL values as they are.
FINAL_TYPES = frozenset(
    (str, bool, type(None), Date, Time, DateTime, DaysDuration, MonthsDuration, Range, NotEqualTest, Context, dict)
)


def from_json(value: object) -> object:
    """Return the FEEL value of a JSON value or of a Python date, time, timedelta or Decimal.

    Lists are converted at once, contexts entry by entry when read. Floats become the decimal that a person would write;
    NaN and infinity become null. Raises FeelValueError for other Python objects.
    """
    kind = type(value)
    if kind in FINAL_TYPES:
        return value
    convert = _CONVERSIONS.get(kind)
    return convert(value) if convert is not None else _from_other(value)


def entry(context: dict[str, object], key: str) -> object:
    """Return the FEEL value of an entry that exists; only those of contexts from outside need converting."""
    value = context[key]
    return value if type(context) is Context else from_json(value)


def entries(context: dict[str, object]) -> Iterable[tuple[str, object]]:
    """Return keys with FEEL values."""
    if type(context) is Context:
        return context.items()
    return ((key, from_json(value)) for key, value in context.items())


def _list(items: list[object]) -> list[object]:
    return [item if type(item) in FINAL_TYPES else from_json(item) for item in items]


def _from_other(value: object) -> object:
    """Convert what is only a subclass of a known type, and foreign objects whose text is a temporal value."""
    if isinstance(value, Function):
        return value
    if isinstance(value, Mapping):
        return dict(value)
    for kind in (
        bool,
        int,
        float,
        str,
        Decimal,
        python.datetime,
        python.date,
        python.time,
        python.timedelta,
        list,
        tuple,
    ):
        if isinstance(value, kind):
            return _CONVERSIONS.get(kind, kind)(value)
    temporal = parse_temporal(str(value))
    if temporal is not None:
        return temporal
    raise FeelValueError(type(value).__name__)


_CONVERSIONS: dict[type, Callable[..., object]] = {
    int: number_from_int,
    float: number_from_float,
    Decimal: plus,
    list: _list,
    tuple: _list,
    python.datetime: DateTime.from_python,
    python.date: lambda day: Date(day.year, day.month, day.day),
    python.time: time_from_python,
    python.timedelta: lambda delta: DaysDuration(delta // python.timedelta(microseconds=1) * 1000),
}
