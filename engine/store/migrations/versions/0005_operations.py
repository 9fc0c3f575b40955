"""Batch operations, and the mark that retention leaves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NOT_YET = sa.text("ended_at IS NOT NULL AND bodies_removed_at IS NULL")


def upgrade() -> None:
    """Create the tables, add the column."""
    op.create_table(
        "batch",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("selection", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_state"), "batch", ["state"])
    op.create_table(
        "batch_item",
        sa.Column("batch_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("problem_en", sa.Text(), nullable=True),
        sa.Column("problem_id", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["batch_key"], ["batch.key"], name=op.f("fk_batch_item_batch_key")),
        sa.PrimaryKeyConstraint("batch_key", "instance_key", name=op.f("pk_batch_item")),
    )
    op.create_index(
        op.f("ix_batch_item_batch_key_state_instance_key"), "batch_item", ["batch_key", "state", "instance_key"]
    )
    op.add_column("process_instance", sa.Column("bodies_removed_at", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_process_instance_retention",
        "process_instance",
        ["process_id", "ended_at"],
        sqlite_where=_NOT_YET,
        postgresql_where=_NOT_YET,
    )
