"""What leaves the product: mails to people, calls of webhooks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from engine.model.text import Label


class DeliveryChannel(Enum):
    """By which way something leaves."""

    MAIL = "mail"
    WEBHOOK = "webhook"


class DeliveryState(Enum):
    """How far a delivery is."""

    WAITING = "waiting"  #: will be sent when it is due, or tried again
    SENT = "sent"  #: the receiving server took it; final
    FAILED = "failed"  #: tried too often, or refused for good; a person tries again or discards it
    DISCARDED = "discarded"  #: a person gave it up; final


class MailPace(Enum):
    """How a person wants to hear of notifications by mail."""

    AT_ONCE = "at_once"  #: what can wait comes in the digest
    DIGEST = "digest"  #: everything once a day
    NEVER = "never"  #: only in the product


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail, or one call of a webhook."""

    key: int
    channel: DeliveryChannel
    user: str | None  #: of a mail
    webhook_key: int | None  #: of a call
    event: str  #: template of the notifications; "digest"
    is_digest: bool
    message_id: str | None  #: the same at each repeat
    state: DeliveryState
    due_at: datetime
    attempts: int
    last_error: str | None
    created_at: datetime
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address outside that is told of notifications."""

    key: int
    name: str
    url: str
    secret: str  #: signs each call
    events: tuple[str, ...]  #: template keys; empty: all
    is_active: bool
    created_by: str
    created_at: datetime

    def wants(self, event: str) -> bool:
        """Return whether it is told of notifications of that template."""
        return self.is_active and (not self.events or event in self.events)


@dataclass(frozen=True, slots=True)
class Told:
    """A notification as it may leave: of a restricted record only the number, never a text."""

    key: int
    subject: Label
    body: Label
    number: str | None
    is_restricted: bool
    created_at: datetime
    answer_token: str | None = None  #: opens the page that answers the user task
