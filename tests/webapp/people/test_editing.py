"""A record's form is edited: who may, what changes, what the history tells."""

from __future__ import annotations

import re

from engine import Actor, EditForm, RecordPage
from tests.webapp.people.conftest import JOURNEY, Site, words

TARI = Actor("tari")
FORM = {"purpose": "Visit the office in Medan", "class": "economy", "legs[0].from": "Jakarta", "legs[0].to": "Medan"}


def address(number: str) -> str:
    return f"/records/{number}/edit/Start_travel"


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found[1]


def test_the_record_offers_editing_to_whom_the_diagram_names(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("tari")
    assert "Edit: Journey asked for" in words(site.get(f"/records/{number}"))
    site.log_in("putu")
    assert "Edit: Journey asked for" not in words(site.get(f"/records/{number}"))
    site.get(address(number), status=403)
    site.log_in("odi")
    site.get(address(number), status=404)


def test_what_changes_is_shown_before_it_is_done(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("tari")
    answer = site.post(address(number), FORM)
    assert answer.status_code == 200
    assert "Visit the office in Makassar → Visit the office in Medan" in words(answer.text)
    page = site.engine.ask(RecordPage(actor=TARI, number=number))
    assert page.record.fields["purpose"] == JOURNEY["purpose"]


def test_a_confirmed_edit_changes_record_and_process_and_tells_so(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("tari")
    token = seen(site.get(address(number)))
    edit = FORM | {"seen": token, "confirm": "1", "reason": "The office moved"}
    assert site.post(address(number), edit).status_code == 302
    page = site.engine.ask(RecordPage(actor=TARI, number=number))
    assert page.record.fields["purpose"] == FORM["purpose"]
    told = words(site.get(f"/records/{number}"))
    assert "Answers edited" in told
    assert "The office moved" in told
    assert "Visit the office in Makassar → Visit the office in Medan" in told
    again = site.engine.ask(EditForm(actor=TARI, number=number, element_id="Start_travel"))
    assert again.seen != token


def test_an_edit_of_answers_that_changed_meanwhile_is_a_conflict(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("tari")
    token = seen(site.get(address(number)))
    site.post(address(number), FORM | {"seen": token, "confirm": "1", "reason": "First"})
    late = site.post(address(number), FORM | {"purpose": "Another", "seen": token, "confirm": "1", "reason": "Second"})
    assert late.status_code == 409
    assert "Another" in late.text


def test_an_edit_needs_a_reason_and_a_change(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("tari")
    token = seen(site.get(address(number)))
    without = site.post(address(number), FORM | {"seen": token, "confirm": "1", "reason": " "})
    assert without.status_code == 422
    assert "Say why" in without.text
    same = FORM | {"purpose": JOURNEY["purpose"], "legs[0].to": "Makassar"}
    assert "Nothing was changed" in site.post(address(number), same).text


def test_wrong_answers_are_shown_beside_their_fields(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("tari")
    answer = site.post(address(number), FORM | {"purpose": ""})
    assert answer.status_code == 422
    assert "field-error" in answer.text


def test_a_closed_record_is_not_edited(site: Site) -> None:
    number = site.ask_for_a_journey()
    site.log_in("tari")
    site.post(f"/records/{number}/messages/Journey_withdrawn", {"text": "No"})
    site.get(address(number), status=403)
