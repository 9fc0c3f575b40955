"""Adding and measuring business time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from datetime import datetime, timedelta, timezone

from engine.deadlines.calendar import Calendar
from engine.deadlines.durations import BusinessDuration
from engine.deadlines.timeline import FIRST_YEAR, LAST_YEAR, instant_of, moment_of, year_of


def bizadd(calendar: Calendar, start: datetime, duration: BusinessDuration) -> datetime:
    """Return the moment `duration` of business time after `start` (before it, for a negative one).

    Months are added first, then days, then hours. Outside working hours, counting begins when work begins (for a
    negative duration, where it ended). A day is one working day: the same time of the n-th working day; where that
    falls into a pause or after closing, the end of work before it; where it falls before opening, the opening. Hours
    give the first moment at which that much work is done, so PT4H from 13:00 is 17:00 and not the next morning.

    `start` is aware. The result has a fixed UTC offset, that of the calendar's zone.
    Raises ValueError where the calendar has no such time between 1970 and 2199.
    """
    moment = _local(calendar, start)
    if duration.months:
        moment = _add_months(moment, duration.months)
    goes_back = min(duration.months, duration.days, duration.micros) < 0
    instant = _last_work(calendar, moment) if goes_back else _next_work(calendar, moment)
    if duration.days:
        instant = _add_days(calendar, moment_of(instant, calendar.zone), duration.days)
    if duration.micros:
        instant = _add_work(calendar, instant, duration.micros)
    return _with_fixed_offset(moment_of(instant, calendar.zone))


def bizdiff(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the working time between two aware moments, negative when `end` is the earlier one.

    It is exact time, never days: from Monday 08:00 to Tuesday 08:00 are eight hours where eight are worked.
    Raises ValueError for moments beyond 1970 to 2199.
    """
    if end < start:
        return -bizdiff(calendar, end, start)
    first, last = _local(calendar, start), _local(calendar, end)
    worked = year_of(calendar, last.year).worked_until(instant_of(last))
    worked -= year_of(calendar, first.year).worked_until(instant_of(first))
    worked += sum(year_of(calendar, year).total for year in range(first.year, last.year))
    return timedelta(microseconds=worked)


def is_working(calendar: Calendar, moment: datetime) -> bool:
    """Return whether work goes on at an aware moment; the end of an interval no longer belongs to it."""
    return _next_work(calendar, _local(calendar, moment)) == instant_of(moment)


def _local(calendar: Calendar, moment: datetime) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"the year {moment.year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return moment.astimezone(calendar.zone)


def _next_work(calendar: Calendar, moment: datetime) -> int:
    instant, year = instant_of(moment), moment.year
    while (found := year_of(calendar, year).next_work(instant)) is None:
        year += 1
    return found


def _last_work(calendar: Calendar, moment: datetime) -> int:
    """Return the instant when work goes on or just ended, else the end of the last stretch before it."""
    instant, year = instant_of(moment), moment.year
    while not (table := year_of(calendar, year)).starts or table.starts[0] >= instant:
        year -= 1
    return min(instant, table.ends[bisect_left(table.starts, instant) - 1])


def _add_work(calendar: Calendar, instant: int, micros: int) -> int:
    year = moment_of(instant, calendar.zone).year
    table = year_of(calendar, year)
    worked = table.worked_until(instant) + micros
    while worked > table.total:
        worked -= table.total
        year += 1
        table = year_of(calendar, year)
    while worked < 0:
        year -= 1
        table = year_of(calendar, year)
        worked += table.total
    return table.earliest(worked) if micros > 0 else table.latest(worked)


def _add_days(calendar: Calendar, moment: datetime, days: int) -> int:
    # Work that ends at 24:00 belongs to the day that ends then.
    own_day = (moment - timedelta(microseconds=1) if days < 0 else moment).date()
    year = own_day.year
    table = year_of(calendar, year)
    index = bisect_right(table.days, own_day) - 1 + days
    while index >= len(table.days):
        index -= len(table.days)
        year += 1
        table = year_of(calendar, year)
    while index < 0:
        year -= 1
        table = year_of(calendar, year)
        index += len(table.days)
    wanted = moment + (table.days[index] - own_day)  # of clock time, whatever the UTC offset does
    return _within(table.stretches_of(index), instant_of(wanted))


def _within(stretches: list[tuple[int, int]], wanted: int) -> int:
    """Return `wanted`, or the end of work before it that day, or the opening when it lies before that."""
    started = [stretch for stretch in stretches if stretch[0] <= wanted]
    return min(wanted, started[-1][1]) if started else stretches[0][0]


def _add_months(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} is outside {FIRST_YEAR} to {LAST_YEAR}")
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _with_fixed_offset(moment: datetime) -> datetime:
    # A JSON variable carries "+07:00" to every reader; a zone name after the time only FEEL could read.
    return moment.astimezone(timezone(moment.utcoffset() or timedelta()))
