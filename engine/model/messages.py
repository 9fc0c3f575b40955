"""Messages, and who waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from engine.model.keys import ElementInstanceKey, MessageKey, ProcessDefinitionKey, ProcessInstanceKey, SubscriptionKey
from engine.model.text import Variables


@dataclass(frozen=True, slots=True)
class MessageSubscription:
    """An element instance that waits for a message, or a message start event of a definition."""

    key: SubscriptionKey
    message_name: str
    correlation_key: str
    process_instance_key: ProcessInstanceKey | None
    process_definition_key: ProcessDefinitionKey
    element_instance_key: ElementInstanceKey | None
    element_id: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class BufferedMessage:
    """A published message that may still be correlated until it expires."""

    key: MessageKey
    name: str
    correlation_key: str
    message_id: str | None
    variables: Variables
    published_at: datetime
    expires_at: datetime


class DeadLetterReason(Enum):
    """Why nobody took a message, and nobody will."""

    EXPIRED = "expired"  #: its time to live passed before anything waited for it
    UNKNOWN_RECORD = "unknown_record"  #: its correlation key looks like a record's number, but there is no such record
    ENDED_RECORD = "ended_record"  #: the record is closed
    UNEXPECTED_STATE = "unexpected_state"  #: the catalogue of messages expects it in other states of the record


class DeadLetterState(Enum):
    """What became of a message that nobody took."""

    OPEN = "open"  #: a person must look at it
    REPUBLISHED = "republished"  #: published again, perhaps with another correlation key; final
    PROPOSED = "proposed"  #: another message was published because of it; final
    DISCARDED = "discarded"  #: given up with a reason; final


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that nobody took."""

    key: MessageKey
    name: str
    correlation_key: str
    message_id: str | None
    variables: Variables
    reason: DeadLetterReason
    published_at: datetime
    died_at: datetime
    state: DeadLetterState = DeadLetterState.OPEN
    settled_at: datetime | None = None
    settled_by: str | None = None
    note: str | None = None
