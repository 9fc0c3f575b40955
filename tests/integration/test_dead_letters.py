"""Messages that nobody took (BI-5), on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine import (
    SYSTEM,
    Actor,
    AddUser,
    DeadLetterNotFound,
    DeadLetterReason,
    DeadLetterState,
    Deploy,
    DiscardDeadLetter,
    InputInvalid,
    NotificationsPage,
    NotInState,
    NotPermitted,
    PublishDeadLetter,
    Published,
    PublishMessage,
    PublishProposal,
    ResourceFile,
    UndeliveredMessages,
    User,
)
from engine.store import read_only
from engine.store.tables import buffered_message, dead_letter, history_entry
from engine.testing import Harness
from tests.diagrams import diagram

ADMIN, OWNER, WORKER = Actor("adi"), Actor("oki"), Actor("wati")
MONTH = timedelta(days=30)
CATALOGUE = ResourceFile(
    "messages.yaml",
    b"""kind: messages
messages:
  Delivered: {from: [shop], to: [order], key: order, ttl: P30D, payload: [parcel], states: [sent],
              otherwise: {message: Theft_suspected, label: {en: Suspect theft, id: Duga pencurian}, words: evidence,
                          carries: {article: item}}}
  Reminder: {from: [clock], to: [order], key: order, ttl: PT0S, payload: []}
  Theft_suspected: {from: [shop], to: [police], key: new, ttl: P30D, payload: [origin, evidence, article]}
""",
)
#: Opens a record, then waits under its number.
ORDER = diagram(
    "order",
    '<startEvent id="s"/><serviceTask id="open"><extensionElements>'
    '<zeebe:taskDefinition type="clause8:record.open"/><zeebe:ioMapping><zeebe:input source="ORD" target="type"/>'
    '<zeebe:input source="A chair" target="title"/><zeebe:input source="={item: &quot;chair&quot;}" target="fields"/>'
    '<zeebe:output source="=record" target="record"/></zeebe:ioMapping></extensionElements></serviceTask>'
    '<intermediateCatchEvent id="wait"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>'
    '<serviceTask id="close"><extensionElements><zeebe:taskDefinition type="clause8:record.update"/>'
    '<zeebe:ioMapping><zeebe:input source="=record.number" target="number"/>'
    '<zeebe:input source="=true" target="close"/></zeebe:ioMapping></extensionElements></serviceTask>'
    '<endEvent id="e"/>',
    "s -> open\nopen -> wait\nwait -> close\nclose -> e",
    '<bpmn:message id="m" name="Paid"><bpmn:extensionElements>'
    '<zeebe:subscription correlationKey="=record.number"/></bpmn:extensionElements></bpmn:message>',
)


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        made.engine.execute(Deploy(files=(CATALOGUE, ORDER), actor=SYSTEM))
        for name, group in (("adi", "administrator"), ("oki", "process_owner"), ("wati", "workers")):
            user = User(name, name.title(), "", "en", "", is_active=True, groups=(group,))
            made.engine.execute(AddUser(user=user, actor=SYSTEM))
        yield made


def rows(harness: Harness, table: Any) -> list[Any]:
    with read_only(harness.engine.database) as work:
        return list(work.execute(select(table)))


def publish(harness: Harness, name: str, key: str, lives: timedelta = MONTH, message_id: str = "") -> Published:
    message = PublishMessage(
        name=name,
        correlation_key=key,
        time_to_live=lives,
        message_id=message_id or None,
        variables={"parcel": 7},
        actor=SYSTEM,
    )
    return harness.engine.execute(message)


def an_order(harness: Harness) -> str:
    number = harness.start("order").business_id
    assert number is not None
    return number


def undelivered(harness: Harness, **wanted: Any) -> list[Any]:
    return [line.letter for line in harness.engine.ask(UndeliveredMessages(actor=ADMIN, **wanted)).lines]


def test_a_message_that_expires_untaken_becomes_a_dead_letter(harness: Harness) -> None:
    publish(harness, "Hello", "anybody")
    harness.advance(days=31)
    (letter,) = undelivered(harness)
    assert (letter.name, letter.correlation_key, letter.reason) == ("Hello", "anybody", DeadLetterReason.EXPIRED)
    assert letter.variables == {"parcel": 7}
    assert rows(harness, buffered_message) == []


def test_a_message_that_was_taken_expires_without_a_trace(harness: Harness) -> None:
    number = an_order(harness)
    publish(harness, "Paid", number)
    harness.advance(days=31)
    assert undelivered(harness) == []


def test_a_message_for_an_unknown_record_is_dead_at_once_and_starts_nothing(harness: Harness) -> None:
    published = publish(harness, "Paid", "ORD-2026-000404")
    assert published.dead_letter is DeadLetterReason.UNKNOWN_RECORD
    assert not published.is_buffered
    assert [letter.reason for letter in undelivered(harness)] == [DeadLetterReason.UNKNOWN_RECORD]


def test_a_message_for_an_ended_record_is_dead_at_once(harness: Harness) -> None:
    number = an_order(harness)
    publish(harness, "Paid", number)
    assert publish(harness, "Paid", number).dead_letter is DeadLetterReason.ENDED_RECORD


def test_a_message_that_makes_no_sense_in_the_state_of_its_record_is_dead_at_once(harness: Harness) -> None:
    assert publish(harness, "Delivered", an_order(harness)).dead_letter is DeadLetterReason.UNEXPECTED_STATE


def test_a_message_for_an_open_record_waits(harness: Harness) -> None:
    assert publish(harness, "Other", an_order(harness)).is_buffered


def test_a_warning_that_nobody_heard_is_no_dead_letter(harness: Harness) -> None:
    number = an_order(harness)
    publish(harness, "Paid", number)
    assert publish(harness, "Reminder", number, timedelta()).dead_letter is None


def test_the_same_message_again_is_a_duplicate_also_after_it_died(harness: Harness) -> None:
    publish(harness, "Paid", "ORD-2026-000404", message_id="once")
    assert publish(harness, "Paid", "ORD-2026-000404", message_id="once").is_duplicate
    assert len(undelivered(harness)) == 1


def test_the_process_owners_are_told_once_for_all_that_expires_together(harness: Harness) -> None:
    for number in range(3):
        publish(harness, "Hello", f"key {number}")
    harness.advance(days=31)
    (notice,) = harness.engine.ask(NotificationsPage(actor=OWNER)).lines
    assert "3" in notice.subject.en
    assert "key 2" in notice.body.id
    assert harness.engine.ask(NotificationsPage(actor=WORKER)).lines == ()


def test_a_dead_letter_is_published_again_under_the_right_number(harness: Harness) -> None:
    number = an_order(harness)
    publish(harness, "Paid", "ORD-2026-000404")
    (letter,) = undelivered(harness)
    command = PublishDeadLetter(key=letter.key, correlation_key=number, reason="Mistyped", actor=ADMIN)
    assert harness.engine.execute(command).correlated_instances
    (settled,) = undelivered(harness, is_open=False)
    assert (settled.state, settled.settled_by, settled.note) == (DeadLetterState.REPUBLISHED, "adi", "Mistyped")
    with pytest.raises(NotInState):
        harness.engine.execute(command)


def test_a_dead_letter_that_would_die_again_stays_as_it_is(harness: Harness) -> None:
    publish(harness, "Paid", "ORD-2026-000404")
    (letter,) = undelivered(harness)
    with pytest.raises(InputInvalid):
        harness.engine.execute(
            PublishDeadLetter(key=letter.key, correlation_key="ORD-2026-000405", reason="Guessed", actor=ADMIN)
        )
    assert [one.state for one in undelivered(harness)] == [DeadLetterState.OPEN]


def test_what_the_catalogue_proposes_carries_words_and_fields_of_the_record(harness: Harness) -> None:
    number = an_order(harness)
    publish(harness, "Delivered", number)
    (line,) = harness.engine.ask(UndeliveredMessages(actor=ADMIN)).lines
    assert line.proposal is not None
    assert line.proposal.label.id == "Duga pencurian"
    harness.engine.execute(PublishProposal(key=line.letter.key, words="Nobody sent it", actor=ADMIN))
    (sent,) = rows(harness, buffered_message)
    assert sent.name == "Theft_suspected"
    assert sent.variables["origin"] == number
    assert sent.variables["article"] == "chair"
    assert sent.variables["evidence"].startswith("Nobody sent it")


def test_giving_up_needs_a_reason_and_is_audited(harness: Harness) -> None:
    publish(harness, "Paid", "ORD-2026-000404")
    (letter,) = undelivered(harness)
    with pytest.raises(InputInvalid):
        harness.engine.execute(DiscardDeadLetter(key=letter.key, reason=" ", actor=ADMIN))
    harness.engine.execute(DiscardDeadLetter(key=letter.key, reason="A test of the shop", actor=ADMIN))
    actions = [row.action for row in rows(harness, history_entry) if row.stream == "system"]
    assert actions.count("message_undeliverable") == 1
    assert actions[-1] == "dead_letter_discarded"


def test_only_administrators_settle_and_process_owners_do_not_read_contents(harness: Harness) -> None:
    publish(harness, "Paid", "ORD-2026-000404")
    (letter,) = undelivered(harness)
    page = harness.engine.ask(UndeliveredMessages(actor=OWNER))
    assert (page.may_settle, page.shows_contents, page.open_count) == (False, False, 1)
    with pytest.raises(NotPermitted):
        harness.engine.ask(UndeliveredMessages(actor=WORKER))
    with pytest.raises(NotPermitted):
        harness.engine.execute(DiscardDeadLetter(key=letter.key, reason="x", actor=OWNER))
    with pytest.raises(DeadLetterNotFound):
        harness.engine.execute(DiscardDeadLetter(key=1, reason="x", actor=ADMIN))


def test_nothing_to_bury_costs_nothing(harness: Harness) -> None:
    harness.drain()
    assert rows(harness, dead_letter) == []
