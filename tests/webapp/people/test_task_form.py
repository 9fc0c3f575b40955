"""Filling a form in: drafts, errors, rows, files, and somebody who was faster."""

from __future__ import annotations

import io

import pytest

from engine import Actor, CompleteUserTask
from tests.webapp.people.conftest import Site, words

WHY = "The budget of this year is spent"


@pytest.fixture
def key(site: Site) -> int:
    """Give a task that waits for approvers; putu is logged in."""
    site.ask_for_a_journey()
    site.log_in("putu")
    return site.task()


def test_a_form_in_order_completes_the_task(site: Site, key: int) -> None:
    answer = site.post(f"/tasks/{key}/complete", {"decision": "approve", "revision": "1", "tab": "groups"})
    assert answer.headers["Location"] == "/tasks?tab=groups"
    assert "The task is done." in words(site.get("/tasks?tab=groups"))
    assert site.harness.open_tasks() == ["T_book"]


def test_a_form_with_errors_comes_back_as_it_was_typed(site: Site, key: int) -> None:
    answer = site.post(f"/tasks/{key}/complete", {"decision": "reject", "why": "no", "remark": "<b>Sorry</b>"})
    assert answer.status_code == 422
    assert "Please correct 1 field" in words(answer.text)
    assert '<a href="#f-why">' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert ">no</textarea>" in answer.text
    assert "&lt;b&gt;Sorry&lt;/b&gt;" in answer.text
    assert site.harness.open_tasks() == ["T_approve"]


def test_a_second_submit_says_what_happened_and_keeps_the_text(site: Site, key: int) -> None:
    first = {"decision": "approve", "revision": "1"}
    assert site.post(f"/tasks/{key}/complete", first).status_code == 302
    answer = site.post(f"/tasks/{key}/complete", {"decision": "reject", "why": WHY, "revision": "1"})
    assert answer.status_code == 409
    page = words(answer.text)
    assert "Somebody was faster" in page
    assert "This task was done by Putu Pratama on 17 Jun 2030 10:00." in page
    assert WHY in page
    assert "Complete task" not in page
    assert site.harness.open_tasks() == ["T_book"]


def test_who_comes_second_keeps_the_text_too(site: Site, key: int) -> None:
    site.engine.execute(CompleteUserTask(user_task_key=key, actor=Actor("sena"), submitted={"decision": "approve"}))
    answer = site.post(f"/tasks/{key}/complete", {"decision": "reject", "why": WHY, "revision": "1"})
    assert answer.status_code == 409
    assert "Sena Pratama" in answer.text
    assert WHY in answer.text


def test_a_page_that_grew_stale_is_shown_again_to_be_sent_again(site: Site, key: int) -> None:
    site.post(f"/tasks/{key}/claim")
    answer = site.post(f"/tasks/{key}/complete", {"decision": "reject", "why": WHY, "revision": "1"})
    assert answer.status_code == 409
    assert "Look at it and send it again." in words(answer.text)
    assert WHY in answer.text
    assert 'name="revision" value="2"' in answer.text
    again = site.post(f"/tasks/{key}/complete", {"decision": "reject", "why": WHY, "revision": "2"})
    assert again.status_code == 302


def test_a_draft_is_kept_until_the_next_visit_and_for_its_writer_alone(site: Site, key: int) -> None:
    assert site.post(f"/tasks/{key}/draft", {"decision": "reject", "why": WHY}, Accept="*/*").status_code == 204
    page = site.get(f"/tasks/{key}")
    assert WHY in page
    assert "Saved as draft" in words(page)
    site.log_in("sena")
    assert WHY not in site.get(f"/tasks/{key}")


def test_a_draft_is_saved_by_button_too(site: Site, key: int) -> None:
    answer = site.post(f"/tasks/{key}/draft", {"remark": "Later", "tab": "groups"})
    assert answer.headers["Location"] == f"/tasks/{key}?tab=groups"
    assert "Later" in site.get(f"/tasks/{key}")


def test_a_field_appears_when_the_answer_asks_for_it(site: Site, key: int) -> None:
    assert 'name="why"' not in site.get(f"/tasks/{key}")
    part = site.post(f"/tasks/{key}/form", {"decision": "reject"}, **{"HX-Target": "task-form"}).text
    assert 'name="why"' in part
    assert "<nav" not in part
    assert 'name="why"' not in site.post(f"/tasks/{key}/form", {"decision": "approve"}).text


def test_a_task_without_form_is_completed_by_its_button(site: Site, key: int) -> None:
    site.post(f"/tasks/{key}/complete", {"decision": "approve"})
    site.log_in("tari")
    booking = site.task("T_book")
    assert "This task has no form." in words(site.get(f"/tasks/{booking}"))
    assert site.post(f"/tasks/{booking}/complete", {"revision": "1"}).status_code == 302
    assert site.harness.open_tasks() == []


def test_rows_come_and_go_without_script_and_keep_what_was_typed(site: Site) -> None:
    site.log_in("tari")
    typed = {"purpose": "Visit the plant", "legs[0].from": "Jakarta", "legs[0].to": "Medan"}
    more = site.post("/start/travel", {**typed, "_add": "legs"}).text
    assert 'name="legs[1].from"' in more
    assert 'value="Visit the plant"' in more
    assert 'value="Medan"' in more
    fewer = site.post("/start/travel", {**typed, "legs[1].from": "Medan", "_remove": "legs[0]"}).text
    assert 'name="legs[1].from"' not in fewer
    assert 'name="legs[0].from"' in fewer
    assert 'value="Jakarta"' not in fewer


def test_an_uploaded_file_survives_an_error_and_ends_at_the_record(site: Site) -> None:
    site.log_in("tari")
    answer = site.client.post(
        "/start/travel",
        data={"csrf_token": "token", "purpose": "", "invitation!upload": (io.BytesIO(b"%PDF-1.7"), "invitation.pdf")},
        headers={"Accept": "text/html"},
    )
    assert answer.status_code == 422
    assert "invitation.pdf" in answer.text
    stored = answer.text.split('name="invitation" value="')[1].split('"')[0]
    fields = {
        "purpose": "Visit the plant",
        "class": "economy",
        "invitation": stored,
        "legs[0].from": "A",
        "legs[0].to": "B",
    }
    address = site.post("/start/travel", fields).headers["Location"]
    page = site.get(address)
    assert "invitation.pdf" in page
    sent = site.client.get(f"/files/{stored}")
    assert sent.data == b"%PDF-1.7"
    assert "sandbox" in sent.headers["Content-Security-Policy"]
    site.log_in("odi")
    site.get(f"/files/{stored}", status=404)
