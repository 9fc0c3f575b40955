"""Absences with their deputies, and who stands in for whom now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, delete, insert, select, update

from engine.model import Absence
from engine.store.people import holds
from engine.store.tables import absence, membership, user_account
from engine.store.unit_of_work import UnitOfWork

_DEPUTY = user_account.alias("deputy")
_AWAY = user_account.alias("away")


@dataclass(slots=True)
class Away:
    """Who is away now: the name that people read, and the groups."""

    display_name: str
    groups: set[str] = field(default_factory=set)


class Absences:
    """Absences of one unit of work."""

    def __init__(self, work: UnitOfWork, now: datetime) -> None:
        self._work = work
        self._now = now

    def deputies(self) -> tuple[dict[str, str], dict[str, Away]]:
        """Return (who is away now -> deputy, who is away now -> name and groups), in one statement.

        Deputies whose account is not active stand in for nobody; of absences that overlap the first one counts.
        """
        return self._work.once(("deputies", self._now), self._deputies)

    def _deputies(self) -> tuple[dict[str, str], dict[str, Away]]:
        query = (
            select(absence.c.user_name, absence.c.deputy, _AWAY.c.display_name, membership.c.group_name)
            .join(_DEPUTY, and_(_DEPUTY.c.name == absence.c.deputy, _DEPUTY.c.is_active))
            .join(_AWAY, _AWAY.c.name == absence.c.user_name)
            .outerjoin(membership, and_(membership.c.user_name == absence.c.user_name, holds(self._now)))
            .where(absence.c.from_at <= self._now, absence.c.until_at > self._now)
            .order_by(absence.c.from_at, absence.c.key)
        )
        deputies: dict[str, str] = {}
        away: dict[str, Away] = {}
        for user, deputy, display_name, group in self._work.execute(query):
            deputies.setdefault(user, deputy)
            groups = away.setdefault(user, Away(display_name)).groups
            if group is not None:
                groups.add(group)
        return deputies, away

    def add(self, entry: Absence, *, at: datetime) -> None:
        """Insert."""
        row = {
            "key": entry.key,
            "user_name": entry.user,
            "deputy": entry.deputy,
            "from_at": entry.from_at,
            "until_at": entry.until_at,
            "note": entry.note,
            "entered_by": entry.entered_by,
            "entered_at": at,
        }
        self._work.execute(insert(absence), row)

    def find(self, key: int) -> Absence | None:
        """Return the absence; None when there is none."""
        row = self._work.execute(select(absence).where(absence.c.key == key)).one_or_none()
        return None if row is None else _absence(row)

    def remove(self, key: int) -> None:
        """Remove one that has not begun."""
        self._work.execute(delete(absence).where(absence.c.key == key))

    def end(self, key: int) -> None:
        """End one now."""
        self._work.execute(update(absence).where(absence.c.key == key).values(until_at=self._now))

    def overlapping(self, user: str, from_at: datetime, until_at: datetime) -> bool:
        """Return whether the person has an absence in that time already."""
        query = select(absence.c.key).where(
            absence.c.user_name == user, absence.c.from_at < until_at, absence.c.until_at > from_at
        )
        return self._work.execute(query.limit(1)).first() is not None

    def lately(self, people: Sequence[str] | None, *, ended_after: datetime, limit: int) -> list[Absence]:
        """Return absences that end after a moment, by their beginning; of `people` (or for whom they stand in)."""
        query = select(absence).where(absence.c.until_at > ended_after)
        if people is not None:
            query = query.where(absence.c.user_name.in_(people) | absence.c.deputy.in_(people))
        rows = self._work.execute(query.order_by(absence.c.from_at, absence.c.key).limit(limit))
        return [_absence(row) for row in rows]


def _absence(row: Row[Any]) -> Absence:
    return Absence(row.key, row.user_name, row.deputy, row.from_at, row.until_at, row.note, row.entered_by)
