"""Who may come in, and how a session begins and ends."""

from __future__ import annotations

import pytest

from engine import LogIn, WhoIs
from tests.webapp.people.conftest import PASSWORD, Site, words
from webapp.access import SESSION_COOKIE


def csrf(site: Site) -> None:
    with site.client.session_transaction() as session:
        session["csrf"] = "token"


def log_in(site: Site, name: str, password: str, **fields: str) -> tuple[int, str, str]:
    csrf(site)
    answer = site.post("/login", {"name": name, "password": password, **fields})
    return answer.status_code, answer.headers.get("Location", ""), answer.text


def test_a_person_who_is_not_logged_in_is_sent_to_the_login_and_back(site: Site) -> None:
    answer = site.client.get("/records?tab=all")
    assert answer.headers["Location"] == "/login?next=/records?tab%3Dall"
    assert log_in(site, "tari", PASSWORD, next="/records?tab=all")[:2] == (302, "/records?tab=all")


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site) -> None:
    csrf(site)
    answer = site.post("/login", {"name": "tari", "password": PASSWORD})
    cookie = next(value for value in answer.headers.getlist("Set-Cookie") if value.startswith(SESSION_COOKIE))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_wrong_password_says_nothing_of_the_name(site: Site) -> None:
    known, unknown = log_in(site, "tari", "wrong"), log_in(site, "nobody", "wrong")
    assert known[0] == unknown[0] == 401
    assert known[2].replace("tari", "nobody") == unknown[2]


def test_many_failures_make_one_wait(site: Site) -> None:
    statuses = [log_in(site, "tari", "wrong")[0] for _ in range(12)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert log_in(site, "tari", PASSWORD)[0] == 429


def test_logging_out_ends_the_session_in_the_database(site: Site) -> None:
    token, _user = site.engine.execute(LogIn(name="tari", password=PASSWORD, address="test"))
    site.client.set_cookie(SESSION_COOKIE, token)
    csrf(site)
    site.post("/logout")
    assert site.engine.ask(WhoIs(token=token)) is None
    assert site.client.get("/tasks").status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "tasks"]
)
def test_the_login_leads_nowhere_but_into_this_site(site: Site, elsewhere: str) -> None:
    assert log_in(site, "tari", PASSWORD, next=elsewhere)[1] == "/tasks"


def test_a_form_without_the_token_of_its_page_changes_nothing(site: Site) -> None:
    site.log_in("tari")
    answer = site.client.post("/language", data={"language": "id"})
    assert answer.status_code == 400
    assert "Reload it and send it again" in words(answer.text)


def test_the_language_is_kept_for_the_person(site: Site) -> None:
    site.log_in("tari")
    assert "My tasks" in site.get("/tasks")
    assert site.post("/language", {"language": "id", "next": "/records"}).headers["Location"] == "/records"
    site.log_in("tari")
    assert 'lang="id"' in site.get("/tasks")


def test_the_login_page_speaks_the_language_of_the_cookie(site: Site) -> None:
    assert "Nama masuk" in site.get("/login")
    csrf(site)
    site.post("/language", {"language": "en", "next": "/login"})
    assert "Login name" in site.get("/login")


def test_the_server_says_when_it_is_ready(site: Site) -> None:
    assert site.get("/healthz") == "ready\n"
