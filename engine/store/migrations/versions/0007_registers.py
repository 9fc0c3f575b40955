"""Registers: their order, imports of their entries, and the words of all records for searching."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.record_search import refresh_everything
from engine.store.unit_of_work import UnitOfWork

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables and read the records that are there."""
    op.create_index("ix_record_register", "record", ["type", "number"], unique=False)
    op.create_table(
        "register_import",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("applied_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_register_import")),
    )
    op.create_index(op.f("ix_register_import_state"), "register_import", ["state"], unique=False)
    op.create_index(
        op.f("ix_register_import_user_name_created_at"), "register_import", ["user_name", "created_at"], unique=False
    )
    op.create_table(
        "register_import_chunk",
        sa.Column("import_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("import_key", "first", name=op.f("pk_register_import_chunk")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        # The words are tokens already (engine/store/record_search.py), so ASCII folding is all that is left to do.
        op.execute("CREATE VIRTUAL TABLE record_search USING fts5(words, readers, tokenize='ascii', prefix='2 3 4')")
    else:
        op.execute("CREATE TABLE record_search (record_key bigint PRIMARY KEY, lexemes tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_record_search_lexemes ON record_search USING gin (lexemes)")
    refresh_everything(UnitOfWork(op.get_bind(), is_sqlite=is_sqlite))
