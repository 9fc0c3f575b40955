"""Comments on records."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from engine.store.tables import record_comment
from engine.store.unit_of_work import UnitOfWork


class Comments:
    """Comments of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(
        self,
        key: int,
        record_key: int,
        author: str,
        body: str,
        *,
        at: datetime,
        is_internal: bool = False,
        send_id: str | None = None,
    ) -> None:
        """Insert a comment."""
        row = {"key": key, "record_key": record_key, "author": author, "body": body, "created_at": at}
        self._work.execute(insert(record_comment), row | {"is_internal": is_internal, "send_id": send_id})

    def sent(self, record_key: int, author: str, send_id: str) -> int | None:
        """Return the comment that was added with this `send_id` before."""
        table = record_comment
        query = select(table.c.key).where(
            table.c.record_key == record_key, table.c.author == author, table.c.send_id == send_id
        )
        key: int | None = self._work.execute(query).scalar_one_or_none()
        return key
