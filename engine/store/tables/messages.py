"""Messages and signals, and who waits for them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, text

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

message_subscription = Table(
    "message_subscription",
    metadata,
    key_column(),
    Column("message_name", String(400), nullable=False),
    Column("correlation_key", String(400), nullable=False),
    Column("instance_key", BigInteger),  # NULL: message start event
    Column("process_id", String(400), nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger),
    Column("element_id", String(400), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Index("ix_message_subscription_match", "message_name", "correlation_key", "key"),
    Index(None, "instance_key"),
)

buffered_message = Table(
    "buffered_message",
    metadata,
    key_column(),
    Column("name", String(400), nullable=False),
    Column("correlation_key", String(400), nullable=False),
    Column("message_id", String(400)),
    Column("variables", Json, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_buffered_message_match", "name", "correlation_key", "key"),
    Index(None, "expires_at"),
    Index(
        "uq_buffered_message_id",
        "name",
        "correlation_key",
        "message_id",
        unique=True,
        sqlite_where=text("message_id IS NOT NULL"),
        postgresql_where=text("message_id IS NOT NULL"),
    ),
)

#: A message is correlated at most once per process. Source: Camunda 8, message correlation.
message_correlation = Table(
    "message_correlation",
    metadata,
    Column("message_key", BigInteger, primary_key=True, autoincrement=False),
    Column("process_id", String(400), primary_key=True),
)

#: One running instance per process and correlation key of its message start event.
message_start = Table(
    "message_start",
    metadata,
    Column("process_id", String(400), primary_key=True),
    Column("correlation_key", String(400), primary_key=True),
    Column("instance_key", BigInteger, nullable=False),
    Index(None, "instance_key"),
)

signal_subscription = Table(
    "signal_subscription",
    metadata,
    key_column(),
    Column("signal_name", String(400), nullable=False),
    Column("instance_key", BigInteger),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger),
    Column("element_id", String(400), nullable=False),
    Index("ix_signal_subscription_match", "signal_name", "key"),
    Index(None, "instance_key"),
)
