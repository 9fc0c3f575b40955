"""Dates of memberships, absences with deputies, shifts, links that answer tasks, password links, marks of sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables and columns."""
    op.add_column("membership", sa.Column("from_at", sa.BigInteger(), nullable=True))
    op.add_column("membership", sa.Column("until_at", sa.BigInteger(), nullable=True))
    op.add_column("login_session", sa.Column("address", sa.String(length=200), nullable=True))
    op.add_column("login_session", sa.Column("device", sa.String(length=400), nullable=True))
    op.create_index(op.f("ix_login_session_user_name"), "login_session", ["user_name"])
    op.add_column("user_task", sa.Column("on_behalf_of", sa.String(length=200), nullable=True))
    op.create_table(
        "absence",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("deputy", sa.String(length=200), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_until_at"), "absence", ["until_at"])
    op.create_index(op.f("ix_absence_user_name_until_at"), "absence", ["user_name", "until_at"])
    op.create_table(
        "shift",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("group_name", sa.String(length=200), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_shift")),
    )
    op.create_index(op.f("ix_shift_group_name_until_at"), "shift", ["group_name", "until_at"])
    op.create_table(
        "answer_link",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_key", sa.BigInteger(), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("notification_key", sa.BigInteger(), nullable=False),
        sa.Column("seal", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_answer_link")),
    )
    op.create_index(op.f("ix_answer_link_task_key"), "answer_link", ["task_key"])
    op.create_index(op.f("ix_answer_link_notification_key"), "answer_link", ["notification_key"])
    op.create_table(
        "password_reset",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_password_reset")),
    )
