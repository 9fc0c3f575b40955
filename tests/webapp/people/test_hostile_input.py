"""What an attacker sends: numbers and characters that no column holds, markup in every text, doors of other roles."""

from __future__ import annotations

from io import BytesIO

import pytest

from engine import Actor, AddAttachment, AddComment
from tests.webapp.people.conftest import PASSWORD, Site, words

_HUGE = "9" * 30
_MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


@pytest.mark.parametrize(
    "address",
    [f"/tasks/{_HUGE}", f"/files/{_HUGE}", f"/instances/{_HUGE}/lit.json", f"/diagrams/{_HUGE}.bpmn",
     f"/records?after=1-{_HUGE}", "/records/TRV%00", "/search?q=%00%00", "/start/%00"],
)  # fmt: skip
def test_what_no_column_holds_is_refused_and_not_a_fault_of_ours(site: Site, address: str) -> None:
    site.log_in("tari")
    assert site.client.get(address).status_code in (200, 400, 404)


def test_a_reference_to_a_file_that_cannot_be_is_refused(site: Site) -> None:
    site.log_in("tari")
    answer = site.post("/start/travel", {"purpose": "\x00", "class": "economy", "invitation": _HUGE})
    assert answer.status_code in (400, 422)


def test_text_of_people_is_never_markup(site: Site) -> None:
    number = site.ask_for_a_journey(purpose=_MARKUP)
    site.engine.execute(AddComment(number=number, body=_MARKUP, actor=Actor("tari")))
    site.engine.execute(AddAttachment(name=_MARKUP, content=b"x", actor=Actor("tari"), number=number))
    site.log_in("tari")
    pages = [site.get(f"/records/{number}"), site.get("/records"), site.get("/search?q=script")]
    site.log_in("sena")
    pages += [site.get("/tasks?tab=groups"), site.get(f"/tasks/{site.task()}")]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\y.txt", "a\r\nSet-Cookie: x=1.txt", '"; x="y.txt', "."])
def test_an_uploaded_file_is_saved_and_never_shown(site: Site, name: str) -> None:
    number = site.ask_for_a_journey()
    file = site.engine.execute(AddAttachment(name=name, content=b"plain", actor=Actor("tari"), number=number))
    site.log_in("tari")
    answer = site.client.get(f"/files/{file.key}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers
    assert "/" not in file.name
    assert "\\" not in file.name


def test_an_auditor_reads_a_record_and_writes_nothing(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("aulia")
    assert 'name="body"' not in site.get(f"/records/{number}")
    assert site.post(f"/records/{number}/comments", {"body": "seen"}).status_code == 403
    site.log_in("tari")
    assert 'name="body"' in site.get(f"/records/{number}")


def test_the_mistakes_of_some_do_not_lock_an_office_out(site: Site) -> None:
    with site.client.session_transaction() as session:
        session["csrf"] = "token"
    for turn in range(10):
        assert site.post("/login", {"name": f"mistyped{turn}", "password": "x"}).status_code == 401
    assert site.post("/login", {"name": "tari", "password": PASSWORD}).status_code == 302


def test_a_comment_and_its_file_come_by_the_form(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("tari")
    answer = site.post(f"/records/{number}/comments", {"body": "see", "files": (BytesIO(b"x"), "plan.txt")})
    assert answer.status_code == 302
    assert "plan.txt" in words(site.get(f"/records/{number}"))
