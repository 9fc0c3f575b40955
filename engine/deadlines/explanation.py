"""How a due time comes about, day by day, so that a person can follow it with a wall calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum

from engine.deadlines.business_time import bizadd, bizdiff
from engine.deadlines.calendar import Calendar, Holiday
from engine.deadlines.durations import BusinessDuration
from engine.deadlines.timeline import instant_of, moment_of

_DAY = timedelta(days=1)
#: More lines nobody reads; the ones in between are drawn together.
_MOST_LINES = 40


class DayKind(Enum):
    """What a line of an explanation is about."""

    WORK = "work"  #: hours that count
    CLOSED = "closed"  #: no hours that day of the week
    HOLIDAY = "holiday"
    SUMMARY = "summary"  #: several days drawn together


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day, or several alike in a row."""

    kind: DayKind
    first_on: date
    last_on: date
    worked: timedelta  #: that counts
    total: timedelta  #: that counts until the end of this line
    working_days: int  #: after the first day, until the end of this line
    holiday: Holiday | None = None


@dataclass(frozen=True, slots=True)
class DueTime:
    """A due time and how it comes about."""

    start: datetime
    counts_from: datetime  #: when work begins
    due_at: datetime
    worked: timedelta
    lines: tuple[DayLine, ...]


def explain(calendar: Calendar, start: datetime, duration: BusinessDuration) -> DueTime:
    """Return when `duration` after the aware `start` is due, with a line for each day; raises ValueError as bizadd."""
    due_at = bizadd(calendar, start, duration)
    counts_from = bizadd(calendar, start, BusinessDuration())
    lines = _drawn_together(_alike(_days(calendar, start, due_at)))
    return DueTime(start.astimezone(calendar.zone), counts_from, due_at, bizdiff(calendar, start, due_at), tuple(lines))


def _days(calendar: Calendar, start: datetime, end: datetime) -> list[DayLine]:
    if end < start:
        return []
    lines: list[DayLine] = []
    day, last = start.astimezone(calendar.zone).date(), end.astimezone(calendar.zone).date()
    total, working_days, first = timedelta(), 0, day
    while day <= last:
        worked = bizdiff(calendar, max(start, _midnight(calendar, day)), min(end, _midnight(calendar, day + _DAY)))
        is_open = bool(calendar.hours_on(day))
        total += worked
        working_days += is_open and day != first
        holiday = calendar.closed_by(day)
        kind = DayKind.HOLIDAY if holiday else DayKind.WORK if is_open else DayKind.CLOSED
        lines.append(DayLine(kind, day, day, worked, total, working_days, holiday))
        day += _DAY
    return lines


def _midnight(calendar: Calendar, day: date) -> datetime:
    # Through UTC: comparing moments of one zone would ignore that clocks change.
    return moment_of(instant_of(datetime(day.year, day.month, day.day, tzinfo=calendar.zone)), calendar.zone)


def _alike(lines: list[DayLine]) -> list[DayLine]:
    """Draw closed days in a row together."""
    found: list[DayLine] = []
    for line in lines:
        if found and line.kind is DayKind.CLOSED and found[-1].kind is DayKind.CLOSED:
            found[-1] = replace(found[-1], last_on=line.last_on)
        else:
            found.append(line)
    return found


def _drawn_together(lines: list[DayLine]) -> list[DayLine]:
    if len(lines) <= _MOST_LINES:
        return lines
    half = _MOST_LINES // 2
    between = lines[half:-half]
    summary = replace(
        between[-1],
        kind=DayKind.SUMMARY,
        first_on=between[0].first_on,
        worked=sum((line.worked for line in between), timedelta()),
        holiday=None,
    )
    return [*lines[:half], summary, *lines[-half:]]
