"""Drafts of diagrams, decisions and forms."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "definition_draft",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("resource_id", sa.String(length=400), nullable=False),
        sa.Column("base_key", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_definition_draft")),
        sa.UniqueConstraint("kind", "resource_id", name=op.f("uq_definition_draft_kind_resource_id")),
    )
    op.create_table(
        "definition_draft_kept",
        sa.Column("draft_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_key"],
            ["definition_draft.key"],
            name=op.f("fk_definition_draft_kept_draft_key"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("draft_key", "revision", name=op.f("pk_definition_draft_kept")),
    )
