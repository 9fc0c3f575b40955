"""Plays of scenarios against drafts, and content on disk that people declined."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "scenario_play",
        sa.Column("draft_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("is_stopping", sa.Boolean(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_key"],
            ["definition_draft.key"],
            name=op.f("fk_scenario_play_draft_key_definition_draft"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_key", name=op.f("pk_scenario_play")),
    )
    op.create_table(
        "declined_content",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("declined_by", sa.String(length=200), nullable=False),
        sa.Column("declined_at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_declined_content")),
    )
