"""History and records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

STREAM = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "attachment",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_key", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.String(length=200), nullable=False),
        sa.Column("uploaded_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_record_key"), "attachment", ["record_key"], unique=False)
    op.create_table(
        "attachment_content",
        sa.Column("attachment_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("attachment_key", name=op.f("pk_attachment_content")),
    )
    op.create_table(
        "daily_root",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("streams", sa.Integer(), nullable=False),
        sa.Column("computed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_daily_root")),
    )
    op.create_table(
        "duty",
        sa.Column("record_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("duty", sa.String(length=60), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("record_key", "duty", "user_name", name=op.f("pk_duty")),
    )
    op.create_table(
        "history_entry",
        sa.Column("stream", STREAM, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("on_behalf_of", sa.String(length=200), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("element_id", sa.String(length=400), nullable=True),
        sa.Column("element_instance_key", sa.BigInteger(), nullable=True),
        sa.Column("process_definition_key", sa.BigInteger(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", "sequence", name=op.f("pk_history_entry")),
    )
    op.create_index(op.f("ix_history_entry_at"), "history_entry", ["at"], unique=False)
    op.create_index(
        "ix_history_entry_element",
        "history_entry",
        ["process_definition_key", "element_id", "action", "at"],
        unique=False,
    )
    op.create_table(
        "kpi_fact",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("record_number", sa.String(length=60), nullable=True),
        sa.Column("dimensions", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kpi_fact")),
    )
    op.create_index(op.f("ix_kpi_fact_name_at"), "kpi_fact", ["name", "at"], unique=False)
    op.create_table(
        "record",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("state", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("requester", sa.String(length=200), nullable=True),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_record")),
        sa.UniqueConstraint("number", name=op.f("uq_record_number")),
    )
    op.create_index("ix_record_list", "record", ["type", "created_at", "key"], unique=False)
    op.create_index("ix_record_requester", "record", ["requester", "created_at", "key"], unique=False)
    op.create_table(
        "record_comment",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("record_key", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_record_comment")),
    )
    op.create_index(
        op.f("ix_record_comment_record_key_created_at"), "record_comment", ["record_key", "created_at"], unique=False
    )
    op.create_table(
        "record_link",
        sa.Column("from_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("from_key", "to_key", "kind", name=op.f("pk_record_link")),
    )
    op.create_index(op.f("ix_record_link_to_key"), "record_link", ["to_key"], unique=False)
    op.create_table(
        "record_number",
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_record_number")),
    )
    op.create_table(
        "record_person",
        sa.Column("record_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("record_key", "role", "user_name", name=op.f("pk_record_person")),
    )
    op.create_index(
        op.f("ix_record_person_user_name_record_key"), "record_person", ["user_name", "record_key"], unique=False
    )
    op.create_table(
        "stream_head",
        sa.Column("stream", STREAM, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_stream_head")),
    )
    # There from the start, so that two first logins never both create it.
    op.execute("INSERT INTO stream_head (stream, sequence, head) VALUES ('system', 0, '')")
