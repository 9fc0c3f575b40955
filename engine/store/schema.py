"""Brings a database to the newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from engine.store.unit_of_work import Database, unit_of_work

_MIGRATIONS = Path(__file__).parent / "migrations"
#: Any fixed number: two servers that start together on PostgreSQL must not migrate together.
_ADVISORY_LOCK = 8_200_001


def migrate(url: str) -> None:
    """Apply every migration that the database of `url` lacks, all of them or none.

    Raises StoreUnavailable when the database cannot be reached.
    """
    database = Database(url)
    try:
        with unit_of_work(database) as work:
            if not work.is_sqlite:
                work.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            config = Config()
            config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
            config.attributes["connection"] = work.connection
            command.upgrade(config, "head")
    finally:
        database.close()


def remove_everything(url: str) -> None:
    """Leave nothing of the database of `url`: the file goes on SQLite, every table on PostgreSQL."""
    database = Database(url)
    try:
        if database.is_sqlite:
            _remove_files(Path(database.sql.url.database or ""))
        else:
            with unit_of_work(database) as work:
                quote = work.connection.dialect.identifier_preparer.quote
                for name in inspect(work.connection).get_table_names():
                    work.execute(text(f"DROP TABLE {quote(name)} CASCADE"))
    finally:
        database.close()


def _remove_files(path: Path) -> None:
    """Remove a SQLite file last, so that its journal is never taken for that of a newer one."""
    for suffix in ("-wal", "-shm", ""):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
