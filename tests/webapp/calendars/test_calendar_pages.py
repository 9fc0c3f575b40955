"""Calendars in the browser: looking, asking what falls due when, changing, importing, and who may."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from engine import SYSTEM, Actor, CalendarPage, SaveCalendar
from tests.webapp.people.conftest import Site, words


def fields(site: Site, name: str = "cal_office", **changes: Any) -> dict[str, Any]:
    """Return what the browser sends when nothing in the form is changed."""
    page = site.get(f"/calendars/{name}/edit?year=2026")
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input\b[^>]*>|<select.*?</select>", page, flags=re.DOTALL):
        key = re.search(r'\bname="([^"]+)"', tag)
        chosen = re.search(r'<option value="([^"]*)" selected', tag)
        value = chosen or re.search(r'\bvalue="([^"]*)"', tag)
        if key is None or 'type="file"' in tag or ("checkbox" in tag and "checked" not in tag):
            continue
        if "-" in key[1] and not key[1].startswith("week-"):
            found.setdefault(key[1], []).append(value[1] if value else "")
        else:
            found[key[1]] = value[1] if value else ""
    found["year"] = "2026"
    return found | {"comment": "Checked against the decree"} | changes


def calendar(site: Site, name: str = "cal_office") -> Any:
    return site.engine.ask(CalendarPage(actor=SYSTEM, name=name, year=2026))


def test_everybody_sees_the_calendars_and_a_year(site: Site) -> None:
    site.log_in("odi")
    assert "Office hours" in words(site.get("/calendars"))
    page = words(site.get("/calendars/cal_office?year=2026"))
    assert "Independence Day" in page
    assert "17 National holiday" in page  # for screen readers
    assert "240 working days" in page
    site.get("/calendars/cal_none", 404)


@pytest.mark.parametrize("year", ["1969", "2200", "99999999999"])
def test_a_year_that_nobody_plans_is_refused_in_words(site: Site, year: str) -> None:
    site.log_in("odi")
    assert "1970" in site.get(f"/calendars/cal_office?year={year}", 400)


def test_what_falls_due_when_is_answered_line_by_line(site: Site) -> None:
    site.log_in("odi")
    page = words(site.get("/calendars/cal_office?year=2026&from=2026-05-29T16:30&number=2&unit=days"))
    assert "Due Wed 3 Jun 2026 16:30 WIB" in page
    assert "Pancasila Day" in page
    assert "working day 2 7 h 30 min 16 h" in page


@pytest.mark.parametrize(
    "question",
    [
        "number=abc",
        "number=",
        "number=-3",
        "number=99999999",
        "number=2&unit=hours&from=0001-01-01T00:00",
        "number=1;2",
    ],
)
def test_nonsense_of_the_question_is_answered_with_the_cure(site: Site, question: str) -> None:
    site.log_in("odi")
    page = site.get(f"/calendars/cal_office?{question}", 400)
    assert 'role="alert"' in page


def test_an_administrator_changes_hours_and_the_version_before_is_kept(site: Site) -> None:
    site.log_in("adi")
    answer = site.post("/calendars/cal_office/edit", fields(site, **{"week-sat": "08.00 - 12.00"}))
    assert answer.status_code == 302, words(answer.text)
    found = calendar(site)
    assert found.version == 2
    assert found.document["week"]["sat"] == ["08:00-12:00"]
    page = words(site.get("/calendars/cal_office/history"))
    assert "Version 2: Checked against the decree" in page
    assert "Saturday: – → 08:00-12:00" in page


def test_nothing_is_lost_by_saving_what_was_not_changed(site: Site) -> None:
    site.log_in("adi")
    before = calendar(site).document
    site.post("/calendars/cal_office/edit", fields(site))
    assert calendar(site).document == before


def test_a_period_of_other_hours_is_added_and_removed(site: Site) -> None:
    site.log_in("adi")
    period = {
        "period-from": ["2027-02-08"],
        "period-to": ["2027-03-09"],
        "period-mon": ["08:00-15:00"],
        "period-fri": ["-"],
    }
    sent = fields(site) | period
    answer = site.post("/calendars/cal_office/edit", sent)
    assert answer.status_code == 302, words(answer.text)
    (one,) = calendar(site).document["overrides"]
    assert one["week"] == {"mon": ["08:00-15:00"], "fri": []}
    again = fields(site)
    assert again["period-mon"][0] == "08:00-15:00"
    assert again["period-fri"][0] == "-"
    again["period-from"][0] = again["period-to"][0] = ""
    site.post("/calendars/cal_office/edit", again)
    assert calendar(site).document["overrides"] == []


@pytest.mark.parametrize(
    ("changes", "anchor"),
    [
        ({"week-mon": "17:00-08:00"}, "week-mon"),
        ({"week-mon": "08:00-12:00, 11:00-17:00"}, "week-mon"),
        ({"week-mon": "all day"}, "week-mon"),
        ({"zone": "Asia/Atlantis"}, "zone"),
        ({"comment": " "}, "comment"),
        ({"period-from": ["2026-03-02"], "period-to": ["2026-03-01"]}, "period-0-from"),
        ({"period-from": ["2026-03-02"], "period-to": [""]}, "period-0-from"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_stored(
    site: Site, changes: dict[str, Any], anchor: str
) -> None:
    site.log_in("adi")
    answer = site.post("/calendars/cal_office/edit", fields(site, **changes))
    assert answer.status_code in {400, 422}
    assert f'id="{anchor}-error"' in answer.text or f'href="#{anchor}"' in answer.text
    assert calendar(site).version == 1


def test_a_wrong_date_of_a_holiday_is_told_in_its_row_and_what_was_typed_stays(site: Site) -> None:
    site.log_in("adi")
    sent = fields(site)
    sent["holiday-date"][-1], sent["holiday-id"][-1] = "2026-02-30", "Hari Uji"
    answer = site.post("/calendars/cal_office/edit", sent)
    assert answer.status_code == 422
    assert "is no date" in words(answer.text)
    assert 'value="Hari Uji"' in answer.text


def test_who_saved_first_is_not_overwritten(site: Site) -> None:
    site.log_in("adi")
    stale = fields(site, **{"week-sat": "09:00-10:00"})
    site.post("/calendars/cal_office/edit", fields(site, **{"week-sun": "09:00-10:00"}))
    answer = site.post("/calendars/cal_office/edit", stale)
    assert answer.status_code == 409
    assert 'value="09:00-10:00"' in answer.text
    assert calendar(site).version == 2


def test_a_calendar_without_hours_is_refused(site: Site) -> None:
    site.log_in("adi")
    empty = {f"week-{day}": "" for day in ("mon", "tue", "wed", "thu", "fri")}
    answer = site.post("/calendars/cal_office/edit", fields(site, **empty))
    assert answer.status_code == 422
    assert "No day has working hours" in answer.text


def test_only_administrators_and_owners_change_a_calendar(site: Site) -> None:
    site.log_in("putu")
    site.get("/calendars/cal_office/edit", 403)
    assert "Change" not in words(site.get("/calendars/cal_office"))
    assert site.post("/calendars/cal_office/edit", {"comment": "x"}).status_code == 403
    assert site.post("/calendars/cal_office/holidays", {"national": "1", "year": "2027"}).status_code == 403
    site.get("/calendars/new", 403)
    document = calendar(site).document | {"owners": ["approvers"]}
    site.engine.execute(SaveCalendar(document=document, version=1, comment="Owners", actor=Actor("adi")))
    assert site.post("/calendars/cal_office/edit", fields(site, **{"week-sat": "08:00-12:00"})).status_code == 302
    assert calendar(site).version == 3


def test_an_owner_of_one_calendar_makes_no_other_one(site: Site) -> None:
    document = calendar(site).document | {"owners": ["approvers"]}
    site.engine.execute(SaveCalendar(document=document, version=1, comment="Owners", actor=Actor("adi")))
    site.log_in("putu")
    for name in ("cal_ext", "cal_mine"):
        seen = {"document": document | {"name": name}, "version": 1, "comment": "x", "actor": Actor("putu")}
        with pytest.raises(Exception, match="Not permitted"):
            site.engine.execute(SaveCalendar(**seen))


def test_holidays_of_the_national_list_are_offered_before_anything_is_stored(site: Site) -> None:
    site.log_in("adi")
    answer = site.post("/calendars/cal_24x7/holidays", {"national": "1", "year": "2026"})
    page = words(answer.text)
    assert "nothing is stored yet" in page
    assert 'value="Tahun Baru Masehi"' in answer.text
    assert calendar(site, "cal_24x7").version == 1


@pytest.mark.parametrize(
    ("file_name", "content", "told"),
    [
        ("days.ics", b"garbage", "no calendar in ICS format"),
        ("days.csv", b"\xff\xfe\x00", "UTF-8"),
        ("days.exe", b"MZ", "ends in .ics or .csv"),
        ("days.ics", b"BEGIN:VCALENDAR\r\n" * 9_000, "entries within entries"),
    ],
)
def test_a_file_of_garbage_is_refused_in_words(site: Site, file_name: str, content: bytes, told: str) -> None:
    site.log_in("adi")
    answer = site.post("/calendars/cal_office/holidays", {"file": (io.BytesIO(content), file_name), "year": "2026"})
    assert answer.status_code == 400
    assert told in words(answer.text)


def test_days_of_a_file_are_shown_with_what_was_left_out(site: Site) -> None:
    site.log_in("adi")
    content = b"2028-08-17,national,Merdeka,Independence\nnonsense,,x,y\n"
    answer = site.post("/calendars/cal_office/holidays", {"file": (io.BytesIO(content), "days.csv"), "year": "2026"})
    page = words(answer.text)
    assert "1 day was read, 1 of them is new." in page
    assert "Left out, 2" in page
    assert "Holidays and joint leave of 2028" in page


def test_a_new_calendar_is_added_once(site: Site) -> None:
    site.log_in("adi")
    sent = {
        "name": "cal_branch", "id": "Cabang", "en": "Branch", "zone": "Asia/Makassar", "week-mon": "08:00-12:00",
        "comment": "A branch", "version": "0", "year": "2026",
    }  # fmt: skip
    assert site.post("/calendars/new", sent).status_code == 302
    assert calendar(site, "cal_branch").calendar.zone.key == "Asia/Makassar"
    assert site.post("/calendars/new", sent).status_code == 409
    assert site.post("/calendars/new", sent | {"name": "../x"}).status_code == 422


def test_a_changed_calendar_shows_how_far_its_clocks_are_computed(site: Site) -> None:
    site.harness.start("support_case", title="Printer", priority="P3", initiator="tari")
    site.log_in("adi")
    assert "2 open clocks count in this calendar" in words(site.get("/calendars/cal_office/edit"))
    site.post("/calendars/cal_office/edit", fields(site, **{"week-sat": "08:00-12:00"}))
    assert "being computed anew: 0 of 2" in words(site.get("/calendars/cal_office"))
    site.harness.drain()
    assert "2 clocks, 2 moved" in words(site.get("/calendars/cal_office"))
