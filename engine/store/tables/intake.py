"""What comes in from outside: mails and alerts of monitoring."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from engine.store.columns import Moment
from engine.store.tables.schema import key_column, metadata

#: Every mail that came in, once.
mail_in = Table(
    "mail_in",
    metadata,
    key_column(),
    Column("message_id", String(400), nullable=False, unique=True),  # without one: a digest of the mail
    Column("sender", String(400), nullable=False),
    Column("recipients", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("user_name", String(200)),  # the person whose address the sender is
    Column("state", String(20), nullable=False),  # MailInState
    Column("reason", String(30)),  # ParkReason
    Column("record_number", String(60)),
    Column("received_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", String(200)),
    Column("note", Text),
    Column("raw", LargeBinary),  # as it came, while it is parked
    Index("ix_mail_in_state", "state", "key"),
    Index("ix_mail_in_sender", "sender", "received_at"),
)

#: A program that may report alerts.
alert_source = Table(
    "alert_source",
    metadata,
    key_column(),
    Column("name", String(200), nullable=False),
    Column("token_sha256", String(64), nullable=False, unique=True),
    Column("secret", String(200)),  # the source signs each call with it; NULL: the token is enough
    Column("is_active", Boolean, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_at", Moment),
)

#: One alert of a source, however often it was repeated; the record that it opened or was added to.
alert = Table(
    "alert",
    metadata,
    key_column(),
    Column("source_key", BigInteger, nullable=False),
    Column("dedupe_key", String(400), nullable=False),
    Column("ci", String(400), nullable=False),
    Column("severity", String(60), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(20), nullable=False),  # AlertState
    Column("record_number", String(60)),
    Column("times", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("settled_by", String(200)),
    Column("note", Text),
    Index("ix_alert_dedupe", "source_key", "dedupe_key", "key"),
    Index("ix_alert_ci", "ci", "received_at"),
    Index("ix_alert_state", "state", "key"),
)
