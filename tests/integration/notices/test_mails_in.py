"""Mails come in: they begin records, answer them, or wait for a person with a reason (BI-6 to BI-10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from engine import (
    SYSTEM,
    Actor,
    AddUser,
    DiscardMail,
    IncomingPage,
    MailIn,
    MailInState,
    NotFound,
    NotificationsPage,
    NotPermitted,
    ParkReason,
    ReceiveMail,
    RecordPage,
    ReleaseMail,
    ResourceFile,
    User,
)
from engine.testing import Harness
from tests.diagrams import diagram, user_task
from tests.integration.notices.telling import TEMPLATES, tell
from tests.post_office import PostOffice

ADMIN, RUDI, WATI = Actor("adi"), Actor("rudi"), Actor("wati")
ROUTES = b"""kind: mail_in
routes: [{to: "*", message: Mail_in, label: {en: Case, id: Kasus}}]
reply: User_replied
supplier_reply: Supplier_replied
suppliers: [maker.example]
keepers: [desk]
"""
#: A mail begins a case, which then waits for an answer, and for a second one.
CASE = diagram(
    "case",
    '<startEvent id="s"><extensionElements><zeebe:ioMapping><zeebe:output source="=subject" target="subject"/>'
    '<zeebe:output source="=body" target="body"/><zeebe:output source="=requester" target="requester"/>'
    '<zeebe:output source="=files" target="files"/></zeebe:ioMapping></extensionElements>'
    '<messageEventDefinition messageRef="in"/></startEvent><serviceTask id="open"><extensionElements>'
    '<zeebe:taskDefinition type="clause8:record.open"/><zeebe:ioMapping><zeebe:input source="CAS" target="type"/>'
    '<zeebe:input source="=subject" target="title"/><zeebe:input source="=requester" target="requester"/>'
    '<zeebe:input source="={body: body, files: files}" target="fields"/>'
    '<zeebe:output source="=record" target="record"/>'
    "</zeebe:ioMapping></extensionElements></serviceTask>"
    '<intermediateCatchEvent id="wait"><extensionElements><zeebe:ioMapping><zeebe:output source="=reply" '
    'target="reply"/></zeebe:ioMapping></extensionElements><messageEventDefinition messageRef="replied"/>'
    "</intermediateCatchEvent>" + user_task("look"),
    "s -> open\nopen -> wait\nwait -> look",
    '<bpmn:message id="in" name="Mail_in"/><bpmn:message id="replied" name="User_replied"><bpmn:extensionElements>'
    '<zeebe:subscription correlationKey="=record.number"/></bpmn:extensionElements></bpmn:message>',
)


@pytest.fixture(autouse=True)
def _content(harness: Harness) -> None:
    files = {"templates.yaml": TEMPLATES, "mail_in.yaml": ROUTES}
    harness.deploy(CASE, *(ResourceFile(name, content) for name, content in files.items()))


def a_mail(subject: str = "Printer", body: str = "It is broken.", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    given = {"From": "Rudi <Rudi@users.example>", "To": "help@desk.example", "Message_ID": "<1@users.example>"}
    for name, value in (given | {"Subject": subject} | headers).items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    return mail


def received(harness: Harness, mail: EmailMessage, **options: Any) -> MailIn:
    return harness.engine.execute(ReceiveMail(raw=mail.as_bytes(), **options))


def test_a_mail_begins_a_record_of_its_sender(harness: Harness) -> None:
    outcome = received(harness, a_mail())
    assert (outcome.state, outcome.user) == (MailInState.STARTED, "rudi")
    assert (outcome.record_number or "").startswith("CAS-")


def test_the_same_mail_again_begins_nothing(harness: Harness) -> None:
    first = received(harness, a_mail())
    assert received(harness, a_mail()) == first


def test_a_file_becomes_a_file_of_the_record_and_a_forbidden_one_is_noted(harness: Harness) -> None:
    mail = a_mail()
    mail.add_attachment(b"it smokes", maintype="text", subtype="plain", filename="note.txt")
    mail.add_attachment(b"MZ\x90\x00" + b"\x00" * 200, maintype="application", subtype="pdf", filename="bill.pdf")
    number = received(harness, mail).record_number or ""
    page = harness.engine.ask(RecordPage(number=number, actor=RUDI))
    assert [file.name for file in page.files] == ["note.txt"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "All"},
        {"List_Id": "<news.example>"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@users.example"},
    ],
)
def test_what_a_program_wrote_is_parked(harness: Harness, headers: dict[str, str]) -> None:
    outcome = received(harness, a_mail(**headers))
    assert (outcome.state, outcome.reason) == (MailInState.PARKED, ParkReason.AUTOMATIC)


def test_a_mail_from_our_own_address_is_parked(harness: Harness) -> None:
    mail = a_mail(From="Clause8 <clause8@desk.example>")
    outcome = received(harness, mail, own_address="Clause8 <clause8@desk.example>")
    assert outcome.reason is ParkReason.OWN_ADDRESS


def test_a_mail_of_an_unknown_sender_waits_for_the_desk_which_releases_it(harness: Harness) -> None:
    outcome = received(harness, a_mail(From="nobody@else.example"))
    assert outcome.reason is ParkReason.UNKNOWN_SENDER
    page = harness.engine.ask(IncomingPage(actor=WATI))
    assert [line.subject for line in page.lines] == ["Printer"]
    number = harness.engine.execute(ReleaseMail(key=outcome.key, message="Mail_in", actor=WATI))
    assert number.startswith("CAS-")
    with pytest.raises(NotFound):
        harness.engine.execute(ReleaseMail(key=outcome.key, message="Mail_in", actor=WATI))


def test_only_the_desk_and_administrators_decide_about_parked_mails(harness: Harness) -> None:
    outcome = received(harness, a_mail(From="nobody@else.example"))
    with pytest.raises(NotPermitted):
        harness.engine.execute(DiscardMail(key=outcome.key, reason="spam", actor=RUDI))
    harness.engine.execute(DiscardMail(key=outcome.key, reason="spam", actor=ADMIN))
    assert harness.engine.ask(IncomingPage(actor=ADMIN)).parked == 0


def test_of_a_flood_ten_are_taken_and_one_notice_is_given(harness: Harness) -> None:
    harness.engine.execute(_owner())
    outcomes = [received(harness, a_mail(Message_ID=f"<{number}@users.example>")) for number in range(14)]
    assert [one.reason for one in outcomes] == [None] * 10 + [ParkReason.FLOOD] * 4
    notices = harness.engine.ask(NotificationsPage(actor=Actor("oki"))).lines
    assert [line.subject.en for line in notices] == ["Many mails of rudi@users.example"]
    harness.clock.advance(timedelta(minutes=11))
    assert received(harness, a_mail(Message_ID="<later@users.example>")).state is MailInState.STARTED


def test_an_answer_by_number_is_a_comment_and_moves_the_process(harness: Harness) -> None:
    number = received(harness, a_mail()).record_number or ""
    body = "Yes, still.\n\nOn Monday, 1 June 2026, Desk wrote:\n> Is it on?"
    answer = received(harness, a_mail(f"RE: [{number}] Printer", body, Message_ID="<2@users.example>"))
    assert (answer.state, answer.record_number) == (MailInState.ADDED, number)
    page = harness.engine.ask(RecordPage(number=number, actor=RUDI))
    assert [comment.body for comment in page.comments] == ["Yes, still."]
    assert harness.open_tasks() == ["look"]


def test_an_answer_to_a_mail_of_ours_needs_no_number(
    harness: Harness, post_office: PostOffice, sends_by: Callable[[PostOffice], None]
) -> None:
    sends_by(post_office)
    number = received(harness, a_mail()).record_number or ""
    tell(harness, "solved", "rudi", number=number, title="printer")
    harness.engine.send_outgoing()
    (ours,) = post_office.identities()
    answer = received(harness, a_mail("Thank you", In_Reply_To=ours, Message_ID="<3@users.example>"))
    assert (answer.state, answer.record_number) == (MailInState.ADDED, number)


def test_a_supplier_without_account_may_answer_a_record(harness: Harness) -> None:
    number = received(harness, a_mail()).record_number or ""
    mail = a_mail(number, "Sent a part.", From="service@maker.example", Message_ID="<4@maker.example>")
    assert received(harness, mail).state is MailInState.ADDED
    stranger = a_mail(number, "Sent a part.", From="x@else.example", Message_ID="<5@else.example>")
    assert received(harness, stranger).reason is ParkReason.UNKNOWN_SENDER


def test_who_may_not_write_on_a_record_is_parked(harness: Harness) -> None:
    number = received(harness, a_mail()).record_number or ""
    mail = a_mail(number, From="wati@desk.example", Message_ID="<6@desk.example>")
    assert received(harness, mail).reason in (ParkReason.NOT_PERMITTED, None)


def test_people_cannot_bring_mails_in_the_name_of_others(harness: Harness) -> None:
    with pytest.raises(NotPermitted):
        received(harness, a_mail(), actor=RUDI)


@pytest.mark.parametrize(
    "raw", [b"", b"\x00\xff\xfe", b"From: a@b\nSubject: =?x-none?b?!!!?=\n\n\xff", b"From: " + b"<" * 5000 + b"\n\nx"]
)
def test_nonsense_is_parked_and_harms_nobody(harness: Harness, raw: bytes) -> None:
    assert harness.engine.execute(ReceiveMail(raw=raw)).state is MailInState.PARKED


def _owner() -> Any:
    person = User("oki", "Oki", "", "id", "", is_active=True, groups=("process_owner",))
    return AddUser(user=person, actor=SYSTEM)
