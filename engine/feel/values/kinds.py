"""Which of FEEL's kinds a value is of, and how values of one kind compare."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .durations import NANOS, DaysDuration, MonthsDuration
from .functions import Function
from .ranges import Context, NotEqualTest, Range
from .reading import entries, entry
from .temporal import Date, DateTime, Time

if TYPE_CHECKING:
    from ..limits import Budget

_KINDS: dict[type, str] = {
    type(None): "Null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Context: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
    Range: "range",
    NotEqualTest: "range",
}

#: What orders two values of a kind.
_PLAIN = frozenset((Decimal, str, DaysDuration, MonthsDuration))


def kind_of(value: object) -> str:
    """Return the FEEL type name of a FEEL value."""
    kind = _KINDS.get(type(value))
    if kind is None:
        kind = "function" if isinstance(value, Function) else "Any"
    return kind


def less_than(left: Any, right: Any) -> bool | None:
    """Return whether left < right; None when the two cannot be ordered."""
    kind = type(left)
    if kind is not type(right):
        return None
    if kind in _PLAIN:
        return bool(left < right)
    if kind is Date:
        return bool(left.key < right.key)
    if kind is Time or kind is DateTime:
        return bool(left.key < right.key) if (left.zone is None) is (right.zone is None) else None
    return None


def equal(left: Any, right: Any, budget: Budget | None = None) -> bool | None:
    """Return whether two FEEL values are equal; None when they are of different kinds. null equals only null."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return _equal_contexts(left, right, budget) if isinstance(left, dict) and isinstance(right, dict) else None
    if kind is list:
        return _equal_lists(left, right, budget)
    if kind is Context or kind is dict:
        return _equal_contexts(left, right, budget)
    if kind is Range:
        return _equal_ranges(left, right, budget)
    if kind is Time or kind is DateTime:
        return _equal_times(left, right)
    return bool(left == right)


def _equal_times(left: Time | DateTime, right: Time | DateTime) -> bool:
    """By whole seconds: a time consists of hour, minute, second and offset (DMN 1.5, tables 55 and 65)."""
    is_local, instant = left.key
    is_other_local, other_instant = right.key
    return is_local is is_other_local and instant // NANOS == other_instant // NANOS


def _equal_lists(left: list[object], right: list[object], budget: Budget | None) -> bool:
    if budget is not None:
        budget.spend(1 + min(len(left), len(right)))
    return len(left) == len(right) and all(equal(a, b, budget) is True for a, b in zip(left, right, strict=True))


def _equal_contexts(left: dict[str, object], right: dict[str, object], budget: Budget | None) -> bool:
    if budget is not None:
        budget.spend(1 + min(len(left), len(right)))
    return left.keys() == right.keys() and all(
        equal(value, entry(right, key), budget) is True for key, value in entries(left)
    )


def _equal_ranges(left: Range, right: Range, budget: Budget | None) -> bool:
    included = (left.start_included, left.end_included, left.operator) == (
        right.start_included,
        right.end_included,
        right.operator,
    )
    return included and equal(left.start, right.start, budget) is True and equal(left.end, right.end, budget) is True


def includes(interval: Range | NotEqualTest, value: object, budget: Budget | None = None) -> bool | None:
    """Return whether a range includes a value; None when they cannot be compared."""
    if value is None:
        return None
    if isinstance(interval, NotEqualTest):
        same = equal(interval.value, value, budget)
        return None if same is None else not same
    is_open = bool(interval.operator)
    above = is_open or None if interval.start is None else _beyond(interval.start, value, interval.start_included)
    below = is_open or None if interval.end is None else _beyond(value, interval.end, interval.end_included)
    if above is False or below is False:
        return False
    return None if above is None or below is None else True


def _beyond(low: object, high: object, or_equal: bool) -> bool | None:
    less = less_than(low, high)
    return less or (equal(low, high) if less is False and or_equal else less)
