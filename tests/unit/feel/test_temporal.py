"""Dates and times: month ends, changes of clocks, zones, far years, the clock handed in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.feel import Date, DateTime, evaluate, to_json
from engine.feel import compile as compile_feel


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2026-01-31") + duration("P1M")', "2026-02-28"),
        ('date("2024-02-29") + duration("P1Y")', "2025-02-28"),
        ('date("2026-03-31") - duration("P1M")', "2026-02-28"),
        ('date("2026-01-01") - date("2025-01-01")', "P365D"),
        ('@"2026-03-28T10:00:00@Europe/Paris" + @"P1D"', "2026-03-29T11:00:00@Europe/Paris"),
        ('@"2026-03-29T01:30:00@Europe/Paris" + @"PT1H"', "2026-03-29T03:30:00@Europe/Paris"),
        ('@"2026-10-25T02:30:00+02:00" + @"PT1H"', "2026-10-25T03:30:00+02:00"),
        ('@"2026-03-28T10:00:00@Europe/Paris" + @"P1M"', "2026-04-28T10:00:00@Europe/Paris"),
        ('@"2026-01-01T00:00:00+07:00" = @"2025-12-31T17:00:00Z"', True),
        ('@"2026-01-01T00:00:00" < @"2026-01-01T00:00:00Z"', None),
        ('@"23:30:00" + @"PT1H"', "00:30:00"),
        ('@"P1D" / @"PT1H"', 24),
        ('@"P1Y" * 1.5', "P1Y6M"),
        ('@"P1Y" + @"P1D"', None),
        ('date("999999999-12-31").year', 999999999),
        ('date("-0044-03-15").weekday', 4),
        ('date("2026-02-29")', None),
        ('time("24:00:00")', None),
        ('@"2026-12-31T24:00:00"', "2027-01-01T00:00:00"),
        ('time("10:30:00@Asia/Jakarta").time offset', "PT7H"),
        ('date and time("2026-01-01T10:00:00@../etc/passwd")', None),
        ('years and months duration(date("2025-08-30"), date("2026-02-28"))', "P5M"),
        ('duration("P1Y2M").months', 2),
        ('duration("P1DT2H").hours', 2),
        ('last day of month(date("2024-02-10"))', "2024-02-29"),
        ('week of year(date("2021-01-03"))', 53),
        ('date and time(@"2026-07-31T14:00:00@Europe/Berlin", "Asia/Tokyo")', "2026-07-31T21:00:00@Asia/Tokyo"),
    ],
)  # fmt: skip
def test_temporal_arithmetic(text: str, expected: object) -> None:
    assert to_json(evaluate(text, {})) == expected


def test_now_and_today_come_from_the_clock_handed_in() -> None:
    moment = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    assert to_json(compile_feel("now()")({}, now=moment)) == "2026-02-28T23:30:00Z"
    assert to_json(compile_feel("today()")({}, now=moment)) == "2026-02-28"


def test_python_values_are_read_and_given_back() -> None:
    moment = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
    value = evaluate('at + duration("PT1H")', {"at": moment})
    assert isinstance(value, DateTime)
    assert value.to_python() == moment + timedelta(hours=1)
    assert to_json(evaluate("on", {"on": date(2026, 2, 28)})) == "2026-02-28"
    assert to_json(evaluate("for_", {"for_": timedelta(days=1, hours=2)})) == "P1DT2H"


@pytest.mark.parametrize("days", [-700_000, -1, 0, 59, 60, 364, 365, 146_096, 146_097, 2_932_896])
def test_days_and_dates_are_two_names_of_one_thing(days: int) -> None:
    assert Date.from_days(days).days == days
    if -719_162 <= days <= 2_932_896:
        assert Date.from_days(days).isoformat() == (date(1970, 1, 1) + timedelta(days=days)).isoformat()
