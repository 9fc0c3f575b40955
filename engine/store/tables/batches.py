"""Operations on many process instances."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text

from engine.store.columns import Json, Moment
from engine.store.tables.schema import key_column, metadata

batch = Table(
    "batch",
    metadata,
    key_column(),
    Column("kind", String(20), nullable=False),  # BatchKind
    Column("state", String(20), nullable=False),  # BatchState
    Column("plan", Json, nullable=False),
    Column("selection", Json, nullable=False),
    Column("reason", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(200), nullable=False),
    Column("started_by", String(200)),  # in whose name the instances are changed
    Column("started_at", Moment),
    Column("ended_at", Moment),
    Index(None, "state"),
)

batch_item = Table(
    "batch_item",
    metadata,
    Column("batch_key", BigInteger, ForeignKey("batch.key"), primary_key=True, autoincrement=False),
    Column("instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("state", String(20), nullable=False),  # BatchItemState
    Column("problem_en", Text),
    Column("problem_id", Text),
    Column("at", Moment),
    Index(None, "batch_key", "state", "instance_key"),
)
