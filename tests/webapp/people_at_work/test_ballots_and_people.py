"""Pages of approval by link and of people, as browsers and mail scanners ask for them."""

from __future__ import annotations

import io
import re

import pytest

from engine import LinkState
from engine.queries import AnswerLinkPage
from tests.webapp.people_at_work.conftest import ServedOffice


def test_a_link_is_looked_at_by_scanners_and_answered_once(served: ServedOffice) -> None:
    served.office.ask_for_a_vote()
    address = f"/ballots/{served.office.link_of('anna')}"
    for method in ("head", "get", "get", "options"):
        seen = getattr(served.client, method)(address)
        assert seen.status_code == 200
    headers = served.client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    page = served.client.get(address).text
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["approve", "reject"]
    assert served.client.post(address, data={"answer": "reject", "reason": "no"}).status_code == 422
    assert served.client.post(address, data={"answer": "defer"}).status_code == 400
    assert served.client.post(address, data={"answer": "approve"}).status_code == 303
    assert "Anna" in served.client.get(address).text
    again = served.client.post(address, data={"answer": "reject", "reason": "I changed my mind"})
    assert again.status_code == 409


def test_scenario_2_a_conflicted_voters_old_link_answers_403_and_the_audit_names_the_rule(
    served: ServedOffice,
) -> None:
    number = served.office.ask_for_a_vote()
    address = f"/ballots/{served.office.link_of('budi')}"
    served.office.add_duty(number, "request", "budi")
    assert served.client.get(address).status_code == 403
    assert served.client.post(address, data={"answer": "approve"}).status_code == 403
    noted = served.office.audit("access_denied")
    assert [(one["actor"], one["rule"]) for one in noted] == [("budi", "SoD-1")] * 2


def test_high_risk_sends_to_the_login_and_shows_nothing_before(served: ServedOffice) -> None:
    served.office.ask_for_a_vote("high")
    token = served.office.link_of("anna")
    page = served.client.get(f"/ballots/{token}").text
    assert "A new server" not in page
    assert f"/login?next=/ballots/{token}" in page
    served.log_in("budi")
    assert 'name="answer"' not in served.client.get(f"/ballots/{token}").text
    served.log_in("anna")
    assert 'name="answer"' in served.client.get(f"/ballots/{token}").text
    assert served.client.post(f"/ballots/{token}", data={"answer": "approve"}).status_code == 303


def test_guessed_links_are_not_found_and_then_have_to_wait(served: ServedOffice) -> None:
    answers = {served.client.get("/ballots/1.guess").status_code for _try in range(40)}
    assert answers == {404, 429}


def test_notifications_lead_to_the_link(served: ServedOffice) -> None:
    served.office.ask_for_a_vote()
    served.log_in("anna")
    found = re.search(r"/ballots/([\w.-]+)", served.client.get("/notifications").text)
    assert found
    assert served.office.engine.ask(AnswerLinkPage(token=found[1])).state is LinkState.OPEN


@pytest.mark.parametrize("language", ["id", "en"])
def test_pages_of_people_open(served: ServedOffice, language: str) -> None:
    number = served.office.ask_for_a_vote()
    served.office.be_away("anna", "budi")
    served.log_in("adi")
    served.client.post("/language", data={"csrf_token": "token", "language": language})
    for page in ("absences", "roster", "roster/cab", "account", "of/anna", "import", f"conflicts/{number}"):
        answer = served.client.get(f"/people/{page}")
        assert answer.status_code == 200, page
    assert "SoD-1" in served.client.get(f"/people/conflicts/{number}").text


def test_an_absence_is_entered_and_ended(served: ServedOffice) -> None:
    served.log_in("anna")
    typed = {"deputy": "eka", "from_at": "2030-06-17T10:00", "until_at": "2030-06-19T10:00", "csrf_token": "token"}
    assert served.client.post("/people/absences", data=typed).status_code == 302
    assert served.client.post("/people/absences", data=typed).status_code == 400
    page = served.client.get("/people/absences").text
    ending = re.search(r"/people/absences/\d+/end", page)
    assert ending
    assert served.client.post(ending[0], data={"csrf_token": "token"}).status_code == 302
    assert served.client.post(ending[0], data={"csrf_token": "token"}).status_code == 404


def test_shifts_are_planned_and_removed(served: ServedOffice) -> None:
    served.log_in("owner")
    typed = {"people": ["anna", "budi"], "first_day": "2030-06-17", "days_each": "7", "turns": "3"}
    answer = served.client.post("/people/roster/cab", data=typed | {"csrf_token": "token"})
    assert answer.status_code == 302
    keys = re.findall(r'name="shift" value="(\d+)"', served.client.get("/people/roster/cab?day=2030-06-17").text)
    assert len(keys) == 3
    served.client.post("/people/roster/cab/remove", data={"shift": keys, "csrf_token": "token"})
    assert 'name="shift"' not in served.client.get("/people/roster/cab?day=2030-06-17").text
    served.log_in("anna")
    assert served.client.post("/people/roster/cab", data=typed | {"csrf_token": "token"}).status_code == 403


def test_a_password_is_chosen_by_a_link_of_an_administrator(served: ServedOffice) -> None:
    served.log_in("adi")
    page = served.client.post("/people/of/anna/password-link", data={"csrf_token": "token"}).text
    found = re.search(r"/people/password/[\w-]+", page)
    assert found
    served.log_out()
    wrong = {"csrf_token": "token", "new": "a quite new password", "again": "another"}
    assert served.client.post(found[0], data=wrong).status_code == 422
    right = wrong | {"again": "a quite new password"}
    assert served.client.post(found[0], data=right).status_code == 302
    assert served.client.get(found[0]).status_code == 404


def test_people_are_imported_after_a_preview(served: ServedOffice) -> None:
    served.log_in("adi")
    sheet = (io.BytesIO(b"name,groups\ngita,cab\n"), "people.csv")
    seen = served.client.post("/people/import", data={"csrf_token": "token", "file": sheet})
    assert "gita" in seen.text
    done = served.client.post(
        "/people/import", data={"csrf_token": "token", "text": "name,groups\ngita,cab\n", "now": "1"}
    )
    assert done.status_code == 302
    wrong = served.client.post("/people/import", data={"csrf_token": "token", "text": "nonsense", "now": "1"})
    assert wrong.status_code == 400


def test_ones_own_password_and_sessions(served: ServedOffice) -> None:
    served.log_in("anna")
    served.log_in("anna")
    other = re.search(r'name="session" value="(\w+)"', served.client.get("/people/account").text)
    assert other
    served.client.post("/people/account/sessions", data={"csrf_token": "token", "session": other[1]})
    assert 'name="session"' not in served.client.get("/people/account").text
    typed = {"csrf_token": "token", "old": "wrong", "new": "a quite new password", "again": "a quite new password"}
    assert served.client.post("/people/account/password", data=typed).status_code == 401
    typed["old"] = "a long password"
    assert served.client.post("/people/account/password", data=typed).status_code == 302
