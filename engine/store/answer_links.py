"""Links of notifications by which one person may answer one user task."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from engine.store.tables import answer_link
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """Lets `user` answer the task once, as long as what was asked keeps its seal."""

    key: int
    task_key: int
    user: str
    notification_key: int
    seal: str
    issued_at: datetime
    used_at: datetime | None = None


class AnswerLinks:
    """Links of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, links: Sequence[AnswerLink]) -> None:
        """Insert them with one `executemany`."""
        rows = [
            {
                "key": link.key,
                "task_key": link.task_key,
                "user_name": link.user,
                "notification_key": link.notification_key,
                "seal": link.seal,
                "issued_at": link.issued_at,
                "used_at": link.used_at,
            }
            for link in links
        ]
        if rows:
            self._work.execute(insert(answer_link), rows)

    def find(self, key: int) -> AnswerLink | None:
        """Return the link; None when there is none."""
        row = self._work.execute(select(answer_link).where(answer_link.c.key == key)).one_or_none()
        return None if row is None else _link(row)

    def use(self, key: int, *, at: datetime) -> bool:
        """Mark a link as used; return False when it was already."""
        unused = (answer_link.c.key == key) & answer_link.c.used_at.is_(None)
        return self._work.execute(update(answer_link).where(unused).values(used_at=at)).rowcount == 1

    def of_notifications(self, keys: Collection[int]) -> dict[int, AnswerLink]:
        """Return notification -> its link, of those that have one; for mail and the list of notifications."""
        rows = self._work.execute(select(answer_link).where(answer_link.c.notification_key.in_(keys)))
        return {row.notification_key: _link(row) for row in rows}


def _link(row: Row[Any]) -> AnswerLink:
    return AnswerLink(row.key, row.task_key, row.user_name, row.notification_key, row.seal, row.issued_at, row.used_at)
