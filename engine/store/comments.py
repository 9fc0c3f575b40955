"""Comments on records."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from engine.store.tables import record_comment
from engine.store.unit_of_work import UnitOfWork


class Comments:
    """Comments of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, key: int, record_key: int, author: str, body: str, *, at: datetime) -> None:
        """Insert a comment."""
        row = {"key": key, "record_key": record_key, "author": author, "body": body, "created_at": at}
        self._work.execute(insert(record_comment), row)
