"""Notifications leave by mail: a real SMTP server takes them, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from engine import (
    Actor,
    ChooseMailPace,
    DeliveryState,
    DiscardDelivery,
    MailPace,
    NotPermitted,
    OutgoingPage,
    ResourceFile,
    RetryDeliveries,
)
from engine.testing import Harness
from tests.integration.notices.telling import TEMPLATES, AddRecord, Tell, tell
from tests.post_office import PostOffice

ADMIN = Actor("adi")
Connect = Callable[[PostOffice], None]


@pytest.fixture(autouse=True)
def _content(harness: Harness, post_office: PostOffice, sends_by: Connect) -> None:
    harness.deploy(ResourceFile("templates.yaml", TEMPLATES))
    sends_by(post_office)


def _texts(office: PostOffice) -> dict[str, str]:
    return {str(mail["To"]): mail.get_content() for mail in office.mails}


def test_each_person_gets_a_mail_in_the_own_language_with_a_link(harness: Harness, post_office: PostOffice) -> None:
    tell(harness, "solved", "wati", "rudi", number="INC-2026-000007", title="printer")
    assert harness.engine.send_outgoing() == 2
    assert {str(mail["Subject"]) for mail in post_office.mails} == {
        "INC-2026-000007: Solved: printer",
        "INC-2026-000007: Selesai: printer",
    }
    texts = _texts(post_office)
    assert "INC-2026-000007 sudah selesai." in texts["Wati Rahayu <wati@desk.example>"]
    assert "https://c8.example/records/INC-2026-000007" in texts["Rudi Setiawan <rudi@users.example>"]


def test_a_mail_asks_other_programs_not_to_answer(harness: Harness, post_office: PostOffice) -> None:
    tell(harness, "solved", "wati", title="printer")
    harness.engine.send_outgoing()
    (mail,) = post_office.mails
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail["Message-ID"]).endswith("@desk.example>")


def test_nothing_is_sent_twice(harness: Harness, post_office: PostOffice) -> None:
    tell(harness, "solved", "wati", title="printer")
    harness.engine.send_outgoing()
    harness.clock.advance(timedelta(days=2))
    assert harness.engine.send_outgoing() == 0
    assert len(post_office.mails) == 1


def test_what_was_rolled_back_is_never_sent(harness: Harness, post_office: PostOffice) -> None:
    with pytest.raises(RuntimeError):
        harness.engine.execute(Tell(template="solved", to=["wati"], fails=True))
    assert harness.engine.send_outgoing() == 0
    assert post_office.mails == []


def test_who_has_no_address_reads_it_in_the_product_only(harness: Harness, post_office: PostOffice) -> None:
    tell(harness, "solved", "adi", title="printer")
    assert harness.engine.send_outgoing() == 0
    assert post_office.mails == []


def test_of_a_restricted_record_only_number_and_link_leave(harness: Harness, post_office: PostOffice) -> None:
    harness.engine.execute(AddRecord(number="ISI-2026-000001", is_restricted=True))
    tell(harness, "solved", "wati", "rudi", number="ISI-2026-000001", title="stolen laptop of the director")
    harness.engine.send_outgoing()
    assert len(post_office.mails) == 2
    for mail in post_office.mails:
        assert "laptop" not in mail.as_string()
        assert "ISI-2026-000001" in str(mail["Subject"])
        assert "https://c8.example/records/ISI-2026-000001" in mail.get_content()


def test_a_server_that_is_down_is_tried_again_later(harness: Harness, post_office: PostOffice) -> None:
    post_office.refusal = "451 try later"
    tell(harness, "solved", "wati", title="printer")
    assert harness.engine.send_outgoing() == 0
    first = harness.engine.ask(OutgoingPage(actor=ADMIN)).lines[0].delivery
    assert (first.attempts, first.last_error) == (1, "451 try later")

    post_office.refusal = ""
    assert harness.engine.send_outgoing() == 0  # not before its time
    harness.clock.advance(timedelta(minutes=1))
    assert harness.engine.send_outgoing() == 1
    assert post_office.identities() == [first.message_id]


def test_a_mail_that_is_refused_for_good_waits_for_a_person(harness: Harness, post_office: PostOffice) -> None:
    post_office.refusal = "550 no such mailbox"
    tell(harness, "solved", "wati", title="printer")
    harness.engine.send_outgoing()
    page = harness.engine.ask(OutgoingPage(actor=ADMIN, state=DeliveryState.FAILED))
    (line,) = page.lines
    assert (page.failed, line.to, line.delivery.last_error) == (1, "Wati Rahayu", "550 no such mailbox")

    post_office.refusal = ""
    harness.engine.execute(RetryDeliveries(keys=(line.delivery.key,), actor=ADMIN))
    assert harness.engine.send_outgoing() == 1
    assert post_office.identities() == [line.delivery.message_id]


def test_a_failed_mail_can_be_given_up(harness: Harness, post_office: PostOffice) -> None:
    post_office.refusal = "550 no such mailbox"
    tell(harness, "solved", "wati", title="printer")
    harness.engine.send_outgoing()
    (line,) = harness.engine.ask(OutgoingPage(actor=ADMIN, state=DeliveryState.FAILED)).lines
    harness.engine.execute(DiscardDelivery(key=line.delivery.key, actor=ADMIN))
    assert harness.engine.ask(OutgoingPage(actor=ADMIN, state=DeliveryState.FAILED)).lines == ()
    with pytest.raises(NotPermitted):
        harness.engine.execute(DiscardDelivery(key=line.delivery.key, actor=Actor("rudi")))


def test_trying_ends_after_two_days(harness: Harness, post_office: PostOffice) -> None:
    post_office.refusal = "451 try later"
    tell(harness, "solved", "wati", title="printer")
    for _ in range(9):
        harness.engine.send_outgoing()
        harness.clock.advance(timedelta(days=1))
    assert harness.engine.ask(OutgoingPage(actor=ADMIN)).failed == 1


def test_what_can_wait_comes_once_a_day_in_one_mail(harness: Harness, post_office: PostOffice) -> None:
    for count in range(3):
        tell(harness, "weekly", "rudi", count=count)
        assert harness.engine.send_outgoing() == 0
    harness.clock.advance(timedelta(days=1))
    assert harness.engine.send_outgoing() == 1
    (mail,) = post_office.mails
    assert mail["Subject"] == "Clause8: 3 notification(s)"
    assert all(f"There were {count}." in mail.get_content() for count in range(3))


def test_a_person_may_have_everything_in_the_digest_or_nothing(harness: Harness, post_office: PostOffice) -> None:
    harness.engine.execute(ChooseMailPace(pace=MailPace.DIGEST, actor=Actor("rudi")))
    harness.engine.execute(ChooseMailPace(pace=MailPace.NEVER, actor=Actor("wati")))
    tell(harness, "solved", "wati", "rudi", title="printer")
    assert harness.engine.send_outgoing() == 0
    harness.clock.advance(timedelta(days=1))
    assert harness.engine.send_outgoing() == 1
    assert post_office.recipients == ["rudi@users.example"]


def test_a_digest_that_failed_takes_nothing_new(harness: Harness, post_office: PostOffice) -> None:
    """It might have been taken by the server: the same Message-ID must stand for the same text."""
    tell(harness, "weekly", "rudi", count=1)
    harness.engine.send_outgoing()
    harness.clock.advance(timedelta(days=1))
    post_office.refusal = "451 try later"
    harness.engine.send_outgoing()
    post_office.refusal = ""
    tell(harness, "weekly", "rudi", count=2)
    harness.clock.advance(timedelta(days=1))
    harness.engine.send_outgoing()
    assert sorted("There were 2." in mail.get_content() for mail in post_office.mails) == [False, True]


def test_without_a_mail_server_nothing_waits(harness: Harness, post_office: PostOffice) -> None:
    harness.engine.settings = Harness(harness.engine.settings.database_url).engine.settings
    tell(harness, "solved", "wati", title="printer")
    assert harness.engine.send_outgoing() == 0
    assert harness.engine.ask(OutgoingPage(actor=ADMIN)).waiting == 0
