"""The working time of one year as a table with running totals, so that looking far ahead costs what looking near costs.

Instants are microseconds since 1970 in UTC. A table belongs to a year of local dates.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.deadlines.calendar import Calendar

SECOND = 1_000_000
_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

#: Beyond these years nobody plans, and time zones are guesses; asking is an error, not a long computation.
FIRST_YEAR, LAST_YEAR = 1970, 2199


@dataclass(frozen=True, slots=True)
class Year:
    """Stretches of work without a break, in order; `before[i]` is the work done when stretch i starts."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]
    total: int
    days: tuple[date, ...]  #: local dates with any work, in order
    first_stretch: tuple[int, ...]  #: of each day; one more entry closes the list

    def worked_until(self, instant: int) -> int:
        """Return the microseconds of work from the start of the year to `instant`."""
        index = bisect_right(self.starts, instant) - 1
        if index < 0:
            return 0
        return self.before[index] + min(instant, self.ends[index]) - self.starts[index]

    def earliest(self, worked: int) -> int:
        """Return the first instant at which `worked` (0 < worked <= total) is done."""
        index = bisect_left(self.before, worked) - 1
        return self.starts[index] + worked - self.before[index]

    def latest(self, worked: int) -> int:
        """Return the last instant at which no more than `worked` (0 <= worked < total) is done."""
        index = bisect_right(self.before, worked) - 1
        return self.starts[index] + worked - self.before[index]

    def next_work(self, instant: int) -> int | None:
        """Return `instant` when it is working time, else the next start of work in this year, or None."""
        index = bisect_right(self.ends, instant)
        return max(instant, self.starts[index]) if index < len(self.starts) else None

    def stretches_of(self, day_index: int) -> list[tuple[int, int]]:
        """Return (start, end) of the day's stretches."""
        chosen = slice(self.first_stretch[day_index], self.first_stretch[day_index + 1])
        return list(zip(self.starts[chosen], self.ends[chosen], strict=True))


def year_of(calendar: Calendar, year: int) -> Year:
    """Return the table of a year, built once per calendar; raises ValueError beyond 1970 to 2199."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    table: Year | None = calendar.years.get(year)
    if table is None:
        table = calendar.years[year] = _build(calendar, year)
    return table


def instant_of(moment: datetime) -> int:
    """Return the instant of an aware datetime."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(instant: int, zone: ZoneInfo) -> datetime:
    """Return what clocks in `zone` show at an instant."""
    return (_EPOCH + timedelta(microseconds=instant)).astimezone(zone)


def _build(calendar: Calendar, year: int) -> Year:
    starts: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    days: list[date] = []
    first_stretch: list[int] = []
    worked = 0
    for day, start, end in _stretches(calendar, year):
        if not days or days[-1] != day:
            days.append(day)
            first_stretch.append(len(starts))
        starts.append(start)
        ends.append(end)
        before.append(worked)
        worked += end - start
    return Year(tuple(starts), tuple(ends), tuple(before), worked, tuple(days), (*first_stretch, len(starts)))


def _stretches(calendar: Calendar, year: int) -> Iterator[tuple[date, int, int]]:
    """Yield (local date, start, end) of every stretch of work whose local date lies in the year, in order."""
    for first, last, offset in _pieces(calendar.zone, year):
        day = _local_day(first, offset)
        while (midnight := _local_midnight(day, offset)) < last:
            if day.year == year:
                for opens, closes in calendar.hours_on(day):
                    start, end = max(first, midnight + opens * SECOND), min(last, midnight + closes * SECOND)
                    if start < end:
                        yield day, start, end
            day += _DAY


def _pieces(zone: ZoneInfo, year: int) -> Iterator[tuple[int, int, int]]:
    """Yield (first instant, end, UTC offset) of the times of constant offset that cover the local year.

    Clocks change rarely, so one look a day finds every change; the second of it is found by bisection. Where clocks go
    back, one local date has work in two pieces; where they skip, a stretch is cut short.
    """
    last = instant_of(datetime(year + 1, 1, 2, tzinfo=UTC))
    first = instant_of(datetime(year, 1, 1, tzinfo=UTC) - _DAY)
    at, offset = first, _offset(zone, first)
    while at < last:
        following = at + 86_400 * SECOND
        changed = _offset(zone, following)
        if changed != offset:
            change = _change(zone, at, following, offset)
            yield first, change, offset
            first, offset = change, changed
        at = following
    yield first, last, offset


def _change(zone: ZoneInfo, low: int, high: int, offset: int) -> int:
    low, high = low // SECOND, high // SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle * SECOND) == offset:
            low = middle
        else:
            high = middle
    return high * SECOND


def _offset(zone: ZoneInfo, instant: int) -> int:
    offset = moment_of(instant, zone).utcoffset()
    return (offset or timedelta()) // _MICROSECOND


def _local_day(instant: int, offset: int) -> date:
    return (_EPOCH + timedelta(microseconds=instant + offset)).date()


def _local_midnight(day: date, offset: int) -> int:
    return instant_of(datetime(day.year, day.month, day.day, tzinfo=UTC)) - offset
