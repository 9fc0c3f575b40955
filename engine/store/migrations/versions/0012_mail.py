"""What leaves the product by mail and webhook; mails and alerts that come in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the tables; notifications that are there were seen in the product, and wait for no mail."""
    _notifications()
    _deliveries()
    _mails_in()
    _alerts()


def _notifications() -> None:
    op.add_column("notification", sa.Column("event", sa.String(length=200), server_default="", nullable=False))
    for name in ("is_low", "waits"):
        op.add_column("notification", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    where = sa.text("waits")
    op.create_index("ix_notification_waits", "notification", ["key"], sqlite_where=where, postgresql_where=where)


def _deliveries() -> None:
    op.create_table(
        "delivery",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=True),
        sa.Column("webhook_key", sa.BigInteger(), nullable=True),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("is_digest", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.String(length=400), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_delivery")),
    )
    op.create_index("ix_delivery_due", "delivery", ["state", "due_at", "key"])
    op.create_index("ix_delivery_list", "delivery", ["state", "key"])
    op.create_index("ix_delivery_message", "delivery", ["message_id"])
    op.create_index("ix_delivery_digest", "delivery", ["user_name", "state"])
    op.create_table(
        "delivery_item",
        sa.Column("delivery_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("notification_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("delivery_key", "notification_key", name=op.f("pk_delivery_item")),
    )
    op.create_table(
        "mail_preference",
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("pace", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("user_name", name=op.f("pk_mail_preference")),
    )
    op.create_table(
        "webhook",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_webhook")),
    )


def _mails_in() -> None:
    op.create_table(
        "mail_in",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.String(length=400), nullable=False),
        sa.Column("sender", sa.String(length=400), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=True),
        sa.Column("record_number", sa.String(length=60), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_mail_in")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mail_in_message_id")),
    )
    op.create_index("ix_mail_in_state", "mail_in", ["state", "key"])
    op.create_index("ix_mail_in_sender", "mail_in", ["sender", "received_at"])


def _alerts() -> None:
    op.create_table(
        "alert_source",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alert_source")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_alert_source_token_sha256")),
    )
    op.create_table(
        "alert",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("source_key", sa.BigInteger(), nullable=False),
        sa.Column("dedupe_key", sa.String(length=400), nullable=False),
        sa.Column("ci", sa.String(length=400), nullable=False),
        sa.Column("severity", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("record_number", sa.String(length=60), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_alert")),
    )
    op.create_index("ix_alert_dedupe", "alert", ["source_key", "dedupe_key", "key"])
    op.create_index("ix_alert_ci", "alert", ["ci", "received_at"])
    op.create_index("ix_alert_state", "alert", ["state", "key"])
