"""Notifications as their list shows them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, or_, select

from engine.model import Label, Notification
from engine.store.tables import notification
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.inbox_list import Place


def notifications_of(work: UnitOfWork, person: str, *, after: Place | None, limit: int) -> list[Notification]:
    """Return a person's notifications, newest first."""
    query = select(notification).where(notification.c.user_name == person)
    if after is not None:
        same_moment = and_(notification.c.created_at == after.at, notification.c.key < after.key)
        query = query.where(or_(notification.c.created_at < after.at, same_moment))
    query = query.order_by(notification.c.created_at.desc(), notification.c.key.desc()).limit(limit)
    return [_notification(row) for row in work.execute(query)]


def _notification(row: Row[Any]) -> Notification:
    return Notification(
        key=row.key,
        user=row.user_name,
        subject=Label(row.subject_en, row.subject_id),
        body=Label(row.body_en, row.body_id),
        record_number=row.record_number,
        created_at=row.created_at,
        read_at=row.read_at,
    )
