"""The only room that speaks SQL: tables, one noun per file, the unit of work, migrations."""

from engine.store.schema import migrate, remove_everything
from engine.store.unit_of_work import Database, UnitOfWork, read_only, unit_of_work

__all__ = ["Database", "UnitOfWork", "migrate", "read_only", "remove_everything", "unit_of_work"]
