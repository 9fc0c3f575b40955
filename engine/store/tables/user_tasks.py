"""Work that waits for a person."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

user_task = Table(
    "user_task",
    metadata,
    key_column(),  # = element instance key
    Column("instance_key", BigInteger, nullable=False),
    Column("process_definition_key", BigInteger, nullable=False),
    Column("process_id", String(400), nullable=False),
    Column("element_id", String(400), nullable=False),
    Column("name_en", String(400), nullable=False),
    Column("name_id", String(400), nullable=False),
    Column("state", String(20), nullable=False),  # UserTaskState
    Column("assignee", String(200)),
    Column("candidate_groups", Json, nullable=False),
    Column("candidate_users", Json, nullable=False),
    Column("due_at", Moment),
    Column("follow_up_at", Moment),
    Column("priority", Integer, nullable=False),
    Column("form_key", BigInteger),
    Column("properties", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("completed_at", Moment),
    Column("completed_by", String(200)),
    Column("on_behalf_of", String(200)),  # for whom a deputy has it, or completed it
    Column("revision", Integer, nullable=False),
    Index(None, "instance_key"),
    Index("ix_user_task_done", "completed_by", "completed_at"),
)

#: Open tasks only; one row per person (`u:name`) or group (`g:group`) that may see it in the inbox.
#: Goes with the live element.
task_inbox = Table(
    "task_inbox",
    metadata,
    Column("actor", String(220), primary_key=True),
    Column("due_at", Moment, primary_key=True),  # NEVER where the task has none
    Column(
        "task_key",
        BigInteger,
        ForeignKey("live_element.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Index(None, "task_key"),
)

task_draft = Table(
    "task_draft",
    metadata,
    Column(
        "task_key",
        BigInteger,
        ForeignKey("live_element.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("user_name", String(200), primary_key=True),
    Column("submitted", Json, nullable=False),
    Column("saved_at", Moment, nullable=False),
)
