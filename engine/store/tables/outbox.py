"""What leaves the product: mails and calls of webhooks, until they are sent."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

#: One mail to a person, or one call of a webhook; both tell notifications.
delivery = Table(
    "delivery",
    metadata,
    key_column(),
    Column("channel", String(20), nullable=False),  # DeliveryChannel
    Column("user_name", String(200)),  # of a mail
    Column("webhook_key", BigInteger),  # of a call
    Column("event", String(200), nullable=False),  # template of the notifications; "digest"
    Column("is_digest", Boolean, nullable=False),
    Column("message_id", String(400)),  # fixed before the first try, so that repeats carry the same
    Column("state", String(20), nullable=False),  # DeliveryState
    Column("due_at", Moment, nullable=False),  # not before; while somebody sends it, the end of the lease
    Column("attempts", Integer, nullable=False),
    Column("last_error", Text),
    Column("created_at", Moment, nullable=False),
    Column("settled_at", Moment),
    Index("ix_delivery_due", "state", "due_at", "key"),
    Index("ix_delivery_list", "state", "key"),
    Index("ix_delivery_message", "message_id"),
    Index("ix_delivery_digest", "user_name", "state"),
)

#: Which notifications a delivery tells.
delivery_item = Table(
    "delivery_item",
    metadata,
    Column("delivery_key", BigInteger, primary_key=True, autoincrement=False),
    Column("notification_key", BigInteger, primary_key=True, autoincrement=False),
)

#: How a person wants to hear of notifications by mail; no row: at once.
mail_preference = Table(
    "mail_preference",
    metadata,
    Column("user_name", String(200), primary_key=True),
    Column("pace", String(20), nullable=False),  # MailPace
)

webhook = Table(
    "webhook",
    metadata,
    key_column(),
    Column("name", String(200), nullable=False),
    Column("url", String(2000), nullable=False),
    Column("secret", String(200), nullable=False),  # signs each call; the receiver knows it too
    Column("events", Json, nullable=False),  # template keys; empty: all
    Column("is_active", Boolean, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
)
