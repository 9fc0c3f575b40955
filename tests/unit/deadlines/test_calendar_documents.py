"""A calendar as a document: read, written, compared, drawn as a year, explained day by day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.deadlines import (
    BusinessDuration,
    DayKind,
    SheetKind,
    bizadd,
    calendar_document,
    compare_calendars,
    explain,
    parse_calendar,
    parse_duration,
    year_sheet,
)
from engine.documents import parse_document, write_document
from engine.errors import DefinitionInvalid

JAKARTA = ZoneInfo("Asia/Jakarta")
DOCUMENT: dict[str, Any] = {
    "kind": "calendar",
    "name": "cal_office",
    "en": "Office",
    "id": "Kantor",
    "zone": "Asia/Jakarta",
    "week": {key: ["08:00-12:00", "13:00-17:00"] for key in ("mon", "tue", "wed", "thu", "fri")},
    "closes_on_cuti_bersama": True,
    "owners": ["sdm"],
    "overrides": [{"from": "2026-02-18", "to": "2026-03-19", "week": {"mon": ["08:00-15:00"], "fri": []}}],
    "holidays": [
        {"date": "2026-08-17", "en": "Independence Day", "id": "Kemerdekaan", "kind": "national"},
        {"date": "2026-12-24", "en": "Leave", "id": "Cuti", "kind": "cuti_bersama"},
    ],
}


def test_a_calendar_survives_being_written_and_read() -> None:
    calendar = parse_calendar(DOCUMENT)
    again = parse_calendar(parse_document(write_document(calendar_document(calendar)), "x.yaml"))
    assert compare_calendars(calendar, again) == []
    assert (again.owners, again.label.id) == (("sdm",), "Kantor")


def test_every_difference_is_told_in_both_languages() -> None:
    changed = DOCUMENT | {
        "zone": "Asia/Makassar",
        "closes_on_cuti_bersama": False,
        "week": DOCUMENT["week"] | {"sat": ["08:00-12:00"]},
        "overrides": [],
        "holidays": [*DOCUMENT["holidays"][:1], {"date": "2026-05-01", "en": "Labour", "id": "Buruh"}],
        "owners": [],
    }
    told = compare_calendars(parse_calendar(DOCUMENT), parse_calendar(changed))
    assert [one.en for one in told] == [
        "Zone: Asia/Jakarta → Asia/Makassar",
        "Owners: sdm → –",
        "Joint leave: open now",
        "Saturday: – → 08:00-12:00",
        "2026-05-01: Labour (added)",
        "2026-12-24: Leave (removed)",
        "Other hours from 2026-02-18 to 2026-03-19 (removed)",
    ]
    assert all(one.id and one.id != one.en for one in told)


def test_a_year_shows_each_day_as_what_it_is() -> None:
    sheet = year_sheet(parse_calendar(DOCUMENT), 2026)
    kinds = {day.on: day.kind for month in sheet.months for day in month.days}
    assert len(kinds) == 365
    assert kinds[date(2026, 8, 17)] is SheetKind.HOLIDAY
    assert kinds[date(2026, 12, 24)] is SheetKind.LEAVE
    assert kinds[date(2026, 2, 23)] is SheetKind.OTHER
    assert kinds[date(2026, 2, 20)] is SheetKind.OTHER  # a Friday that the period closes
    assert kinds[date(2026, 2, 24)] is SheetKind.WORKING
    assert kinds[date(2026, 8, 16)] is SheetKind.CLOSED
    assert sheet.working_days == sum(bool(day.hours) for month in sheet.months for day in month.days)


def test_leave_that_does_not_close_is_shown_on_a_working_day() -> None:
    sheet = year_sheet(parse_calendar(DOCUMENT | {"closes_on_cuti_bersama": False}), 2026)
    (leave,) = [day for day in sheet.special_days if day.on == date(2026, 12, 24)]
    assert leave.kind is SheetKind.WORKING


def test_a_due_time_is_explained_day_by_day() -> None:
    due = explain(parse_calendar(DOCUMENT), datetime(2026, 8, 14, 16, tzinfo=JAKARTA), parse_duration("P1D"))
    assert [(line.kind, line.worked, line.working_days) for line in due.lines] == [
        (DayKind.WORK, timedelta(hours=1), 0),
        (DayKind.CLOSED, timedelta(), 0),
        (DayKind.HOLIDAY, timedelta(), 0),
        (DayKind.WORK, timedelta(hours=7), 1),
    ]
    assert due.due_at == datetime(2026, 8, 18, 16, tzinfo=JAKARTA)
    assert due.lines[-1].total == due.worked == timedelta(hours=8)


@given(
    minutes=st.integers(0, 365 * 24 * 60),
    days=st.integers(0, 300),
    hours=st.integers(0, 90),
    zone=st.sampled_from(["Asia/Jakarta", "Europe/Berlin", "America/Santiago"]),
)
def test_the_lines_add_up_to_the_work_until_the_due_time(minutes: int, days: int, hours: int, zone: str) -> None:
    calendar = parse_calendar(DOCUMENT | {"zone": zone})
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    duration = BusinessDuration(0, days, hours * 3_600_000_000)
    due = explain(calendar, moment, duration)
    assert due.due_at == bizadd(calendar, moment, duration)
    assert sum((line.worked for line in due.lines), timedelta()) == due.worked
    assert len(due.lines) <= 41
    assert all(after.first_on > before.last_on for before, after in zip(due.lines, due.lines[1:], strict=False))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"name": "../../etc/passwd"}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"zone": "Asia/Atlantis"}, "zone"),
        ({"zone": "/etc/localtime"}, "zone"),
        ({"week": {}}, "week"),
        ({"week": {"mon": ["17:00-08:00"]}}, "week.mon[0]"),
        ({"week": {"mon": ["08:00-12:00", "11:00-17:00"]}}, "week.mon"),
        ({"week": {"mon": ["08:00-24:30"]}}, "week.mon[0]"),
        ({"overrides": [{"from": "2026-03-02", "to": "2026-03-01", "week": {}}]}, "overrides[0]"),
        ({"overrides": [{"from": "2026-03-01", "to": "2026-03-02", "week": {}}] * 301}, "overrides[300]"),
        ({"holidays": [{"date": "2026-02-30", "en": "x", "id": "x"}]}, "holidays[0].date"),
        ({"holidays": [{"date": "2026-02-03", "en": "x", "id": "x", "kind": "party"}]}, "holidays[0].kind"),
        ({"holidays": [{"date": "2026-02-03"}] * 3_001}, "holidays[3000]"),
    ],
)
def test_a_wrong_calendar_is_refused_with_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse_calendar(DOCUMENT | changes)
    assert place in [finding.element_id for finding in refused.value.findings]
