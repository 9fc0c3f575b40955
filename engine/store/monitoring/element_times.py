"""How long element instances lived, from the history."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from engine.store.tables import history_entry, process_instance
from engine.store.unit_of_work import UnitOfWork

_ENTERED, _COMPLETED, _CANCELED = "element_entered", "element_completed", "element_canceled"
_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class ElementLife:
    """One element instance that ended. What is entered and left in one step took no time."""

    process_definition_key: int
    element_id: str
    is_completed: bool  #: False: canceled
    took: timedelta


def newest_instances(work: UnitOfWork, definition_keys: Collection[int], limit: int) -> list[int]:
    """Return the newest instances of these versions, running or not."""
    table = process_instance
    query = (
        select(table.c.key)
        .where(table.c.process_definition_key.in_(definition_keys))
        .order_by(table.c.started_at.desc(), table.c.key.desc())
        .limit(limit)
    )
    return list(work.execute(query).scalars())


def lives(work: UnitOfWork, instance_keys: Collection[int]) -> Iterator[ElementLife]:
    """Yield the element instances of these instances that ended; reads at most 200,000 entries."""
    query = (
        select(
            history_entry.c.process_definition_key,
            history_entry.c.element_id,
            history_entry.c.element_instance_key,
            history_entry.c.action,
            history_entry.c.at,
        )
        .where(history_entry.c.stream.in_([f"i:{key}" for key in instance_keys]))
        .where(history_entry.c.action.in_((_ENTERED, _COMPLETED, _CANCELED)))
        .order_by(history_entry.c.stream, history_entry.c.sequence)
        .limit(_ROWS)
    )
    entered: dict[int, datetime] = {}
    for row in work.execute(query):
        if row.action == _ENTERED:
            entered[row.element_instance_key] = row.at
        else:
            since = entered.pop(row.element_instance_key, row.at)
            yield ElementLife(row.process_definition_key, row.element_id, row.action == _COMPLETED, row.at - since)
