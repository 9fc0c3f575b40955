"""Facts that indicators are computed from."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

kpi_fact = Table(
    "kpi_fact",
    metadata,
    key_column(),
    Column("name", String(200), nullable=False),
    Column("value", Json, nullable=False),
    Column("record_number", String(60)),
    Column("dimensions", Json, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "name", "at"),
)
