"""The properties that values have after a dot. Source: DMN 1.5, 10.3.2.15 (table 65)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from .evaluation import Evaluation
from .values import Date, DateTime, DaysDuration, MonthsDuration, Range, Time, kind_of
from .values.durations import NANOS

_SECONDS = {"days": (86_400, 0), "hours": (3600, 24), "minutes": (60, 60), "seconds": (1, 60)}


def property_of(evaluation: Evaluation, value: object, name: str) -> object:
    """Return a property; null with a warning when the value has none of that name."""
    read = _PROPERTIES.get((type(value), name))
    if read is None:
        return evaluation.null("{} has no property {}", kind_of(value), name)
    found = read(value)
    return Decimal(found) if type(found) is int else found


def _part_of_days(name: str) -> Callable[[DaysDuration], int]:
    unit, cycle = _SECONDS[name]

    def part(duration: DaysDuration) -> int:
        amount = abs(duration.nanos) // NANOS // unit
        amount = amount % cycle if cycle else amount
        return -amount if duration.nanos < 0 else amount

    return part


def _part_of_months(divisor: int, cycle: int) -> Callable[[MonthsDuration], int]:
    def part(duration: MonthsDuration) -> int:
        amount = abs(duration.months) // divisor
        amount = amount % cycle if cycle else amount
        return -amount if duration.months < 0 else amount

    return part


def _time_offset(value: Time | DateTime) -> DaysDuration | None:
    offset = value.offset
    return None if offset is None else DaysDuration(offset * NANOS)


def _timezone(value: Time | DateTime) -> str | None:
    return value.zone if isinstance(value.zone, str) else None


_PROPERTIES: dict[tuple[type, str], Callable[..., object]] = {
    (Date, "year"): lambda date: date.year,
    (Date, "month"): lambda date: date.month,
    (Date, "day"): lambda date: date.day,
    (Date, "weekday"): lambda date: date.weekday,
    (DateTime, "year"): lambda moment: moment.date.year,
    (DateTime, "month"): lambda moment: moment.date.month,
    (DateTime, "day"): lambda moment: moment.date.day,
    (DateTime, "weekday"): lambda moment: moment.date.weekday,
    (DateTime, "hour"): lambda moment: moment.time.hour,
    (DateTime, "minute"): lambda moment: moment.time.minute,
    (DateTime, "second"): lambda moment: moment.time.second,
    (DateTime, "time offset"): _time_offset,
    (DateTime, "timezone"): _timezone,
    (Time, "hour"): lambda time: time.hour,
    (Time, "minute"): lambda time: time.minute,
    (Time, "second"): lambda time: time.second,
    (Time, "time offset"): _time_offset,
    (Time, "timezone"): _timezone,
    (DaysDuration, "days"): _part_of_days("days"),
    (DaysDuration, "hours"): _part_of_days("hours"),
    (DaysDuration, "minutes"): _part_of_days("minutes"),
    (DaysDuration, "seconds"): _part_of_days("seconds"),
    (MonthsDuration, "years"): _part_of_months(12, 0),
    (MonthsDuration, "months"): _part_of_months(1, 12),
    (Range, "start"): lambda interval: interval.start,
    (Range, "end"): lambda interval: interval.end,
    (Range, "start included"): lambda interval: interval.start_included,
    (Range, "end included"): lambda interval: interval.end_included,
}
