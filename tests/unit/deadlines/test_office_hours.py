"""The office calendar of the conventions, in days and hours a person can check."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from engine.deadlines import bizadd, bizdiff, host_functions, is_working, parse_calendar, parse_duration
from engine.deadlines.calendar import WEEKDAYS
from engine.errors import DefinitionInvalid
from engine.feel import Date, DateTime, DaysDuration

MORNING, AFTERNOON = "08:00-12:00", "13:00-17:00"
OFFICE = {
    "kind": "calendar",
    "name": "cal_office",
    "zone": "Asia/Jakarta",
    "week": {
        **{day: [MORNING, AFTERNOON] for day in ("mon", "tue", "wed", "thu")},
        "fri": ["08:00-11:30", "13:00-17:00"],
    },
    "holidays": [
        {"date": "2026-03-19", "en": "Day of Silence", "id": "Hari Suci Nyepi", "kind": "national"},
        {"date": "2026-03-20", "en": "Collective leave", "id": "Cuti bersama", "kind": "cuti_bersama"},
    ],
    "overrides": [{"from": "2026-02-18", "to": "2026-03-18", "week": {"mon": ["08:00-15:00"], "tue": ["08:00-15:00"]}}],
}
calendar = parse_calendar(OFFICE, "cal_office.yaml")


def wib(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("start", "duration", "due"),
    [
        ("2026-01-06T13:00", "PT4H", "2026-01-06T17:00"),  # not the next morning
        ("2026-01-06T11:00", "PT2H", "2026-01-06T14:00"),  # over the break
        ("2026-01-06T10:30", "P1D", "2026-01-07T10:30"),
        ("2026-01-09T16:00", "P1D", "2026-01-12T16:00"),  # over a weekend
        ("2026-01-10T10:00", "P1D", "2026-01-13T08:00"),  # Saturday counts from Monday morning
        ("2026-01-08T11:45", "P1D", "2026-01-09T11:30"),  # into Friday's longer break
        ("2026-01-06T10:30", "P1DT4H", "2026-01-07T15:30"),
        ("2026-01-06T08:00", "PT24H", "2026-01-08T17:00"),  # three days of eight hours
        ("2026-03-18T10:00", "P1D", "2026-03-23T10:00"),  # a holiday, collective leave and a weekend
        ("2026-02-17T16:00", "P4D", "2026-02-23T15:00"),  # closes earlier under the override
        ("2026-01-31T10:00", "P1M", "2026-03-02T08:00"),  # the last of February is a Saturday
        ("2026-01-12T10:00", "-P1D", "2026-01-09T10:00"),
        ("2026-01-12T09:00", "-PT2H", "2026-01-09T16:00"),
        ("2026-01-10T10:00", "PT0S", "2026-01-12T08:00"),
    ],
)
def test_due_times(start: str, duration: str, due: str) -> None:
    assert bizadd(calendar, wib(start), parse_duration(duration)) == wib(due)


def test_collective_leave_closes_only_where_the_calendar_says_so() -> None:
    open_then = parse_calendar({**OFFICE, "closes_on_cuti_bersama": False}, "c.yaml")
    assert not is_working(calendar, wib("2026-03-20T10:00"))
    assert is_working(open_then, wib("2026-03-20T10:00"))
    assert not is_working(open_then, wib("2026-03-19T10:00"))


def test_a_week_of_work_is_39_and_a_half_hours() -> None:
    assert bizdiff(calendar, wib("2026-01-05T00:00"), wib("2026-01-12T00:00")) == timedelta(hours=39.5)


def test_a_calendar_that_never_closes_counts_every_hour() -> None:
    week = {day: ["00:00-24:00"] for day in WEEKDAYS}
    always = parse_calendar({"name": "cal_24x7", "zone": "Asia/Makassar", "week": week}, "c.yaml")
    start = wib("2026-12-31T23:30")
    assert bizadd(always, start, parse_duration("PT1H")) == start + timedelta(hours=1)
    assert bizadd(always, start, parse_duration("P2D")) == start + timedelta(days=2)
    assert bizdiff(always, start, start + timedelta(days=400)) == timedelta(days=400)


def test_feel_gets_moments_with_an_offset_and_may_give_texts() -> None:
    functions = host_functions({"cal_office": calendar})
    due = functions["bizadd"]("cal_office", "2026-01-06T10:30:00+07:00", "P1D")
    assert str(due) == "2026-01-07 10:30:00+07:00"
    four_hours = DaysDuration(4 * 3600 * 10**9)
    assert functions["bizadd"]("cal_office", Date(2026, 1, 6), four_hours) == wib("2026-01-06T12:00")
    noon = DateTime.from_python(wib("2026-01-06T12:00"))
    assert functions["bizdiff"]("cal_office", "2026-01-06T08:00:00", noon) == timedelta(hours=4)


@pytest.mark.parametrize(
    "arguments",
    [
        ("cal_moon", "2026-01-06", "P1D"),
        ("cal_office", "yesterday", "P1D"),
        ("cal_office", None, "P1D"),
        ("cal_office", "2026-01-06", "P1W"),
        ("cal_office", "2026-01-06", "P"),
        ("cal_office", "2026-01-06", 5),
        ("cal_office", "0001-01-01T00:00:00Z", "P1D"),
        ("cal_office", "9999-12-31T23:59:59Z", "P1D"),
        ("cal_office", "-999999999-01-01", "P1D"),
        ("cal_office", "2026-01-06", "P999999D"),
        ("cal_office", "2026-01-06", "-PT9999999H"),
        ("cal_office", "2026-01-06", "P9999Y"),
        (["cal_office"], "2026-01-06", "P1D"),
    ],
)
def test_nonsense_from_an_expression_is_refused_quickly(arguments: tuple[object, ...]) -> None:
    with pytest.raises((ValueError, TypeError)):
        host_functions({"cal_office": calendar})["bizadd"](*arguments)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"name": None}, "name"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"week": {}}, "week"),
        ({"week": {"mon": ["08:00-25:00"]}}, "week.mon[0]"),
        ({"week": {"mon": ["08:00-12:00", "11:00-13:00"]}}, "week.mon"),
        ({"week": {"monday": []}}, "week.monday"),
        ({"week": 5}, "week"),
        ({"holidays": [{"date": "someday"}]}, "holidays[0].date"),
        ({"holidays": [{"date": "2026-01-01", "kind": "nap"}]}, "holidays[0].kind"),
        ({"holidays": "all"}, "holidays"),
        ({"overrides": [{"from": "2026-02-02", "to": "2026-02-01", "week": {}}]}, "overrides[0]"),
        ({"closes_on_cuti_bersama": "perhaps"}, "closes_on_cuti_bersama"),
    ],
)
def test_a_wrong_calendar_is_refused_with_its_place(change: dict[str, object], place: str) -> None:
    with pytest.raises(DefinitionInvalid) as error:
        parse_calendar({**OFFICE, **change}, "cal.yaml")
    assert place in [finding.element_id for finding in error.value.findings]
