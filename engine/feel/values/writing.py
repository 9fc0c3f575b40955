"""The door out of FEEL: values become what JSON can carry."""

from __future__ import annotations

from decimal import Decimal

from ..errors import FeelLimitExceeded
from ..limits import DEFAULT_LIMITS
from .durations import DaysDuration, MonthsDuration
from .functions import Function
from .numbers import json_number
from .ranges import NotEqualTest, Range
from .reading import entries, from_json
from .temporal import Date, DateTime, Time
from .text import literal


def to_json(value: object) -> object:
    """Return what JSON can carry: whole numbers as int, others as float, temporal values and ranges as text.

    Functions become null. Raises FeelLimitExceeded when a value that shares its parts would unfold without end.
    """
    try:
        return _Unfolding().convert(value)
    except RecursionError:
        raise FeelLimitExceeded("nesting", DEFAULT_LIMITS.nesting) from None


class _Unfolding:
    def __init__(self) -> None:
        self.items = 0

    def convert(self, value: object) -> object:
        self.items += 1
        if self.items > DEFAULT_LIMITS.elements:
            raise FeelLimitExceeded("elements", DEFAULT_LIMITS.elements)
        if value is None or isinstance(value, (str, bool)):
            return value
        if isinstance(value, Decimal):
            return json_number(value)
        if isinstance(value, (list, tuple)):
            return [self.convert(item) for item in value]
        if isinstance(value, dict):
            return {str(key): self.convert(item) for key, item in entries(value)}
        if isinstance(value, (Range, NotEqualTest)):
            return literal(value)
        if isinstance(value, (Date, Time, DateTime, DaysDuration, MonthsDuration)):
            return value.isoformat()
        return None if isinstance(value, Function) else self.convert(from_json(value))
