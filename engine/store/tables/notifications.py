"""What people are told."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text, false, text

from engine.store.columns import Moment
from engine.store.tables.schema import key_column, metadata

notification = Table(
    "notification",
    metadata,
    key_column(),
    Column("user_name", String(200), nullable=False),
    Column("subject_en", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("body_en", Text, nullable=False),
    Column("body_id", Text, nullable=False),
    Column("record_number", String(60)),
    Column("created_at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("event", String(200), nullable=False, server_default=""),  # key of its template
    Column("is_low", Boolean, nullable=False, server_default=false()),  # it is early enough in a digest
    Column("waits", Boolean, nullable=False, server_default=false()),  # to be told by mail and webhooks too
    Index(None, "user_name", "created_at"),
    Index("ix_notification_waits", "key", sqlite_where=text("waits"), postgresql_where=text("waits")),
)
