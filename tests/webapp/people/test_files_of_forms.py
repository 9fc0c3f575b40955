"""Files that come with a form: kept only from who may fill it in; refused ones stop nothing (BI-10)."""

from __future__ import annotations

from io import BytesIO

import pytest

from engine import Actor, RecordPage, SubmittedForm, UserTaskNotFound
from engine.store import read_only
from engine.store.tables import attachment
from tests.webapp.people.conftest import Site, words

PROGRAM = b"MZ\x90\x00" + b"\0" * 200
ASKED = {"purpose": "Visit the plant", "class": "economy", "legs[0].from": "A", "legs[0].to": "B"}


def count_files(site: Site) -> int:
    with read_only(site.engine.database) as work:
        return len(list(work.execute(attachment.select())))


def test_who_may_not_start_a_process_stores_no_file(site: Site) -> None:
    site.log_in("odi")
    answer = site.post("/start/travel", ASKED | {"invitation!upload": (BytesIO(b"hello"), "letter.txt")})
    assert answer.status_code == 403
    assert count_files(site) == 0


def test_who_may_not_work_on_a_task_stores_no_file_and_learns_nothing_of_it(site: Site) -> None:
    site.ask_for_a_journey()
    task = site.task()
    site.log_in("odi")
    answer = site.post(f"/tasks/{task}/complete", {"letter!upload": (BytesIO(b"hello"), "letter.txt")})
    assert answer.status_code == 404
    assert count_files(site) == 0
    with pytest.raises(UserTaskNotFound):
        site.engine.ask(SubmittedForm(actor=Actor("odi"), pairs=[], user_task_key=task))


def test_a_request_with_a_forbidden_file_is_recorded_and_says_which_file_was_refused(site: Site) -> None:
    site.log_in("tari")
    answer = site.post("/start/travel", ASKED | {"invitation!upload": (BytesIO(PROGRAM), "letter.pdf")})
    assert answer.status_code == 302
    number = answer.headers["Location"].rpartition("/")[2]
    assert "letter.pdf" in words(site.get(f"/records/{number}"))
    story = site.engine.ask(RecordPage(actor=Actor("tari"), number=number)).story
    assert [event.reason for event in story if event.action == "file_refused"] == ["letter.pdf"]
    assert count_files(site) == 0
