"""Pages that say no, and the headers of every answer."""

from __future__ import annotations

import pytest

from engine import LoginFailed
from tests.webapp.people.conftest import Site, words
from webapp.errors import status_of


def test_what_does_not_exist_is_a_page_in_the_readers_language(site: Site) -> None:
    site.log_in("tari")
    assert "There is nothing here" in site.get("/nowhere", status=404)
    site.post("/language", {"language": "id"})
    assert "Tidak ada apa-apa di sini" in site.get("/nowhere", status=404)
    assert "Tugas 404" in site.get("/tasks/404", status=404)


@pytest.mark.parametrize("address", ["/monitor/", "/monitor/publish-message"])
def test_pages_of_other_roles_are_closed(site: Site, address: str) -> None:
    site.log_in("tari")
    assert "You may not open this" in words(site.get(address, status=403))


def test_the_catalogue_shows_only_what_one_may_start(site: Site) -> None:
    site.log_in("tari")
    assert "Ask for a journey" in site.get("/start")
    site.log_in("odi")
    assert "There is nothing you may start" in site.get("/start")
    assert "starting this needs one of: travellers" in site.get("/start/travel", status=403)


def test_a_place_in_a_list_that_nobody_gave_is_refused(site: Site) -> None:
    site.log_in("tari")
    site.get("/tasks?after=nonsense", status=400)


def test_every_answer_carries_the_strict_policy(site: Site) -> None:
    site.log_in("tari")
    for address in ("/tasks", "/login", "/nowhere", "/healthz"):
        headers = site.client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "style-src 'self';" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_of_a_person_is_never_kept_by_the_browser(site: Site) -> None:
    site.log_in("tari")
    assert site.client.get("/tasks").headers["Cache-Control"] == "no-store"


def test_no_page_holds_inline_script_or_style(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("sena")
    for address in ("/tasks?tab=groups", f"/tasks/{site.task()}", "/start/travel", "/records", "/search?q=office"):
        page = site.get(address)
        assert " style=" not in page
        assert " onclick=" not in page
        assert "<style" not in page
    site.log_in("tari")
    assert " style=" not in site.get(f"/records/{number}")


def test_who_must_wait_is_told_so() -> None:
    assert status_of(LoginFailed(30)) == 429
    assert status_of(LoginFailed()) == 401
