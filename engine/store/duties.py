"""Who did what for a record; rules of segregation look at it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from engine.errors import RecordNotFound
from engine.model import Duty
from engine.store.tables import duty, record
from engine.store.unit_of_work import UnitOfWork


class Duties:
    """Duties of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, record_number: str, name: str, user: str, *, at: datetime) -> None:
        """Insert; the same duty again is no error. Raises RecordNotFound."""
        key = self._work.execute(select(record.c.key).where(record.c.number == record_number)).scalar_one_or_none()
        if key is None:
            raise RecordNotFound(record_number)
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(duty).on_conflict_do_nothing()
        self._work.execute(insertion, {"record_key": key, "duty": name, "user_name": user, "since": at})

    def of(self, record_numbers: Collection[str]) -> list[Duty]:
        """Return all duties of those records."""
        statement = (
            select(record.c.number, duty.c.duty, duty.c.user_name)
            .join(record, record.c.key == duty.c.record_key)
            .where(record.c.number.in_(record_numbers))
            .order_by(record.c.number, duty.c.since, duty.c.duty, duty.c.user_name)
        )
        return [Duty(row.number, row.duty, row.user_name) for row in self._work.execute(statement)]
