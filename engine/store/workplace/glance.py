"""Counts for the frame around every page; none of them counts further than it is shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ScalarSelect, func, select

from engine.model import FaultState
from engine.store.tables import fault, notification, task_inbox
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.readers import Reader

#: Shown as "99+" beyond.
COUNT_LIMIT = 100


def counts(work: UnitOfWork, reader: Reader, now: datetime) -> tuple[int, int, int, int, int]:
    """Return (my tasks, my groups' tasks, overdue ones of both, unread notifications, open faults) in one statement."""
    row = work.execute(
        select(
            _inbox(reader.inboxes[:1]),
            _inbox(reader.group_inboxes),
            _inbox(reader.inboxes, before=now),
            _unread(reader),
            _open_faults(),
        )
    ).one()
    return row[0], row[1], row[2], row[3], row[4]


def _inbox(inboxes: tuple[str, ...], before: datetime | None = None) -> ScalarSelect[int]:
    query = select(task_inbox.c.task_key).distinct().where(task_inbox.c.actor.in_(inboxes))
    if before is not None:
        query = query.where(task_inbox.c.due_at < before)
    return select(func.count()).select_from(query.limit(COUNT_LIMIT).subquery()).scalar_subquery()


def _unread(reader: Reader) -> ScalarSelect[int]:
    query = select(notification.c.key).where(notification.c.user_name == reader.name, notification.c.read_at.is_(None))
    return select(func.count()).select_from(query.limit(COUNT_LIMIT).subquery()).scalar_subquery()


def _open_faults() -> ScalarSelect[int]:
    query = select(fault.c.key).where(fault.c.state == FaultState.OPEN.value)
    return select(func.count()).select_from(query.limit(COUNT_LIMIT).subquery()).scalar_subquery()
