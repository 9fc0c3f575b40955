"""Records: my list in plain words, the page, search, comments, messages, notifications."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import SYSTEM, Actor, CompleteUserTask, VerifyHistory
from tests.webapp.people.conftest import Site, words


@pytest.fixture
def number(site: Site) -> str:
    """Give a journey of tari's, who is logged in."""
    number = site.ask_for_a_journey()
    site.log_in("tari")
    return number


def decide(site: Site, decision: str = "approve", **others: str) -> None:
    submitted = {"decision": decision} | others
    command = CompleteUserTask(user_task_key=site.task(), actor=Actor("putu"), submitted=submitted)
    site.engine.execute(command)


def test_the_form_leads_to_the_record(site: Site) -> None:
    site.log_in("tari")
    fields = {"purpose": "Visit the plant", "class": "economy", "legs[0].from": "A", "legs[0].to": "B"}
    answer = site.post("/start/travel", fields)
    assert answer.headers["Location"] == "/records/TRV-2030-000001"
    assert "Your request has the number TRV-2030-000001." in words(site.get("/records/TRV-2030-000001"))


def test_the_state_is_told_in_words(site: Site, number: str) -> None:
    assert "Being decided" in words(site.get("/records"))
    assert "Approve journey Approvers" in words(site.get("/records"))
    decide(site)
    assert "Book journey Tari Pratama" in words(site.get("/records"))
    site.post(f"/tasks/{site.task('T_book')}/complete")
    assert "How it ended" not in words(site.get(f"/records/{number}"))  # content closes records, not the engine
    assert "Now Booked" in words(site.get(f"/records/{number}"))


def test_the_page_tells_the_story_and_what_codes_mean(site: Site, number: str) -> None:
    decide(site)
    page = words(site.get(f"/records/{number}"))
    assert "Journey asked for Tari Pratama" in page
    assert "Approve journey Approve Putu Pratama" in page
    assert "Class Economy" in page
    assert "Traveller Tari Pratama" in page
    site.post("/language", {"language": "id"})
    page = words(site.get(f"/records/{number}"))
    assert "Perjalanan diminta Tari Pratama" in page
    assert "Kelas Ekonomi" in page


def test_the_story_says_what_was_decided_and_why(site: Site, number: str, tmp_path: Path) -> None:
    decide(site, "reject", why="The budget of this year is spent", remark="for my eyes only")
    page = words(site.get(f"/records/{number}"))
    assert "Approve journey Reject Putu Pratama" in page
    assert "Why: The budget of this year is spent" in page
    assert "for my eyes only" not in page
    site.post("/language", {"language": "id"})
    page = words(site.get(f"/records/{number}"))
    assert "Tolak Putu Pratama" in page
    assert "Mengapa: The budget of this year is spent" in page
    assert site.engine.ask(VerifyHistory(actor=SYSTEM, anchors_folder=tmp_path)).breaks == []


@pytest.mark.parametrize(("name", "status"), [("putu", 200), ("adi", 200), ("aulia", 200), ("odi", 404)])
def test_a_record_is_seen_by_those_who_work_on_it(site: Site, number: str, name: str, status: int) -> None:
    site.log_in(name)
    site.get(f"/records/{number}", status=status)
    found = words(site.get("/search?q=office"))
    assert ("Visit the office" in found) == (status == 200)


def test_an_exact_number_leads_straight_to_its_record(site: Site, number: str) -> None:
    assert site.client.get(f"/search?q={number.lower()}").headers["Location"] == f"/records/{number}"


@pytest.mark.parametrize("text", ["makassar", "TRV-2030", "tari prat"])
def test_search_finds_by_number_title_and_requester(site: Site, number: str, text: str) -> None:
    site.ask_for_a_journey()
    assert number in site.get(f"/search?q={text}")


@pytest.mark.parametrize("text", ["", "x", "%", "__", "nothing like it"])
def test_search_finds_nothing_by_accident(site: Site, number: str, text: str) -> None:
    assert number not in site.client.get("/search", query_string={"q": text}).text


def test_a_comment_is_read_by_the_others(site: Site, number: str) -> None:
    site.post(f"/records/{number}/comments", {"body": "Please <hurry>\nThank you"})
    site.log_in("putu")
    assert "Please &lt;hurry&gt;\nThank you" in site.get(f"/records/{number}")
    site.log_in("odi")
    assert site.post(f"/records/{number}/comments", {"body": "I was here"}).status_code == 404


def test_the_requester_withdraws_while_it_is_possible(site: Site, number: str) -> None:
    page = site.get(f"/records/{number}")
    assert "Withdraw the journey" in words(page)
    address = f"/records/{number}/messages/Journey_withdrawn"
    fields = {"carries": ["withdrawn_because", "purpose"], "text": "Not needed any more"}
    assert site.post(address, fields).status_code == 302
    page = site.get(f"/records/{number}")
    assert "Now Withdrawn" in words(page)
    assert "Withdraw the journey Tari Pratama" in words(page)
    assert "Not needed any more" in words(page)
    assert address not in page
    assert site.post(address, fields).status_code == 409


def test_nobody_else_withdraws(site: Site, number: str) -> None:
    site.log_in("putu")
    assert "Withdraw the journey" not in words(site.get(f"/records/{number}"))
    assert site.post(f"/records/{number}/messages/Journey_withdrawn", {}).status_code == 403


def test_the_diagram_is_lit_for_who_may_see_the_record(site: Site, number: str) -> None:
    page = site.get(f"/records/{number}")
    overlay = page.split('data-overlay-url="')[1].split('"')[0]
    lit = site.client.get(overlay).get_json()["elements"]
    assert lit["T_approve"] == {"active": 1, "completed": 0, "faults": 0}
    assert lit["S_open"]["completed"] == 1
    assert "<bpmn:definitions" in site.get(page.split('data-diagram-url="')[1].split('"')[0])
    site.log_in("odi")
    site.get(overlay, status=404)
