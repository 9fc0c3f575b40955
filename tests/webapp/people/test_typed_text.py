"""What was typed outlives the session, and comes back without being sent."""

from __future__ import annotations

import html
import re

from tests.webapp.people.conftest import PASSWORD, Site, words
from webapp.access import SESSION_COOKIE

TYPED = {"decision": "reject", "why": "The budget is\nspent & gone", "remark": "typed at length"}


def hidden_fields(page: str) -> dict[str, str]:
    """Return the fields that a page carries for another form."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n?(.*?)</textarea>', page, re.DOTALL)
    return {name: html.unescape(value).replace("\r\n", "\n") for name, value in found}


def test_a_form_that_comes_after_the_session_ended_waits_for_the_login(site: Site) -> None:
    site.ask_for_a_journey()
    site.log_in("putu")
    key = site.task()
    site.client.delete_cookie(SESSION_COOKIE)
    answer = site.post(f"/tasks/{key}/complete", TYPED)
    assert answer.status_code == 401
    assert "Ketikan Anda disimpan" in words(answer.text)
    kept = hidden_fields(answer.text)
    assert kept["kept:why"] == TYPED["why"]
    fields = {"name": "putu", "again": f"/tasks/{key}/form", **kept}
    refused = site.post("/login", fields | {"password": "wrong"})
    assert hidden_fields(refused.text) == kept
    answer = site.post("/login", fields | {"password": PASSWORD})
    assert f'action="/tasks/{key}/form"' in answer.text
    token = answer.text.split('name="csrf_token" value="')[1].split('"')[0]
    page = site.post(f"/tasks/{key}/form", hidden_fields(answer.text) | {"csrf_token": token}).text
    assert "The budget is\nspent &amp; gone" in page
    assert "typed at length" in page
    assert site.task() == key  # nothing was sent


def test_a_form_with_the_token_of_an_earlier_login_is_shown_again(site: Site) -> None:
    site.ask_for_a_journey()
    site.log_in("putu")
    answer = site.post(f"/tasks/{site.task()}/complete", TYPED | {"csrf_token": "of an earlier login"})
    assert answer.status_code == 400
    assert "Nothing was sent yet" in words(answer.text)
    assert "typed at length" in answer.text
    assert "T_approve" in site.harness.open_tasks()
    site.log_in("tari")
    answer = site.post("/start/travel", {"purpose": "Visit the plant", "csrf_token": "old"})
    assert (answer.status_code, "Visit the plant" in answer.text) == (400, True)


def test_what_another_site_sends_is_not_kept(site: Site) -> None:
    site.ask_for_a_journey()
    answer = site.post(f"/tasks/{site.task()}/complete", TYPED | {"csrf_token": "guessed"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/login"


def test_the_login_leads_to_nothing_but_forms(site: Site) -> None:
    site.log_in("putu")
    for address in ("/logout", "https://example.org/tasks/1/form", "//example.org/tasks/1/form", "/tasks/1/complete"):
        fields = {"name": "putu", "password": PASSWORD, "again": address, "kept:why": "x"}
        assert site.post("/login", fields).headers["Location"] == "/tasks"
        site.log_in("putu")


def test_a_script_learns_that_the_session_ended(site: Site) -> None:
    site.ask_for_a_journey()
    assert site.post(f"/tasks/{site.task()}/draft", TYPED, **{"X-CSRF-Token": "token"}).status_code == 401
