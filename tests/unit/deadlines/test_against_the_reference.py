"""Random calendars in random zones, compared with business time as slow and obvious as it can be: every minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.deadlines import BusinessDuration, Calendar, Holiday, HolidayKind, Hours, Override, bizadd, bizdiff
from engine.model import Label

#: Zones without and with summer time, one that changes at midnight, one by half an hour, one that skipped a whole day.
ZONES = ("Asia/Jakarta", "Asia/Jayapura", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia")
#: Around the changes of clocks in those zones, and Apia's missing 2011-12-30.
STARTS = [
    datetime(2026, 3, 28, tzinfo=UTC),
    datetime(2026, 10, 24, tzinfo=UTC),
    datetime(2026, 4, 4, tzinfo=UTC),
    datetime(2026, 9, 5, tzinfo=UTC),
    datetime(2011, 12, 28, tzinfo=UTC),
    datetime(2026, 12, 30, tzinfo=UTC),
]


MINUTE = timedelta(minutes=1)


def works(calendar: Calendar, minute: datetime) -> bool:
    """Return whether the minute that starts then, in UTC, is worked."""
    local = minute.astimezone(calendar.zone)
    second = local.hour * 3600 + local.minute * 60
    return any(opens <= second < closes for opens, closes in calendar.hours_on(local.date()))


def worked_minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Count worked minutes of a span."""
    count, minute = 0, start
    while minute < end:
        count += works(calendar, minute)
        minute += MINUTE
    return count


def slow_add(calendar: Calendar, start: datetime, duration: BusinessDuration) -> datetime:
    """Add days and whole minutes, both of one sign."""
    backwards = min(duration.days, duration.micros) < 0
    minute = start.astimezone(UTC)
    step = -MINUTE if backwards else MINUTE
    while not works(calendar, minute - MINUTE if backwards else minute):
        minute += step
    if duration.days:
        minute = _add_days(calendar, minute, duration.days)
    left = abs(duration.micros) // 60_000_000
    while left:
        left -= works(calendar, minute - MINUTE if backwards else minute)
        minute += step
    return minute


def _minutes_of(calendar: Calendar, day: date) -> list[datetime]:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    around = (noon + MINUTE * offset for offset in range(-40 * 60, 40 * 60))
    return [m for m in around if m.astimezone(calendar.zone).date() == day and works(calendar, m)]


def _add_days(calendar: Calendar, minute: datetime, days: int) -> datetime:
    local = minute.astimezone(calendar.zone)
    own_day = (local - timedelta(microseconds=1) if days < 0 else local).date()
    day, left = own_day, abs(days)
    while left:
        day += timedelta(days=1 if days > 0 else -1)
        left -= bool(_minutes_of(calendar, day))
    worked = _minutes_of(calendar, day)
    wanted = (local + (day - own_day)).astimezone(UTC)
    started = [m for m in worked if m <= wanted]
    return min(wanted, started[-1] + MINUTE) if started else worked[0]


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    """Some intervals of a day in order, of quarter hours."""
    marks = draw(st.lists(st.integers(0, 96), unique=True, max_size=6).map(sorted))
    return tuple((marks[i] * 900, marks[i + 1] * 900) for i in range(0, len(marks) - 1, 2))


weeks = st.fixed_dictionaries(
    {"mon": st.just(((28_800, 61_200),))}, optional={day: hours() for day in ("tue", "wed", "sat", "sun")}
)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar with a holiday and an override near every start."""
    days = [draw(st.sampled_from(STARTS)).date() + timedelta(days=draw(st.integers(0, 6))) for _ in range(2)]
    holidays = {on: Holiday(on, Label("", ""), draw(st.sampled_from(HolidayKind))) for on in days}
    first = draw(st.sampled_from(STARTS)).date()
    override = Override(first, first + timedelta(days=draw(st.integers(0, 9))), draw(weeks))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return Calendar("c", zone, draw(weeks), holidays, (override,), draw(st.booleans()))


delays = st.integers(0, 4000).map(lambda minutes: timedelta(minutes=minutes))
moments = st.builds(lambda start, delay: start + delay, st.sampled_from(STARTS), delays)


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(0, 6000))
def test_bizdiff_counts_the_worked_minutes(calendar: Calendar, start: datetime, minutes: int) -> None:
    end = start + timedelta(minutes=minutes)
    expected = timedelta(minutes=worked_minutes(calendar, start, end))
    assert bizdiff(calendar, start, end) == expected
    assert bizdiff(calendar, end, start) == -expected


@settings(max_examples=60, deadline=None)
@given(calendars(), moments, st.integers(0, 3), st.integers(0, 900), st.sampled_from((1, -1)))
def test_bizadd_finds_the_same_minute(calendar: Calendar, start: datetime, days: int, minutes: int, sign: int) -> None:
    duration = BusinessDuration(0, sign * days, sign * minutes * 60_000_000)
    assert bizadd(calendar, start, duration) == slow_add(calendar, start, duration)


@settings(max_examples=200, deadline=None)
@given(calendars(), moments, st.integers(1, 30_000))
def test_what_was_added_is_what_is_measured(calendar: Calendar, start: datetime, minutes: int) -> None:
    due = bizadd(calendar, start, BusinessDuration(micros=minutes * 60_000_000))
    assert bizdiff(calendar, start, due) == timedelta(minutes=minutes)


@settings(max_examples=200, deadline=None)
@given(calendars(), moments, moments, st.integers(0, 40), st.integers(0, 3000))
def test_who_starts_later_is_never_due_earlier(
    calendar: Calendar, one: datetime, other: datetime, days: int, minutes: int
) -> None:
    duration = BusinessDuration(0, days, minutes * 60_000_000)
    first, second = sorted((one, other))
    assert bizadd(calendar, first, duration) <= bizadd(calendar, second, duration)


def test_every_day_of_a_year_is_looked_up_in_local_dates() -> None:
    always = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ((0, 86400),))
    calendar = Calendar("c", ZoneInfo("Pacific/Apia"), always)
    # Apia had no 30 December 2011.
    due = bizadd(calendar, datetime(2011, 12, 29, 10, tzinfo=calendar.zone), BusinessDuration(days=1))
    assert due.date() == date(2011, 12, 31)
