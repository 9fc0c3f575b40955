"""What people are told."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

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
    Index(None, "user_name", "created_at"),
)
