"""Timers and jobs that fall due, and the rows behind commands on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, func, insert, or_, select, update

from engine.model import (
    ElementInstanceKey,
    Job,
    JobKey,
    JobKind,
    JobState,
    ProcessDefinitionKey,
    ProcessInstanceKey,
    Timer,
    TimerKey,
)
from engine.store.tables import buffered_message, job, process_definition, process_instance, resource, timer
from engine.store.unit_of_work import UnitOfWork


class TimerRows:
    """Timers of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def get(self, key: int) -> Timer | None:
        """Return a waiting timer."""
        row = self._work.execute(select(timer).where(timer.c.key == key)).one_or_none()
        return None if row is None else timer_value(row)

    def due(self, now: datetime, limit: int) -> list[TimerKey]:
        """Return timers that are due, oldest first; those of suspended instances wait on."""
        query = _may_fire(select(timer.c.key)).where(timer.c.due_at <= now)
        query = query.order_by(timer.c.due_at, timer.c.key).limit(limit)
        return [TimerKey(key) for key in self._work.execute(query).scalars()]

    def next_due_at(self) -> datetime | None:
        """Return when the next timer that may fire, or message expiry, falls due.

        Jobs are not among them: workers ask for those. Timers of suspended instances wait on, overdue or not.
        """
        first_timer = _may_fire(select(timer.c.due_at)).order_by(timer.c.due_at).limit(1)
        queries = (first_timer, select(func.min(buffered_message.c.expires_at)))
        moments = [moment for query in queries if (moment := self._work.execute(query).scalar()) is not None]
        return min(moments, default=None)

    def reschedule(self, key: int, due_at: datetime) -> bool:
        """Move a waiting timer; False when it is gone."""
        statement = update(timer).where(timer.c.key == key).values(due_at=due_at)
        return self._work.execute(statement).rowcount == 1

    def attempts(self, key: int) -> int:
        """Return how often firing a timer failed so far."""
        return self._work.execute(select(timer.c.attempts).where(timer.c.key == key)).scalar() or 0

    def failed(self, key: int, retry_at: datetime, error: str) -> None:
        """Note that firing failed, and when to try again."""
        values = {"due_at": retry_at, "attempts": timer.c.attempts + 1, "last_error": error}
        self._work.execute(update(timer).where(timer.c.key == key).values(values))

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert timers of start events."""
        self._work.execute(insert(timer), list(rows))

    def remove_starts(self, definition_keys: Collection[int]) -> None:
        """Remove the timers of start events of these definitions."""
        self._work.execute(
            delete(timer).where(timer.c.instance_key.is_(None), timer.c.process_definition_key.in_(definition_keys))
        )

    def remove_starts_of_others(self, file_names: Collection[str]) -> None:
        """Remove the timers of start events of all definitions but those in files of these names."""
        definitions = select(process_definition.c.key).join(
            resource, resource.c.key == process_definition.c.resource_key
        )
        others = definitions.where(resource.c.name.not_in(file_names)).scalar_subquery()
        self._work.execute(
            delete(timer).where(timer.c.instance_key.is_(None), timer.c.process_definition_key.in_(others))
        )

    def remove(self, key: int) -> None:
        """Remove a timer."""
        self._work.execute(delete(timer).where(timer.c.key == key))


class JobRows:
    """Jobs of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def get(self, key: int) -> Job | None:
        """Return a job that is not done."""
        row = self._work.execute(select(job).where(job.c.key == key)).one_or_none()
        return None if row is None else job_value(row)

    def activate(self, job_type: str, worker: str, now: datetime, deadline_at: datetime, limit: int) -> list[Job]:
        """Lease jobs that can be handed out: open, back-off over, nobody's lease running; oldest first."""
        free = or_(job.c.deadline_at.is_(None), job.c.deadline_at <= now)
        candidates = (
            select(job.c.key)
            .join(process_instance, process_instance.c.key == job.c.instance_key)
            .where(job.c.state == JobState.OPEN.value, job.c.type == job_type, job.c.due_at <= now, free)
            .where(process_instance.c.state == "active")
            .order_by(job.c.due_at, job.c.key)
            .limit(limit)
            .with_for_update(of=job, skip_locked=True)
        )
        keys = list(self._work.execute(candidates).scalars())
        if not keys:
            return []
        self._work.execute(
            update(job).where(and_(job.c.key.in_(keys), free)).values(worker=worker, deadline_at=deadline_at)
        )
        return [
            job_value(row) for row in self._work.execute(select(job).where(job.c.key.in_(keys)).order_by(job.c.key))
        ]


def _may_fire(query: Select[Any]) -> Select[Any]:
    return query.outerjoin(process_instance, process_instance.c.key == timer.c.instance_key).where(
        or_(timer.c.instance_key.is_(None), process_instance.c.state == "active")
    )


def timer_value(row: Row[Any]) -> Timer:
    """Turn a row of timer into a value."""
    return Timer(
        TimerKey(row.key),
        None if row.instance_key is None else ProcessInstanceKey(row.instance_key),
        ProcessDefinitionKey(row.process_definition_key),
        None if row.element_instance_key is None else ElementInstanceKey(row.element_instance_key),
        row.element_id,
        row.due_at,
        row.repetitions_left,
    )


def job_value(row: Row[Any]) -> Job:
    """Turn a row of job into a value."""
    return Job(
        JobKey(row.key),
        JobKind(row.kind),
        row.type,
        ProcessInstanceKey(row.instance_key),
        ElementInstanceKey(row.element_instance_key),
        row.element_id,
        row.headers,
        row.retries,
        JobState(row.state),
        row.due_at,
        row.worker,
        row.deadline_at,
        row.last_error,
    )
