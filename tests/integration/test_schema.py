"""The migrations build what `engine/store/tables/` describes."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from engine.store import Database, migrate
from engine.store.tables import metadata


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the index for searching: a virtual table and its parts on SQLite, a type of its own on PostgreSQL."""
    return kind != "table" or not str(name).startswith("record_search")


def test_a_migrated_database_has_exactly_the_tables_of_the_metadata(database: Database) -> None:
    with database.sql.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _is_ours})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database.url)
    with database.sql.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, metadata) == []
