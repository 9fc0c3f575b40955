"""Timers, jobs and faults."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

timer = Table(
    "timer",
    metadata,
    key_column(),
    Column("instance_key", BigInteger),  # NULL: timer start event
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger),
    Column("element_id", String(400), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("repetitions_left", Integer),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", Text),
    Index("ix_timer_due", "due_at", "key"),
    Index(None, "instance_key"),
)

job = Table(
    "job",
    metadata,
    key_column(),
    Column("kind", String(20), nullable=False),
    Column("type", String(200), nullable=False),
    Column("instance_key", BigInteger, nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger, nullable=False),
    Column("element_id", String(400), nullable=False),
    Column("headers", Json, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("due_at", Moment, nullable=False),  # back-off: not before
    Column("worker", String(200)),
    Column("deadline_at", Moment),
    Column("last_error", Text),
    Index("ix_job_due", "state", "type", "due_at", "key"),
    Index(None, "instance_key"),
)

fault = Table(
    "fault",
    metadata,
    key_column(),
    Column("instance_key", BigInteger, nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_instance_key", BigInteger),
    Column("element_id", String(400), nullable=False),
    Column("job_key", BigInteger),
    Column("kind", String(40), nullable=False),
    Column("reason_en", Text, nullable=False),
    Column("reason_id", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Index("ix_fault_open", "state", "process_definition_key", "element_id"),
    Index(None, "instance_key"),
)
