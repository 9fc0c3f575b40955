"""What waits now, across instances: message receivers, buffered messages, due work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, func, select

from engine.model import BatchState, BufferedMessage, Label
from engine.store.messages import buffered
from engine.store.tables import (
    batch,
    buffered_message,
    job,
    message_subscription,
    process_definition,
    process_instance,
    timer,
)
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Receiver:
    """An element instance (or a start event: no instance) that waits for a message."""

    key: int
    message_name: str
    correlation_key: str
    process_instance_key: int | None
    process_definition_key: int
    process_id: str
    process_name: Label
    element_id: str
    number: str | None
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much of one kind of work is due, and since when; `more` when there is more than was looked at."""

    kind: str
    due: int
    more: bool
    oldest_due_at: datetime | None
    next_due_at: datetime | None


def receivers(work: UnitOfWork, *, search: str = "", limit: int) -> list[Receiver]:
    """Return what waits for messages, newest first; start events too. `search` is part of name, key or number."""
    table, root = message_subscription, process_instance.alias("root")
    query = (
        select(table, process_definition.c.name_en, process_definition.c.name_id, root.c.business_id.label("number"))
        .join(process_definition, process_definition.c.key == table.c.process_definition_key)
        .outerjoin(process_instance, process_instance.c.key == table.c.instance_key)
        .outerjoin(root, root.c.key == process_instance.c.root_instance_key)
    )
    if search:
        columns = (table.c.message_name, table.c.correlation_key, root.c.business_id)
        query = query.where(_any_contains(columns, search))
    return [_receiver(row) for row in work.execute(query.order_by(table.c.key.desc()).limit(limit))]


def buffered_messages(work: UnitOfWork, now: datetime, *, search: str = "", limit: int) -> list[BufferedMessage]:
    """Return messages that nobody took yet, newest first."""
    table = buffered_message
    query = select(table).where(table.c.expires_at > now)
    if search:
        query = query.where(_any_contains((table.c.name, table.c.correlation_key), search))
    return [buffered(row) for row in work.execute(query.order_by(table.c.key.desc()).limit(limit))]


def backlog(work: UnitOfWork, table: Table, now: datetime, *, look_at: int) -> Backlog:
    """Return what of `table` (timer or job) is due; looks at no more than `look_at` rows."""
    waiting = select(table.c.due_at)
    if table is job:
        waiting = waiting.where(job.c.state == "open")
    due = waiting.where(table.c.due_at <= now).order_by(table.c.due_at).limit(look_at + 1).subquery()
    count = select(func.count().label("total"), func.min(due.c.due_at).label("oldest"))
    found = work.execute(count.select_from(due)).one()
    upcoming = waiting.where(table.c.due_at > now).order_by(table.c.due_at).limit(1)
    return Backlog(
        kind=table.name,
        due=min(found.total, look_at),
        more=found.total > look_at,
        oldest_due_at=found.oldest,
        next_due_at=work.execute(upcoming).scalar(),
    )


def timer_backlog(work: UnitOfWork, now: datetime, *, look_at: int = 1000) -> Backlog:
    """Return the due timers."""
    return backlog(work, timer, now, look_at=look_at)


def job_backlog(work: UnitOfWork, now: datetime, *, look_at: int = 1000) -> Backlog:
    """Return the due jobs."""
    return backlog(work, job, now, look_at=look_at)


def batch_items(work: UnitOfWork) -> int:
    """Return how many instances the running batches wait for; from the batches' own counters."""
    left = func.sum(batch.c.total - batch.c.done - batch.c.refused)
    found = work.execute(select(left).where(batch.c.state == BatchState.RUNNING.value)).scalar()
    return int(found or 0)


def _any_contains(columns: tuple[Any, ...], search: str) -> Any:
    condition = columns[0].icontains(search, autoescape=True)
    for column in columns[1:]:
        condition = condition | column.icontains(search, autoescape=True)
    return condition


def _receiver(row: Row[Any]) -> Receiver:
    return Receiver(
        key=row.key,
        message_name=row.message_name,
        correlation_key=row.correlation_key,
        process_instance_key=row.instance_key,
        process_definition_key=row.process_definition_key,
        process_id=row.process_id,
        process_name=Label(row.name_en, row.name_id),
        element_id=row.element_id,
        number=row.number,
        opened_at=row.opened_at,
    )
