"""The values that matter for a column of conditions: one sample of every region between the constants of its cells."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cmp_to_key

from engine.feel import Date, DateTime, DaysDuration, MonthsDuration, Time
from engine.feel.types import ListType, RestrictedType, SimpleType, Type
from engine.feel.values import equal, kind_of, less_than
from engine.feel.values.durations import NANOS, NANOS_PER_DAY

from .model import InputClause

_HALF = Decimal("0.5")


def kind_of_column(clause: InputClause, constants: Iterable[object]) -> str | None:
    """Return the kind of value a column tests: by its type, else by its constants; None when that is not clear."""
    declared = simple_kind(clause.type)
    if declared is not None:
        return declared
    kinds = {kind_of(value) for value in constants if value is not None}
    return kinds.pop() if len(kinds) == 1 else None


def simple_kind(kind: Type | None) -> str | None:
    """Return the name of a simple type, restricted or not."""
    while isinstance(kind, RestrictedType):
        kind = kind.base
    return kind.name if isinstance(kind, SimpleType) else None


def allowed_texts(clause: InputClause) -> list[str]:
    """Return the tests that limit a column: its input values and the allowed values of its type."""
    texts = [clause.allowed_text] if clause.allowed is not None else []
    kind = clause.type
    while isinstance(kind, RestrictedType):
        texts.append(kind.allowed)
        kind = kind.base
    return texts


def is_list(kind: Type | None) -> bool:
    """Whether a column tests lists, of which no samples can be made."""
    while isinstance(kind, RestrictedType):
        kind = kind.base
    return isinstance(kind, ListType)


def samples(kind: str, constants: Iterable[object], *, only_whole: bool = False) -> list[object]:
    """Return one value of every region: each constant, and one between, below and above them.

    For texts: each constant and a text that is none of them. `only_whole` leaves out numbers with fractions.
    """
    if kind == "boolean":
        return [True, False]
    points = _distinct([value for value in constants if kind_of(value) == kind])
    if kind == "string":
        return [*points, _other_text(points)]
    points.sort(key=cmp_to_key(lambda left, right: -1 if less_than(left, right) else 1))
    if not points:
        points = _somewhere(kind)
    regions: list[object] = [_shifted(points[0], -1)]
    for low, high in zip(points, [*points[1:], None], strict=True):
        regions += [low, _shifted(low, 1) if high is None else _between(low, high, only_whole=only_whole)]
    return [value for value in regions if value is not None]


def _distinct(values: list[object]) -> list[object]:
    if all(isinstance(value, (str, Decimal)) for value in values):
        return list(dict.fromkeys(values))
    kept: list[object] = []
    for value in values:
        if not any(equal(value, other) is True for other in kept):
            kept.append(value)
    return kept


def _other_text(texts: list[object]) -> str:
    candidate = "other"
    while candidate in texts:
        candidate += "_"
    return candidate


def _somewhere(kind: str) -> list[object]:
    values: dict[str, object] = {
        "number": Decimal(0),
        "date": Date(2026, 1, 1),
        "time": Time(NANOS_PER_DAY // 2),
        "date and time": DateTime(Date(2026, 1, 1), Time(0)),
        "days and time duration": DaysDuration(NANOS_PER_DAY),
        "years and months duration": MonthsDuration(12),
    }
    return [values[kind]] if kind in values else [None]


def _shifted(value: object, step: int) -> object:
    """Return a value beyond the first or last constant; None where there is none."""
    if isinstance(value, Decimal):
        return value + step
    if isinstance(value, Date):
        return Date.from_days(value.days + step)
    if isinstance(value, DateTime):
        return DateTime.from_instant(value.instant + step * NANOS_PER_DAY, value.zone)
    if isinstance(value, Time):
        moved = value.nanos + step * NANOS
        return Time(moved, value.zone) if 0 <= moved < NANOS_PER_DAY else None
    if isinstance(value, DaysDuration):
        return DaysDuration(value.nanos + step * NANOS)
    return MonthsDuration(value.months + step) if isinstance(value, MonthsDuration) else None


def _between(low: object, high: object, *, only_whole: bool) -> object:
    """Return a value between two constants, a round one if there is any; None when there is none."""
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        following = (low + 1).to_integral_value()
        if following < high:
            return following
        return None if only_whole else (low + high) * _HALF
    if isinstance(low, Date) and isinstance(high, Date):
        return Date.from_days(low.days + 1) if high.days - low.days > 1 else None
    if isinstance(low, DateTime) and isinstance(high, DateTime):
        return DateTime.from_instant(_middle(low.instant, high.instant), low.zone)
    if isinstance(low, Time) and isinstance(high, Time):
        return Time(_middle(low.nanos, high.nanos), low.zone)
    if isinstance(low, DaysDuration) and isinstance(high, DaysDuration):
        return DaysDuration(_middle(low.nanos, high.nanos))
    if isinstance(low, MonthsDuration) and isinstance(high, MonthsDuration):
        return MonthsDuration(low.months + 1) if high.months - low.months > 1 else None
    return None


def _middle(low: int, high: int) -> int:
    return (low + high) // 2 // NANOS * NANOS if high - low > 2 * NANOS else (low + high) // 2
