"""What is asked of mails, webhooks and alerts by those who may not: for the table of `test_authorisation.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine import (
    Actor,
    AddAlertSource,
    AddWebhook,
    ChooseMailPace,
    DiscardDelivery,
    DiscardMail,
    IncomingPage,
    MailPace,
    MyMailChoice,
    OutgoingPage,
    ReceiveMail,
    ReleaseMail,
    RetryDeliveries,
    SwitchAlertSource,
    SwitchWebhook,
)

Asking = Callable[[Any, Actor], Any]

#: For administrators, programs, and who keeps the mails that came in.
FORBIDDEN: Mapping[str, Asking] = {
    "AddAlertSource": lambda w, a: AddAlertSource(name="probe", actor=a),
    "AddWebhook": lambda w, a: AddWebhook(name="chat", url="https://chat.example", actor=a),
    "DiscardDelivery": lambda w, a: DiscardDelivery(key=1, actor=a),
    "DiscardMail": lambda w, a: DiscardMail(key=1, reason="an advertisement", actor=a),
    "IncomingPage": lambda w, a: IncomingPage(actor=a),
    "OutgoingPage": lambda w, a: OutgoingPage(actor=a),
    "ReceiveMail": lambda w, a: ReceiveMail(raw=b"Subject: hello\r\n\r\nhello", actor=a),
    "ReleaseMail": lambda w, a: ReleaseMail(key=1, message="Mail_in", actor=a),
    "RetryDeliveries": lambda w, a: RetryDeliveries(actor=a),
    "SwitchAlertSource": lambda w, a: SwitchAlertSource(key=1, is_active=False, actor=a),
    "SwitchWebhook": lambda w, a: SwitchWebhook(key=1, is_active=False, actor=a),
}
#: What auditors may ask of them that a plain requester may not.
FOR_AUDITORS = frozenset({"OutgoingPage"})
#: For everybody with an active account: one's own mails.
OPEN: Mapping[str, Asking] = {
    "ChooseMailPace": lambda w, a: ChooseMailPace(pace=MailPace.DIGEST, actor=a),
    "MyMailChoice": lambda w, a: MyMailChoice(actor=a),
}
#: Shows credentials instead of an actor.
WITHOUT_ACTOR = frozenset({"ReportAlert"})
