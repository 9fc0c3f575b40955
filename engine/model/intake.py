"""What comes in from outside: mails, alerts of monitoring, and the programs that bring them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class MailInState(Enum):
    """What became of a mail that came in."""

    STARTED = "started"  #: it began a record
    ADDED = "added"  #: it was added to a record
    PARKED = "parked"  #: a person decides
    DISCARDED = "discarded"  #: a person decided that nobody needs it


class ParkReason(Enum):
    """Why a mail waits for a person."""

    AUTOMATIC = "automatic"  #: auto-reply, bounce or mailing list (BI-7)
    OWN_ADDRESS = "own_address"  #: from the address that we send from (BI-7)
    UNKNOWN_SENDER = "unknown_sender"  #: nobody's address (BI-8)
    FLOOD = "flood"  #: too many of one sender (BI-9)
    TOO_BIG = "too_big"  #: over the limit (BI-9)
    NOT_PERMITTED = "not_permitted"  #: the sender may not write on that record
    NO_RECEIVER = "no_receiver"  #: no procedure takes it


@dataclass(frozen=True, slots=True)
class MailIn:
    """A mail that came in."""

    key: int
    message_id: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    body: str  #: plain text without the quoted part
    user: str | None  #: whose address the sender is
    state: MailInState
    reason: ParkReason | None
    record_number: str | None
    received_at: datetime
    settled_at: datetime | None = None
    settled_by: str | None = None
    note: str | None = None


class AlertState(Enum):
    """What became of an alert."""

    OPEN = "open"  #: its record is told of repeats
    CLEARED = "cleared"  #: the source says that it is over
    PARKED = "parked"  #: the thing it names is unknown; a person decides
    DISCARDED = "discarded"  #: a person decided that nobody needs it


@dataclass(frozen=True, slots=True)
class AlertSource:
    """A program that may report alerts and bring mails."""

    key: int
    name: str
    secret: str | None  #: it signs each call with this; None: its token is enough
    is_active: bool
    created_by: str
    created_at: datetime
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Alert:
    """What a source reported under one key, however often."""

    key: int
    source_key: int
    dedupe_key: str
    ci: str
    severity: str
    text: str
    state: AlertState
    record_number: str | None
    times: int
    received_at: datetime
    last_at: datetime
