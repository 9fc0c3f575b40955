"""What `for` goes through when it is given two ends instead of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from .evaluation import Evaluation
from .values import Date, Range, kind_of
from .values.numbers import whole


def between(evaluation: Evaluation, start: object, end: object) -> Iterable[object] | None:
    """Return the whole numbers or days from `start` to `end`, both included, upwards or downwards."""
    ends = _ends(start, end)
    if ends is None:
        evaluation.null("for cannot go from {} to {}", kind_of(start), kind_of(end))
        return None
    first, last = ends
    step = 1 if first <= last else -1
    return _values(range(first, last + step, step), isinstance(start, Date))


def items_of_range(evaluation: Evaluation, interval: Range) -> Iterable[object] | None:
    """Return what lies in a range of whole numbers or days; null when it has no end."""
    ends = _ends(interval.start, interval.end)
    if ends is None:
        evaluation.null("for cannot go from {} to {}", kind_of(interval.start), kind_of(interval.end))
        return None
    first, last = ends[0] + (not interval.start_included), ends[1] - (not interval.end_included)
    return _values(range(first, last + 1), isinstance(interval.start, Date))


def _ends(start: object, end: object) -> tuple[int, int] | None:
    if isinstance(start, Date) and isinstance(end, Date):
        return start.days, end.days
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        first, last = whole(start), whole(end)
        return None if first is None or last is None else (first, last)
    return None


def _values(numbers: range, are_days: bool) -> Iterator[object]:
    make = Date.from_days if are_days else Decimal
    return (make(number) for number in numbers)
