"""Approval by link: who may, once, as long as nothing changed; and that looking changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from engine import (
    Actor,
    AnswerByLink,
    AnswerLinkPage,
    CompleteUserTask,
    FormRejected,
    LinkNotFound,
    LinkRefused,
    LinkState,
    LoginFailed,
    NotPermitted,
    PublishMessage,
)
from tests.integration.people_at_work.conftest import Office


def answer(office: Office, token: str, what: str = "approve", reason: str = "", person: str | None = None) -> str:
    who = Actor(person) if person else None
    return office.engine.execute(AnswerByLink(token=token, answer=what, reason=reason, person=who, address="10.0.0.9"))


def page(office: Office, token: str, person: str | None = None) -> Any:
    return office.engine.ask(AnswerLinkPage(token=token, person=Actor(person) if person else None))


def test_a_link_shows_facts_and_two_buttons_and_looking_changes_nothing(office: Office) -> None:
    office.ask_for_a_vote()
    token = office.link_of("anna")
    for _scanner in range(3):
        shown = page(office, token)
        assert shown.state is LinkState.OPEN
    assert [one.name for one in shown.answers] == ["approve", "reject"]
    assert shown.title == "A new server"
    assert "Quorum" in [fact.label.en for fact in shown.facts]
    assert office.task_of("anna")


def test_a_vote_by_link_counts_once_and_the_link_then_says_who_and_when(office: Office) -> None:
    office.ask_for_a_vote()
    token, task = office.link_of("anna"), office.task_of("anna")
    assert answer(office, token) == "anna"
    shown = page(office, token)
    assert (shown.state, shown.answered_by, shown.answered_at) == (LinkState.USED, "Anna", office.now)
    with pytest.raises(LinkRefused):
        answer(office, token, "reject", "I changed my mind about it")
    done = [one for one in office.audit("user_task_completed") if one["actor"] == "anna"]
    assert len(done) == 1
    assert office.audit("answered_by_link")[0]["task"] == task


def test_a_rejection_needs_its_reason_and_the_link_stays_good(office: Office) -> None:
    office.ask_for_a_vote()
    token = office.link_of("budi")
    with pytest.raises(FormRejected):
        answer(office, token, "reject", "no")
    assert page(office, token).state is LinkState.OPEN
    answer(office, token, "reject", "The window is too short for it")


def test_the_others_links_say_what_was_decided(office: Office) -> None:
    office.ask_for_a_vote()
    late = office.link_of("dodi")
    for name in ("anna", "budi", "citra"):
        answer(office, office.link_of(name))
    shown = page(office, late)
    assert shown.state is LinkState.DECIDED
    assert any("Approved" in (word.en for word in fact.words) for fact in shown.result)
    with pytest.raises(LinkRefused):
        answer(office, late)


def test_a_changed_record_voids_the_links(office: Office) -> None:
    number = office.ask_for_a_vote()
    old = office.link_of("anna")
    variables = {"diff": [], "dossier": {"title": "Two new servers"}}
    office.engine.execute(
        PublishMessage(name="Record_changed", correlation_key=number, actor=Actor("adi"), variables=variables)
    )
    assert page(office, old).state in (LinkState.CHANGED, LinkState.EXPIRED)
    with pytest.raises(LinkRefused):
        answer(office, old)
    assert page(office, office.link_of("anna")).state is LinkState.OPEN


def test_a_link_ends_with_its_ballot(office: Office) -> None:
    office.ask_for_a_vote()
    token = office.link_of("anna")
    office.harness.advance(days=10)
    assert page(office, token).state is LinkState.EXPIRED
    with pytest.raises(LinkRefused):
        answer(office, token)


@pytest.mark.parametrize("risk", ["high", "very_high"])
def test_high_risk_needs_the_voter_to_log_in_too(office: Office, risk: str) -> None:
    office.ask_for_a_vote(risk)
    token = office.link_of("anna")
    assert (page(office, token).state, page(office, token).facts) == (LinkState.LOGIN, ())
    with pytest.raises(LinkRefused):
        answer(office, token)
    assert page(office, token, "budi").state is LinkState.NOT_YOURS
    with pytest.raises(LinkRefused):
        answer(office, token, person="budi")
    assert answer(office, token, person="anna") == "anna"


def test_whom_a_rule_keeps_away_gets_nowhere_with_an_old_link_and_the_audit_says_which(office: Office) -> None:
    """Scenario 2: a voter turns out to have asked for the change too."""
    number = office.ask_for_a_vote()
    token = office.link_of("budi")
    office.add_duty(number, "request", "budi")
    with pytest.raises(NotPermitted, match="SoD-1"):
        page(office, token)
    with pytest.raises(NotPermitted, match="SoD-1"):
        answer(office, token)
    denied = office.audit("access_denied")[-1]
    assert (denied["actor"], denied["rule"], denied["address"]) == ("budi", "SoD-1", "10.0.0.9")
    assert office.task_of("budi")


def test_who_asked_is_no_voter_and_gets_no_link(office: Office) -> None:
    office.ask_for_a_vote()
    with pytest.raises(AssertionError):
        office.link_of("asker")


@pytest.mark.parametrize("token", ["", "1.x", "zz", "1" * 99, "1.", "0x1.a", "-1.a", "é.é"])
def test_no_token_is_no_link(office: Office, token: str) -> None:
    with pytest.raises(LinkNotFound):
        answer(office, token)


def test_a_token_with_another_number_is_no_link(office: Office) -> None:
    office.ask_for_a_vote()
    number, signature = office.link_of("anna").split(".")
    with pytest.raises(LinkNotFound):
        answer(office, f"{int(number, 16) + 1:x}.{signature}")
    with pytest.raises(LinkNotFound):
        answer(office, f"{number.upper()}x.{signature}")


def test_guessing_has_to_wait(office: Office) -> None:
    for _try in range(31):
        with pytest.raises(LinkNotFound):
            answer(office, "1.guess")
    with pytest.raises(LoginFailed) as refused:
        answer(office, "1.guess")
    assert refused.value.retry_after_seconds


def test_a_deputy_gets_a_link_that_ends_with_the_absence(office: Office) -> None:
    office.be_away("anna", "eka", hours=5)
    office.ask_for_a_vote()
    task = office.task_of("anna")
    token = office.link_of("eka", task)
    assert page(office, token).for_name == "Anna"
    office.harness.advance(hours=6)
    with pytest.raises(NotPermitted):
        answer(office, token)
    assert page(office, office.link_of("anna", task)).state is LinkState.OPEN


def test_a_deputys_vote_names_both_and_counts_once(office: Office) -> None:
    office.be_away("anna", "eka")
    office.ask_for_a_vote()
    task = office.task_of("anna")
    answer(office, office.link_of("eka", task))
    done = [one for one in office.audit("user_task_completed") if one["actor"] == "eka"]
    assert [one["for"] for one in done] == ["anna"]
    assert page(office, office.link_of("anna", task)).state is LinkState.USED


def test_a_deputy_who_votes_himself_does_not_vote_twice(office: Office) -> None:
    office.be_away("anna", "budi")
    office.ask_for_a_vote()
    with pytest.raises(NotPermitted):
        answer(office, office.link_of("budi", office.task_of("anna")))
    answer(office, office.link_of("budi", office.task_of("budi")))


def test_a_deputy_votes_for_one_only(office: Office) -> None:
    office.be_away("anna", "eka")
    office.be_away("budi", "eka")
    office.ask_for_a_vote()
    answer(office, office.link_of("eka", office.task_of("anna")))
    with pytest.raises(NotPermitted):
        answer(office, office.link_of("eka", office.task_of("budi")))


def test_a_vote_in_the_product_uses_the_link_up(office: Office) -> None:
    office.ask_for_a_vote()
    token = office.link_of("anna")
    ballot = {"ballot": {"decision": "approve", "conflict": True}}
    office.engine.execute(CompleteUserTask(user_task_key=office.task_of("anna"), actor=Actor("anna"), submitted=ballot))
    assert page(office, token).state is LinkState.USED
