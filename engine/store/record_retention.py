"""Closed entries of registers, and what retention takes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from engine.store.record_search import touch
from engine.store.tables import history_entry, record
from engine.store.unit_of_work import UnitOfWork

_UPDATE = (
    update(history_entry)
    .where(history_entry.c.stream == bindparam("b_stream"), history_entry.c.sequence == bindparam("b_sequence"))
    .values(details=bindparam("b_details"))
)


class RecordRetention:
    """Records of one unit of work. A record without fields has lost its body already."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def closed(self, record_type: str, *, before: datetime, limit: int) -> list[tuple[int, datetime]]:
        """Return (record, when it was closed) of those that still have a body, the oldest first."""
        query = (
            select(record.c.key, record.c.closed_at)
            .where(record.c.type == record_type, record.c.closed_at < before, record.c.fields != {})
            .order_by(record.c.closed_at, record.c.key)
            .limit(limit)
        )
        return [(row.key, row.closed_at) for row in self._work.execute(query)]

    def remove(self, key: int, redact: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> str | None:
        """Empty title and fields, redact the details of its history; return its number, None when it is open again."""
        mine = select(record.c.number).where(record.c.key == key, record.c.closed_at.is_not(None)).with_for_update()
        number: str | None = self._work.execute(mine).scalar_one_or_none()
        if number is None:
            return None
        emptied = update(record).where(record.c.key == key).values(title=number, fields={})
        self._work.execute(emptied)
        stream = f"r:{key}"
        query = select(history_entry.c.sequence, history_entry.c.details).where(history_entry.c.stream == stream)
        changes = [
            {"b_stream": stream, "b_sequence": row.sequence, "b_details": redact(row.details)}
            for row in self._work.execute(query)
            if row.details
        ]
        if changes:
            self._work.execute(_UPDATE, changes)
        touch(self._work, key)
        return number
