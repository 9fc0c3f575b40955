"""Messages, and who waits for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
