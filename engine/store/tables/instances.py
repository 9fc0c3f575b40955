"""Process instances and what is alive in them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, text

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

process_instance = Table(
    "process_instance",
    metadata,
    key_column(),
    Column("process_definition_key", BigInteger, ForeignKey("process_definition.key"), nullable=False),
    Column("process_id", String(400), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False),  # ProcessInstanceState
    Column("business_id", String(200)),
    Column("record_key", BigInteger),
    Column("parent_instance_key", BigInteger),
    Column("parent_element_instance_key", BigInteger),
    Column("root_instance_key", BigInteger, nullable=False),
    Column("started_by", String(200), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("end_element_ids", Json, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("history_sequence", Integer, nullable=False),  # of stream i:<key>
    Column("history_head", String(64), nullable=False),  # digest of the newest entry of that stream
    Column("bodies_removed_at", Moment),  # retention took variables and details of the history
    Index("ix_process_instance_list", "process_definition_key", "state", "started_at", "key"),
    Index("ix_process_instance_by_process", "process_id", "state", "started_at", "key"),
    Index("ix_process_instance_by_state", "state", "started_at", "key"),
    Index(None, "record_key"),
    Index(None, "business_id"),
    Index(None, "parent_instance_key"),
    Index(None, "root_instance_key"),
    Index(
        "ix_process_instance_retention",
        "process_id",
        "ended_at",
        sqlite_where=text("ended_at IS NOT NULL AND bodies_removed_at IS NULL"),
        postgresql_where=text("ended_at IS NOT NULL AND bodies_removed_at IS NULL"),
    ),
)

#: What a restart needs, apart from the row that lists read; gone when the instance ends.
instance_state = Table(
    "instance_state",
    metadata,
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("state", LargeBinary, nullable=False),  # zlib level 1 of the execution's JSON
)

#: How many instances and faults there are, so that no page counts a table. `day` is a date in UTC
#: (`2030-01-31`) or empty for the total of all time. `slot` (instance key modulo 8) keeps commands
#: that start or end instances of one process from waiting for one row.
instance_count = Table(
    "instance_count",
    metadata,
    Column("process_definition_key", BigInteger, primary_key=True, autoincrement=False),
    Column("day", String(10), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("process_id", String(400), nullable=False),
    Column("running", Integer, nullable=False),  # active and suspended; only the total's is meaningful
    Column("started", Integer, nullable=False),
    Column("completed", Integer, nullable=False),
    Column("canceled", Integer, nullable=False),
    Column("faults", Integer, nullable=False),  # opened, not: open
    Index(None, "day", "process_id"),
)

variable = Table(
    "variable",
    metadata,
    Column("scope_key", BigInteger, primary_key=True, autoincrement=False),
    Column("name", String(400), primary_key=True),
    Column("instance_key", BigInteger, nullable=False),
    Column("value", Json, nullable=False),
    Index(None, "instance_key"),
)

live_element = Table(
    "live_element",
    metadata,
    key_column(),
    Column("instance_key", BigInteger, nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("element_id", String(400), nullable=False),
    Column("element_type", String(60), nullable=False),
    Column("scope_key", BigInteger, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Index("ix_live_element_count", "process_definition_key", "element_id"),
    Index(None, "instance_key"),
)
