"""Notifications to people, shown in the product."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import insert, update

from engine.model import Notification
from engine.store.tables import notification
from engine.store.unit_of_work import UnitOfWork


class Notifications:
    """Notifications of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, notifications: Sequence[Notification]) -> None:
        """Insert them with one `executemany`; each waits to be told by mail and webhooks too."""
        rows = [
            {
                "key": new.key,
                "user_name": new.user,
                "subject_en": new.subject.en,
                "subject_id": new.subject.id,
                "body_en": new.body.en,
                "body_id": new.body.id,
                "record_number": new.record_number,
                "created_at": new.created_at,
                "read_at": new.read_at,
                "event": new.event[:200],
                "is_low": new.is_low,
                "waits": True,
            }
            for new in notifications
        ]
        if rows:
            self._work.execute(insert(notification), rows)

    def mark_read(self, user: str, keys: Collection[int] | None, *, at: datetime) -> int:
        """Mark a person's unread notifications as read, all of them or those of `keys`; return how many."""
        is_unread = (notification.c.user_name == user) & notification.c.read_at.is_(None)
        statement = update(notification).where(is_unread).values(read_at=at)
        if keys is not None:
            statement = statement.where(notification.c.key.in_(keys))
        return self._work.execute(statement).rowcount
