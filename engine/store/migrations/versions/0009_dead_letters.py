"""Messages that nobody took; who watches and rates records; internal comments and files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the tables and columns; comments and files that are there were seen by everybody."""
    op.create_table(
        "dead_letter",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("correlation_key", sa.String(length=400), nullable=False),
        sa.Column("message_id", sa.String(length=400), nullable=True),
        sa.Column("variables", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.Column("died_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_dead_letter")),
    )
    op.create_index("ix_dead_letter_state", "dead_letter", ["state", "key"])
    op.create_index("ix_dead_letter_message", "dead_letter", ["name", "correlation_key", "message_id"])
    op.create_table(
        "record_watcher",
        sa.Column("record_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("record_key", "user_name", name=op.f("pk_record_watcher")),
    )
    op.create_table(
        "record_rating",
        sa.Column("record_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("record_key", name=op.f("pk_record_rating")),
    )
    for table in ("record_comment", "attachment"):
        op.add_column(table, sa.Column("is_internal", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("record_comment", sa.Column("send_id", sa.String(length=60), nullable=True))
    op.create_index(
        "uq_record_comment_send_id",
        "record_comment",
        ["record_key", "author", "send_id"],
        unique=True,
        sqlite_where=sa.text("send_id IS NOT NULL"),
        postgresql_where=sa.text("send_id IS NOT NULL"),
    )
    op.create_index(
        "ix_attachment_loose",
        "attachment",
        ["uploaded_at"],
        sqlite_where=sa.text("record_key IS NULL"),
        postgresql_where=sa.text("record_key IS NULL"),
    )
    op.create_index("ix_attachment_sha256", "attachment", ["sha256"])
