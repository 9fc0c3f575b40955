"""The audit chain."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from engine.store.columns import Json, Moment
from engine.store.tables.schema import Stream, metadata

history_entry = Table(
    "history_entry",
    metadata,
    Column("stream", Stream, primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("on_behalf_of", String(200)),
    Column("action", String(60), nullable=False),
    Column("element_id", String(400)),
    Column("element_instance_key", BigInteger),
    Column("process_definition_key", BigInteger),
    Column("details", Json, nullable=False),
    Column("digest", String(64), nullable=False),
    Index("ix_history_entry_element", "process_definition_key", "element_id", "action", "at"),
    Index(None, "at"),
)

#: Heads of the streams that are not a process instance's (those keep theirs in their own row).
stream_head = Table(
    "stream_head",
    metadata,
    Column("stream", Stream, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("head", String(64), nullable=False),
)

#: One row a day: the digest over all stream heads, so that a vanished stream is noticed.
daily_root = Table(
    "daily_root",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("root", String(64), nullable=False),
    Column("streams", Integer, nullable=False),
    Column("computed_at", Moment, nullable=False),
)
