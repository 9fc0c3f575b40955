"""Batch operations: which instances, how far they are, what was refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from engine.model import (
    Batch,
    BatchItem,
    BatchItemState,
    BatchKey,
    BatchKind,
    BatchState,
    Label,
    ProcessInstanceKey,
)
from engine.store.tables import batch, batch_item
from engine.store.unit_of_work import UnitOfWork

_RUNNING = BatchState.RUNNING.value


class BatchRows:
    """Batches of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Mapping[str, Any], instance_keys: Collection[int]) -> None:
        """Insert a proposed batch and its instances."""
        counts = {"total": len(instance_keys), "done": 0, "refused": 0, "state": BatchState.PROPOSED.value}
        self._work.execute(insert(batch), {**row, **counts})
        waiting = BatchItemState.WAITING.value
        items = [{"batch_key": row["key"], "instance_key": key, "state": waiting} for key in instance_keys]
        self._work.execute(insert(batch_item), items)

    def get(self, key: int) -> Batch | None:
        """Return a batch."""
        row = self._work.execute(select(batch).where(batch.c.key == key)).one_or_none()
        return None if row is None else _batch(row)

    def newest(self, limit: int, before: int | None = None) -> list[Batch]:
        """Return batches, the newest first."""
        query = select(batch).order_by(batch.c.key.desc()).limit(limit)
        if before is not None:
            query = query.where(batch.c.key < before)
        return [_batch(row) for row in self._work.execute(query)]

    def items(
        self, key: int, *, states: Sequence[BatchItemState] = tuple(BatchItemState), after: int = 0, limit: int
    ) -> list[BatchItem]:
        """Return instances of a batch behind the one with key `after`, by key."""
        query = (
            select(batch_item)
            .where(batch_item.c.batch_key == key, batch_item.c.instance_key > after)
            .where(batch_item.c.state.in_([state.value for state in states]))
            .order_by(batch_item.c.instance_key)
            .limit(limit)
        )
        return [_item(row) for row in self._work.execute(query)]

    def move(self, key: int, before: Sequence[BatchState], after: BatchState, **changes: Any) -> bool:
        """Change the state; False when it was none of `before` by now."""
        statement = (
            update(batch)
            .where(batch.c.key == key, batch.c.state.in_([state.value for state in before]))
            .values(state=after.value, **changes)
        )
        return self._work.execute(statement).rowcount == 1

    def next_items(self, limit: int) -> list[tuple[int, int]]:
        """Return (batch, instance) that running batches wait for, the oldest batch first."""
        query = (
            select(batch_item.c.batch_key, batch_item.c.instance_key)
            .join(batch, batch.c.key == batch_item.c.batch_key)
            .where(batch.c.state == _RUNNING, batch_item.c.state == BatchItemState.WAITING.value)
            .order_by(batch_item.c.batch_key, batch_item.c.instance_key)
            .limit(limit)
        )
        return [(row.batch_key, row.instance_key) for row in self._work.execute(query)]

    def running_since(self) -> datetime | None:
        """Return when the oldest running batch was started; None when none runs."""
        query = select(batch.c.started_at).where(batch.c.state == _RUNNING).order_by(batch.c.started_at).limit(1)
        moment: datetime | None = self._work.execute(query).scalar()
        return moment

    def claim(self, key: int, instance_key: int, at: datetime) -> bool:
        """Take an instance of a running batch as done; False when somebody did or the batch stands still.

        Whoever takes it changes the instance in the same transaction, so it is done once or not at all.
        """
        is_running = select(batch.c.key).where(batch.c.key == key, batch.c.state == _RUNNING).exists()
        statement = (
            update(batch_item)
            .where(batch_item.c.batch_key == key, batch_item.c.instance_key == instance_key)
            .where(batch_item.c.state == BatchItemState.WAITING.value, is_running)
            .values(state=BatchItemState.DONE.value, at=at)
        )
        return self._work.execute(statement).rowcount == 1

    def refuse(self, key: int, instance_key: int, problem: Label) -> None:
        """Note why a claimed instance was left as it is."""
        statement = (
            update(batch_item)
            .where(batch_item.c.batch_key == key, batch_item.c.instance_key == instance_key)
            .values(state=BatchItemState.REFUSED.value, problem_en=problem.en, problem_id=problem.id)
        )
        self._work.execute(statement)

    def count(self, key: int, *, is_done: bool, at: datetime) -> bool:
        """Count one more instance; True when it was the last and the batch is finished now."""
        counter = batch.c.done if is_done else batch.c.refused
        self._work.execute(update(batch).where(batch.c.key == key).values({counter.name: counter + 1}))
        finished = (
            update(batch)
            .where(batch.c.key == key, batch.c.done + batch.c.refused >= batch.c.total)
            .values(state=BatchState.FINISHED.value, ended_at=at)
        )
        return self._work.execute(finished).rowcount == 1


def _batch(row: Row[Any]) -> Batch:
    return Batch(
        key=BatchKey(row.key),
        kind=BatchKind(row.kind),
        state=BatchState(row.state),
        plan=row.plan,
        selection=row.selection,
        reason=row.reason,
        total=row.total,
        done=row.done,
        refused=row.refused,
        created_at=row.created_at,
        created_by=row.created_by,
        started_by=row.started_by,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )


def _item(row: Row[Any]) -> BatchItem:
    problem = None if row.problem_en is None else Label(row.problem_en, row.problem_id)
    return BatchItem(ProcessInstanceKey(row.instance_key), BatchItemState(row.state), problem, row.at)
