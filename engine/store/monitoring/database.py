"""Facts about the database itself, each from its own catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, text

from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """Which database this is, how large, and which schema it holds."""

    product: str
    version: str
    size_bytes: int
    schema_revision: str


def facts(work: UnitOfWork) -> DatabaseFacts:
    """Return the facts; three statements (four on SQLite)."""
    revision = work.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if work.is_sqlite:
        version = work.execute(select(func.sqlite_version())).scalar_one()
        pages = work.execute(text("PRAGMA page_count")).scalar_one()
        size = pages * work.execute(text("PRAGMA page_size")).scalar_one()
        return DatabaseFacts("SQLite", version, size, revision or "")
    version = work.execute(text("SHOW server_version")).scalar_one()
    size = work.execute(select(func.pg_database_size(func.current_database()))).scalar_one()
    return DatabaseFacts("PostgreSQL", version, size, revision or "")
