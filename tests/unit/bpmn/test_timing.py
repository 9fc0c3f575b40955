"""Dates, durations, repeating intervals and cron."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn.cron import Cron
from engine.bpmn.timing import Schedule, next_schedule, parse_duration, parse_moment, schedule_of

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("PT1H30M", datetime(2030, 1, 1, 1, 30, tzinfo=UTC)),
        ("P1DT1S", datetime(2030, 1, 2, 0, 0, 1, tzinfo=UTC)),
        ("P1M", datetime(2030, 2, 1, tzinfo=UTC)),
        ("P1Y2M", datetime(2031, 3, 1, tzinfo=UTC)),
        ("P2W", datetime(2030, 1, 15, tzinfo=UTC)),
        ("PT0.5S", datetime(2030, 1, 1, 0, 0, 0, 500_000, tzinfo=UTC)),
        ("-PT1H", datetime(2029, 12, 31, 23, tzinfo=UTC)),
    ],
)
def test_a_duration_leads_to_a_moment(text: str, after: datetime) -> None:
    duration = parse_duration(text)
    assert duration is not None
    assert duration.after(NOW) == after


def test_a_day_that_the_month_lacks_becomes_its_last() -> None:
    duration = parse_duration("P1M")
    assert duration is not None
    assert duration.after(datetime(2030, 1, 31, tzinfo=UTC)) == datetime(2030, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "P", "PT", "P1", "1H", "PT1X", "P1DT", "P-1D", "P" + "9" * 30 + "D"])
def test_what_is_no_duration(text: str) -> None:
    assert parse_duration(text) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2030-01-01", NOW),
        ("2030-01-01T00:00:00Z", NOW),
        ("2030-01-01T07:00:00+07:00", NOW),
        ("2030-01-01T07:00:00+07:00[Asia/Jakarta]", NOW),
        ("2030-01-01T00:00", NOW),
        ("yesterday", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_a_moment_is_read_in_utc(text: str, moment: datetime | None) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "left", "due_at"),
    [
        ("R3/PT1H", 2, NOW + timedelta(hours=1)),
        ("R/P1D", None, NOW + timedelta(days=1)),
        ("R-1/PT1H", None, NOW + timedelta(hours=1)),
        ("R2/2030-06-01T00:00:00Z/P1M", 1, datetime(2030, 6, 1, tzinfo=UTC)),
        ("0 30 9 * * *", None, NOW + timedelta(hours=9, minutes=30)),
        ("@hourly", None, NOW + timedelta(hours=1)),
    ],
)
def test_a_cycle_knows_its_first_firing(text: str, left: int | None, due_at: datetime) -> None:
    schedule = schedule_of("cycle", text, NOW)
    assert schedule is not None
    assert (schedule.left, schedule.due_at) == (left, due_at)


@pytest.mark.parametrize(
    "value", [None, 5, "", "R", "R3", "R3/", "R0/PT1H", "R/PT0S", "R/-PT1H", "Rx/PT1H", "* * * * *", "R/P9999Y"]
)
def test_what_is_no_cycle(value: object) -> None:
    assert schedule_of("cycle", value, NOW) is None


@given(st.integers(1, 5), st.integers(1, 10_000), st.integers(0, 100_000))
def test_a_late_firing_goes_on_with_the_old_beat(left: int, beat: int, late: int) -> None:
    fired = Schedule(NOW, left, f"PT{beat}S")
    now = NOW + timedelta(seconds=late)
    following = next_schedule(fired, now)
    assert following is not None
    assert now < following.due_at <= now + timedelta(seconds=beat)
    assert (following.due_at - NOW) % timedelta(seconds=beat) == timedelta(0)
    assert following.left == left - 1


def test_the_last_firing_has_no_successor() -> None:
    assert next_schedule(Schedule(NOW, 0, "PT1H"), NOW) is None
    assert next_schedule(Schedule(NOW, None, "="), NOW) is None


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("0 0 12 * * ?", datetime(2030, 1, 1, 12, tzinfo=UTC)),
        ("0 0/15 * * * *", datetime(2030, 1, 1, 0, 15, tzinfo=UTC)),
        ("*/10 * * * * *", datetime(2030, 1, 1, 0, 0, 10, tzinfo=UTC)),
        ("0 0 9-17 * * MON-FRI", datetime(2030, 1, 1, 9, tzinfo=UTC)),
        ("0 0 0 L * *", datetime(2030, 1, 31, tzinfo=UTC)),
        ("0 0 0 29 2 *", datetime(2032, 2, 29, tzinfo=UTC)),
        ("0 0 0 ? * MON#2", datetime(2030, 1, 14, tzinfo=UTC)),
        ("0 0 0 * * 7", datetime(2030, 1, 6, tzinfo=UTC)),
        ("0 0 0 1 JAN,JUL *", datetime(2030, 7, 1, tzinfo=UTC)),
        ("@yearly", datetime(2031, 1, 1, tzinfo=UTC)),
    ],
)
def test_cron_finds_the_next_moment(text: str, after: datetime) -> None:
    cron = Cron.parse(text)
    assert cron is not None
    assert cron.after(NOW) == after


@pytest.mark.parametrize(
    "text", ["", "* * * * *", "60 * * * * *", "a * * * * *", "*/0 * * * * *", "5-1 * * * * *", "0 0 0 32 * *"]
)
def test_what_is_no_cron(text: str) -> None:
    assert Cron.parse(text) is None


def test_a_date_that_never_comes_has_no_moment() -> None:
    cron = Cron.parse("0 0 0 31 2 *")
    assert cron is not None
    assert cron.after(NOW) is None
