"""Deadlines: clocks in business time, what happened to them, and their recalculation."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, text

from engine.store.columns import Moment
from engine.store.tables.schema import key_column, metadata

deadline = Table(
    "deadline",
    metadata,
    key_column(),
    Column("clock", String(60), nullable=False),  # key of the clock in its document
    Column("root_instance_key", BigInteger, nullable=False),
    Column("state", String(20), nullable=False),  # ClockState
    Column("reason", String(60), nullable=False),  # why it is paused; empty otherwise
    Column("calendar", String(100), nullable=False),
    Column("duration", String(40), nullable=False),  # ISO 8601
    Column("started_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),  # of a paused one: if it went on when it was paused
    Column("next_at", Moment),  # when the next message is to be sent; NULL = none is
    Column("next_share", Integer),  # per cent of the time that are used then
    Column("revision", Integer, nullable=False),
    Index("uq_deadline_root_instance_key_clock", "root_instance_key", "clock", unique=True),
    Index(
        "ix_deadline_next_at",
        "next_at",
        "key",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
    Index("ix_deadline_open", "calendar", "state", "key"),
)

#: The log from which a clock's due time is computed.
deadline_event = Table(
    "deadline_event",
    metadata,
    Column("deadline_key", BigInteger, primary_key=True, autoincrement=False),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(20), nullable=False),  # ClockEventKind
    Column("actor", String(200), nullable=False),
    Column("element_id", String(400)),
    Column("reason", String(60), nullable=False),
    Column("calendar", String(100), nullable=False),
    Column("duration", String(40), nullable=False),
    Column("due_before", Moment),
    Column("due_at", Moment, nullable=False),
    Column("share", Integer),
)

#: Open clocks are computed again after their calendar changed; a job that goes on where it stopped.
deadline_recalculation = Table(
    "deadline_recalculation",
    metadata,
    key_column(),
    Column("calendar", String(100), nullable=False),
    Column("is_running", Boolean, nullable=False),
    Column("started_by", String(200), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("after_key", BigInteger, nullable=False),  # every clock up to this one is done
    Index("ix_deadline_recalculation_list", "calendar", "started_at"),
    Index(None, "is_running", "key"),
)
