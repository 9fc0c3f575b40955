"""Clocks on a record's page and in the inbox."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from engine import SYSTEM, AssignUserTask, CancelProcessInstance, PublishMessage
from tests.webapp.people.conftest import Site, words

NUMBER = "INC-2026-000001"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta"))


def paused(site: Site) -> None:
    """Begin a case on Friday, ask its requester on Tuesday at 10:00."""
    site.harness.start("support_case", title="Printer", priority="P3", initiator="tari")
    site.harness.complete("T_classify")
    site.harness.advance_to(at(6, 2, 10))
    site.harness.complete("T_diagnose", next="ask")


def test_a_clock_is_explained_as_a_sum(site: Site) -> None:
    paused(site)
    site.harness.advance_to(at(6, 3, 9))
    message = PublishMessage(name="User_replied", correlation_key=NUMBER, actor=SYSTEM)
    site.engine.execute(message)
    site.harness.complete("T_diagnose", next="raise", priority="P2")
    site.log_in("tari")
    page = words(site.get(f"/records/{NUMBER}"))
    assert "Resolution Overdue" in page
    assert "Start Fri 29 May 2026 16:30" in page
    assert "+ target 8 working hours, Extended hours 8 h" in page
    assert "Tue 2 Jun 2026 10:00 – Wed 3 Jun 2026 09:00 13 h" in page
    assert "= due Tue 2 Jun 2026 09:30" in page
    assert "Thu 4 Jun 2026 15:30 → Tue 2 Jun 2026 09:30" in page
    assert "Response Kept" in page


def test_a_paused_clock_says_why(site: Site) -> None:
    paused(site)
    site.log_in("tari")
    page = words(site.get(f"/records/{NUMBER}")).replace("&#39;", "'")
    assert "Resolution Paused Waiting for the user's reply. If it went on now, due" in page


def test_clocks_of_an_instance_that_was_canceled_stand_still(site: Site) -> None:
    instance = site.harness.start("support_case", title="Printer", priority="P3", initiator="tari")
    site.engine.execute(CancelProcessInstance(process_instance_key=instance.key, actor=SYSTEM))
    site.harness.advance(days=60)
    site.log_in("tari")
    page = words(site.get(f"/records/{NUMBER}"))
    assert "Resolution Kept Stopped Fri 29 May 2026 16:30" in page


def test_who_may_not_see_the_record_sees_no_clock(site: Site) -> None:
    paused(site)
    site.log_in("odi")
    site.get(f"/records/{NUMBER}", 404)


def test_the_inbox_names_the_nearest_clock(site: Site) -> None:
    site.harness.start("support_case", title="Printer", priority="P3", initiator="tari")
    assign = AssignUserTask(user_task_key=site.task("T_classify"), assignee="tari", actor=SYSTEM)
    site.engine.execute(assign)
    site.log_in("tari")
    assert "Response: 2 h left" in words(site.get("/tasks?tab=mine"))
    site.harness.advance_to(at(6, 2, 10))
    site.log_in("tari")
    assert "Response: 30 min over" in words(site.get("/tasks?tab=mine"))
