"""Counts for the frame around every page; none of them counts further than it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select

from engine.model import FaultState, Label
from engine.store.tables import fault, notification, task_inbox, unit, user_account
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.readers import Reader

#: Shown as "99+" beyond.
COUNT_LIMIT = 100


def counts(work: UnitOfWork, reader: Reader, now: datetime) -> tuple[Label, int, int, int, int, int]:
    """Return (my unit, my tasks, my groups' tasks, overdue ones of both, unread notifications, open faults)."""
    row = work.execute(
        select(
            _inbox([*reader.inboxes[:1], *_of_kind(reader, "u:")]),
            _inbox([*reader.group_inboxes, *_of_kind(reader, "g:")]),
            _inbox([*reader.inboxes, *reader.lent_inboxes], before=now),
            _unread(reader),
            _open_faults(),
            func.coalesce(unit.c.label_en, user_account.c.unit).label("unit_en"),
            func.coalesce(unit.c.label_id, user_account.c.unit).label("unit_id"),
        )
        .select_from(user_account)
        .outerjoin(unit, unit.c.name == user_account.c.unit)
        .where(user_account.c.name == reader.name)
    ).one()
    return Label(row.unit_en, row.unit_id), row[0], row[1], row[2], row[3], row[4]


def _of_kind(reader: Reader, kind: str) -> list[str]:
    return [inbox for inbox in reader.lent_inboxes if inbox.startswith(kind)]


def _inbox(inboxes: Sequence[str], before: datetime | None = None) -> ScalarSelect[int]:
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
