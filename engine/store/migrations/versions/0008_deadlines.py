"""Clocks in business time, what happened to them, and their recalculation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "deadline",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("clock", sa.String(length=60), nullable=False),
        sa.Column("root_instance_key", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("calendar", sa.String(length=100), nullable=False),
        sa.Column("duration", sa.String(length=40), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("next_share", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deadline")),
    )
    op.create_index("uq_deadline_root_instance_key_clock", "deadline", ["root_instance_key", "clock"], unique=True)
    op.create_index(
        "ix_deadline_next_at",
        "deadline",
        ["next_at", "key"],
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )
    op.create_index("ix_deadline_open", "deadline", ["calendar", "state", "key"])
    op.create_table(
        "deadline_event",
        sa.Column("deadline_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("element_id", sa.String(length=400), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("calendar", sa.String(length=100), nullable=False),
        sa.Column("duration", sa.String(length=40), nullable=False),
        sa.Column("due_before", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("deadline_key", "sequence", name=op.f("pk_deadline_event")),
    )
    op.create_table(
        "deadline_recalculation",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("calendar", sa.String(length=100), nullable=False),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("after_key", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deadline_recalculation")),
    )
    op.create_index("ix_deadline_recalculation_list", "deadline_recalculation", ["calendar", "started_at"])
    op.create_index(op.f("ix_deadline_recalculation_is_running_key"), "deadline_recalculation", ["is_running", "key"])
