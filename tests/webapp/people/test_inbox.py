"""The list of tasks, and taking, giving back and handing over."""

from __future__ import annotations

import re

import pytest

from engine import SYSTEM, Actor, AssignUserTask, ClaimUserTask, CompleteUserTask
from tests.webapp.people.conftest import Site, words


def listed(page: str) -> list[str]:
    """Return the numbers of the listed tasks."""
    return re.findall(r'class="number">(TRV-[\d-]+)<', page)


@pytest.fixture
def three(site: Site) -> list[str]:
    """Give three journeys, asked for on three days."""
    numbers = []
    for _ in range(3):
        numbers.append(site.ask_for_a_journey())
        site.harness.advance(days=1)
    return numbers


def test_a_free_task_lies_with_the_group_and_a_taken_one_with_its_assignee(site: Site, three: list[str]) -> None:
    site.engine.execute(ClaimUserTask(user_task_key=site.task(), actor=Actor("putu")))
    site.log_in("putu")
    assert listed(site.get("/tasks?tab=mine")) == three[:1]
    assert listed(site.get("/tasks?tab=groups")) == three[1:]
    site.log_in("sena")
    assert listed(site.get("/tasks?tab=mine")) == []
    assert listed(site.get("/tasks?tab=groups")) == three[1:]


def test_what_is_due_first_comes_first_and_says_how_late_it_is(site: Site, three: list[str]) -> None:
    site.log_in("putu")
    page = site.get("/tasks?tab=groups")
    assert listed(page) == three
    assert re.findall(r'class="due due-(\w+)">', page) == ["late", "soon", "soon"]
    assert "1 day late" in words(page)
    assert listed(site.get("/tasks?tab=overdue")) == three[:1]
    assert "1 overdue" in words(page)


def test_a_long_list_is_read_page_by_page(site: Site) -> None:
    numbers = [site.ask_for_a_journey() for _ in range(32)]
    site.log_in("putu")
    first = site.get("/tasks?tab=groups")
    following = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert following
    second = site.get(following[1].replace("&amp;", "&"))
    assert listed(first) + listed(second) == numbers
    assert "Next page" not in words(second)


def test_done_tasks_are_kept_for_who_did_them(site: Site, three: list[str]) -> None:
    command = CompleteUserTask(user_task_key=site.task(), actor=Actor("putu"), submitted={"decision": "approve"})
    site.engine.execute(command)
    site.log_in("putu")
    assert listed(site.get("/tasks?tab=done")) == three[:1]
    site.log_in("sena")
    assert listed(site.get("/tasks?tab=done")) == []


def test_a_task_is_taken_and_given_back(site: Site) -> None:
    site.ask_for_a_journey()
    site.log_in("putu")
    key = site.task()
    site.post(f"/tasks/{key}/claim")
    assert listed(site.get("/tasks?tab=mine"))
    assert "Give back" in site.get(f"/tasks/{key}")
    site.post(f"/tasks/{key}/unclaim")
    assert listed(site.get("/tasks?tab=mine")) == []


def test_a_task_is_handed_to_another_member_of_its_group_only_by_who_has_it(site: Site) -> None:
    site.ask_for_a_journey()
    key = site.task()
    site.log_in("putu")
    assert "Reassign" not in words(site.get(f"/tasks/{key}"))
    site.post(f"/tasks/{key}/claim")
    page = site.get(f"/tasks/{key}")
    assert '<option value="sena">Sena Pratama</option>' in page
    assert '<option value="odi">' not in page
    site.post(f"/tasks/{key}/reassign", {"assignee": "sena", "reason": "On leave"})
    site.log_in("sena")
    assert listed(site.get("/tasks?tab=mine"))


def test_somebody_elses_task_can_be_read_but_not_sent(site: Site) -> None:
    site.ask_for_a_journey()
    key = site.task()
    site.engine.execute(AssignUserTask(user_task_key=key, assignee="putu", actor=SYSTEM))
    site.log_in("sena")
    page = site.get(f"/tasks/{key}")
    assert "Putu Pratama has this task." in words(page)
    assert '<fieldset class="bare" disabled>' in page
    assert "Complete task" not in words(page)


def test_a_task_is_invisible_to_strangers(site: Site) -> None:
    site.ask_for_a_journey()
    site.log_in("odi")
    site.get(f"/tasks/{site.task()}", status=404)
    assert site.post(f"/tasks/{site.task()}/claim").status_code == 403


def test_who_asked_for_it_may_look_on_but_learns_why_others_decide(site: Site) -> None:
    site.ask_for_a_journey("sena")
    site.log_in("sena")
    page = words(site.get(f"/tasks/{site.task()}"))
    assert "You cannot do this task." in page
    assert "Nobody decides on a journey of one's own." in page.replace("&#39;", "'")
    answer = site.post(f"/tasks/{site.task()}/complete", {"decision": "approve"})
    assert answer.status_code == 403
    assert "own_request" in answer.text


def test_facts_say_what_codes_mean(site: Site) -> None:
    site.ask_for_a_journey()
    site.log_in("putu")
    page = words(site.get(f"/tasks/{site.task()}"))
    assert "Class Economy" in page
    assert "Traveller Tari Pratama" in page


def test_a_script_gets_the_task_alone(site: Site) -> None:
    site.ask_for_a_journey()
    site.log_in("putu")
    part = site.get(f"/tasks/{site.task()}", headers={"HX-Request": "true", "HX-Target": "task-pane"})
    assert "<title>Approve journey · Clause8</title>" in part
    assert "<nav" not in part
