"""History entries as pages read them, newest first."""

from __future__ import annotations

from sqlalchemy import select

from engine.model import HistoryEntry
from engine.store.history import entry_of
from engine.store.tables import history_entry
from engine.store.unit_of_work import UnitOfWork


def stream_entries(
    work: UnitOfWork, stream: str, *, before: int | None, limit: int, action: str = "", actor: str = ""
) -> list[HistoryEntry]:
    """Return entries of one stream, newest first, older than sequence `before`."""
    query = select(history_entry).where(history_entry.c.stream == stream)
    if before is not None:
        query = query.where(history_entry.c.sequence < before)
    if action:
        query = query.where(history_entry.c.action == action)
    if actor:
        query = query.where(history_entry.c.actor == actor)
    return [entry_of(row) for row in work.execute(query.order_by(history_entry.c.sequence.desc()).limit(limit))]
