"""Lists that a person saved under a name."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, String, Table, Text

from engine.store.columns import Moment
from engine.store.tables.schema import metadata

saved_view = Table(
    "saved_view",
    metadata,
    Column("user_name", String(200), primary_key=True),
    Column("page", String(40), primary_key=True),  # which list it is of
    Column("name", String(100), primary_key=True),
    Column("query", Text, nullable=False),  # the filters, as in the address
    Column("is_default", Boolean, nullable=False),  # shown when the list is opened without filters
    Column("saved_at", Moment, nullable=False),
)
