"""Holidays from elsewhere: the national list, ICS and CSV files, also hostile ones."""

from __future__ import annotations

import contextlib
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.deadlines import HolidayKind, HolidayList, merged, national_holidays, read_csv, read_ics
from engine.errors import InputInvalid


def ics(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()


def days(read: HolidayList) -> list[tuple[str, str]]:
    return [(str(one.on), one.kind.value) for one in read.holidays]


def test_whole_days_of_an_ics_file_are_holidays() -> None:
    read = read_ics(
        ics(
            "DTSTART;VALUE=DATE:20260817\r\nSUMMARY:Hari Kemerdekaan",
            "DTSTART;VALUE=DATE:20260320\r\nDTEND;VALUE=DATE:20260322\r\nSUMMARY:Cuti Bersama Idul Fitri",
        )
    )
    assert days(read) == [("2026-03-20", "cuti_bersama"), ("2026-03-21", "cuti_bersama"), ("2026-08-17", "national")]
    assert read.refusals == ()


def test_yearly_repetition_is_written_out_for_ten_years() -> None:
    read = read_ics(ics("DTSTART;VALUE=DATE:20260101\r\nSUMMARY:New Year\r\nRRULE:FREQ=YEARLY"))
    assert [one.on.year for one in read.holidays] == list(range(2026, 2036))
    counted = read_ics(ics("DTSTART;VALUE=DATE:20260101\r\nSUMMARY:New Year\r\nRRULE:FREQ=YEARLY;COUNT=2"))
    assert [one.on.year for one in counted.holidays] == [2026, 2027]


@pytest.mark.parametrize(
    "event",
    [
        "DTSTART:20260101T080000Z\r\nSUMMARY:A meeting",
        "DTSTART;VALUE=DATE:20260101",
        "SUMMARY:No date",
        "DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:A whole year",
        "DTSTART;VALUE=DATE:20260101\r\nSUMMARY:x\r\nRRULE:FREQ=SECONDLY;COUNT=99999999",
        "DTSTART;VALUE=DATE:20260101\r\nSUMMARY:x\r\nRRULE:FREQ=YEARLY;BYMONTH=1,2,3;BYDAY=MO",
        "DTSTART;VALUE=DATE:18000101\r\nSUMMARY:x",
    ],
)
def test_events_that_are_no_holidays_are_refused_one_by_one(event: str) -> None:
    read = read_ics(ics(event, "DTSTART;VALUE=DATE:20260817\r\nSUMMARY:Good"))
    assert days(read) == [("2026-08-17", "national")]
    assert len(read.refusals) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe garbage",
        b"<html>not found</html>",
        b"BEGIN:VCALENDAR\r\n" * 5_000,
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 5_000 + b"END:VCALENDAR\r\n",
        ics("SUMMARY:" + "x" * 50_000),
        b"x" * 1_000_001,
    ],
)
def test_a_file_that_is_no_calendar_or_a_bomb_is_refused_at_once(content: bytes) -> None:
    began = time.perf_counter()
    with pytest.raises(InputInvalid):
        read_ics(content)
    assert time.perf_counter() - began < 2


@given(st.binary(max_size=400))
def test_no_bytes_break_the_readers(content: bytes) -> None:
    for read in (read_ics, read_csv):
        with contextlib.suppress(InputInvalid):
            assert isinstance(read(content), HolidayList)


@given(st.text(alphabet='BEGINVCALDRST:;=0123456789\r\n," -', max_size=300))
def test_no_lines_break_the_reader_of_ics(text: str) -> None:
    with contextlib.suppress(InputInvalid):
        read_ics(f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode())


def test_a_csv_file_with_heading_in_any_order() -> None:
    read = read_csv(b"jenis;tanggal;nama\nnasional;2026-08-17;Hari Kemerdekaan\n;2026-03-20;Cuti bersama\n")
    assert days(read) == [("2026-03-20", "cuti_bersama"), ("2026-08-17", "national")]


def test_bad_lines_of_a_csv_file_are_refused_by_number() -> None:
    read = read_csv(
        b"2026-08-17,national,Merdeka,Independence\n17/8/2026,national,x,y\n2026-01-01,party,x,y\n2026-01-01,,,\n"
    )
    assert days(read) == [("2026-08-17", "national")]
    assert [one.place for one in read.refusals] == ["2", "3", "4"]
    assert all(one.reason.en and one.reason.id for one in read.refusals)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a\x00b", b'"open', b"2026-01-01,national,x\n" * 2_001])
def test_a_csv_file_of_garbage_is_refused(content: bytes) -> None:
    with pytest.raises(InputInvalid):
        read_csv(content)


def test_names_lose_what_no_page_can_show() -> None:
    (one,) = read_csv("2026-08-17,national,Hari\u202e Merdeka\u0007,x".encode()).holidays
    assert one.name.id == "Hari Merdeka"


def test_the_national_list_knows_holidays_and_joint_leave_in_both_languages() -> None:
    found = {one.on: one for one in national_holidays(2026).holidays}
    assert found[date(2026, 8, 17)].kind is HolidayKind.NATIONAL
    assert found[date(2026, 3, 20)].kind is HolidayKind.CUTI_BERSAMA
    assert found[date(2026, 1, 1)].name.en == "New Year's Day"
    assert found[date(2026, 1, 1)].name.id == "Tahun Baru Masehi"


@pytest.mark.parametrize("year", [0, 1999, 2101, 99999])
def test_the_national_list_has_bounds(year: int) -> None:
    with pytest.raises(InputInvalid):
        national_holidays(year)


def test_what_was_read_wins_on_its_day_and_leaves_the_others() -> None:
    old = {one.on: one for one in read_csv(b"2026-01-01,,Old\n2026-02-02,,Kept").holidays}
    both = merged(old, read_csv(b"2026-01-01,,New"))
    assert [one.name.id for one in both.values()] == ["New", "Kept"]
