"""Messages that nobody took."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

#: A message that no process took and none will: kept until a person publishes it again or gives it up (BI-5).
dead_letter = Table(
    "dead_letter",
    metadata,
    key_column(),  # the message's own key
    Column("name", String(400), nullable=False),
    Column("correlation_key", String(400), nullable=False),
    Column("message_id", String(400)),
    Column("variables", Json, nullable=False),
    Column("reason", String(30), nullable=False),  # DeadLetterReason
    Column("published_at", Moment, nullable=False),
    Column("died_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),  # DeadLetterState
    Column("settled_at", Moment),
    Column("settled_by", String(200)),
    Column("note", Text),  # why a person gave it up, or what was corrected
    Index("ix_dead_letter_state", "state", "key"),
    Index("ix_dead_letter_message", "name", "correlation_key", "message_id"),
)
