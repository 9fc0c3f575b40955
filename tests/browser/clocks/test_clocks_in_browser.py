"""Scenario 8 of the design as people see it, and calendars by mouse and by keyboard."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from engine import SYSTEM, PublishMessage
from tests.browser.clocks.conftest import Visit
from tests.browser.journeys.site import Site
from tests.browser.people.test_accessibility import complaints

RECORD = "/records/INC-2026-000001"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))


def begin(site: Site) -> None:
    """Register a case on Friday 16:30 and answer it."""
    site.harness.start("support_case", title="The printer prints nothing", priority="P3", initiator="tari")
    site.harness.complete("T_classify")


def resolution(page: Page) -> str:
    """Return what the panel says of the resolution clock, its sum unfolded."""
    clock = page.locator("#clocks .clock", has=page.get_by_role("heading", name="Resolution"))
    details = clock.locator("details")
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    return " ".join(clock.inner_text().split())


def test_weekend_holiday_pause_and_priority_are_a_sum_that_people_can_follow(site: Site, visit: Visit) -> None:
    begin(site)
    page = visit("tari", RECORD)
    first = resolution(page)
    assert "On time Due Wed 3 Jun 2026 16:30" in first
    assert "2 working days, Office hours" in first
    assert "Pancasila Day" in first
    site.advance_to(at(6, 2, 10))
    site.harness.complete("T_diagnose", next="ask")
    site.advance_to(at(6, 2, 15))
    page = visit("tari", RECORD)
    assert "Paused Waiting for the user's reply." in resolution(page)
    site.advance_to(at(6, 3, 9))
    site.harness.engine.execute(PublishMessage(name="User_replied", correlation_key="INC-2026-000001", actor=SYSTEM))
    page = visit("tari", RECORD)
    moved = resolution(page)
    assert "Due Thu 4 Jun 2026 15:30" in moved
    assert "Tue 2 Jun 2026 10:00 – Wed 3 Jun 2026 09:00 7 h" in moved
    site.harness.complete("T_diagnose", next="raise", priority="P2")
    page = visit("tari", RECORD)
    raised = resolution(page)
    assert "Overdue Due Tue 2 Jun 2026 09:30" in raised
    assert "Tue 2 Jun 2026 10:00 – Wed 3 Jun 2026 09:00 13 h" in raised
    assert "Thu 4 Jun 2026 15:30 → Tue 2 Jun 2026 09:30" in raised


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_sticks_out(site: Site, visit: Visit, width: int, language: str) -> None:
    begin(site)
    page = visit("adi", "/calendars", width=width, language=language)
    question = "?year=2026&from=2026-05-29T16:30&number=2&unit=days"
    paths = [f"/calendars/cal_office{question}", "/calendars/cal_office/edit", "/calendars/new", RECORD]
    for path in ("/calendars", "/calendars/cal_office/history", "/calendars/cal_office?number=x", *paths):
        page.goto(site.address + path)
        page.evaluate("document.querySelectorAll('details.clock-sum').forEach(one => one.open = true)")
        assert (path, complaints(page)) == (path, [])
        sticks_out = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, sticks_out) == (path, 0)


def test_a_calendar_is_changed_by_keyboard_alone(site: Site, visit: Visit) -> None:
    page = visit("adi", "/calendars/cal_office/edit?year=2026")
    page.get_by_label("Saturday").first.focus()
    page.keyboard.type("08:00-12:00")
    page.get_by_label("What changed and why").focus()
    page.keyboard.type("Saturdays until noon")
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendars/cal_office?year=2026")
    expect(page.get_by_text("The calendar was saved.")).to_be_visible()
    expect(page.locator(".week-hours").first).to_contain_text("08:00–12:00")


def test_a_mistake_is_told_at_the_top_and_beside_its_field(site: Site, visit: Visit) -> None:
    page = visit("adi", "/calendars/cal_office/edit?year=2026")
    page.get_by_label("Monday").first.fill("17:00-08:00")
    page.get_by_label("What changed and why").fill("A mistake")
    page.get_by_role("button", name="Save").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_visible()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Monday").first).to_have_attribute("aria-invalid", "true")
    assert complaints(page) == []
