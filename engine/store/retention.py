"""What an ended instance leaves, and what retention takes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from engine.model import Label
from engine.store.tables import fault, history_entry, process_instance, variable
from engine.store.unit_of_work import UnitOfWork

_UPDATE = (
    update(history_entry)
    .where(history_entry.c.stream == bindparam("b_stream"), history_entry.c.sequence == bindparam("b_sequence"))
    .values(details=bindparam("b_details"))
)


class RetentionRows:
    """Ended instances of one unit of work. A root instance goes with all that it called."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def ended(self, process_id: str, *, before: datetime, limit: int) -> Iterator[tuple[int, datetime]]:
        """Yield (root instance, end) of those that still have bodies, the oldest end first."""
        table = process_instance
        query = (
            select(table.c.key, table.c.ended_at)
            .where(table.c.process_id == process_id, table.c.ended_at.is_not(None), table.c.ended_at < before)
            .where(table.c.bodies_removed_at.is_(None), table.c.parent_instance_key.is_(None))
            .order_by(table.c.ended_at)
            .limit(limit)
        )
        for row in self._work.execute(query):
            yield row.key, row.ended_at

    def family(self, root_key: int) -> list[int]:
        """Return a root instance and all that it called, locked; nothing when bodies were removed or it runs."""
        table = process_instance
        query = select(table.c.key, table.c.ended_at, table.c.bodies_removed_at).where(
            table.c.root_instance_key == root_key
        )
        rows = self._work.execute(query.order_by(table.c.key).with_for_update()).all()
        is_due = all(row.ended_at is not None and row.bodies_removed_at is None for row in rows)
        return [row.key for row in rows] if is_due else []

    def remove(
        self,
        instance_key: int,
        redact: Callable[[Mapping[str, Any]], Mapping[str, Any]],
        fault_reason: Label,
        at: datetime,
    ) -> None:
        """Remove the variables, redact the details of the history and the reasons of faults."""
        self._work.execute(delete(variable).where(variable.c.instance_key == instance_key))
        reasons = {"reason_en": fault_reason.en, "reason_id": fault_reason.id}
        self._work.execute(update(fault).where(fault.c.instance_key == instance_key).values(reasons))
        stream = f"i:{instance_key}"
        query = select(history_entry.c.sequence, history_entry.c.details).where(history_entry.c.stream == stream)
        changes = [
            {"b_stream": stream, "b_sequence": row.sequence, "b_details": redact(row.details)}
            for row in self._work.execute(query)
            if row.details
        ]
        if changes:
            self._work.execute(_UPDATE, changes)
        mine = update(process_instance).where(process_instance.c.key == instance_key)
        self._work.execute(mine.values(bodies_removed_at=at))
