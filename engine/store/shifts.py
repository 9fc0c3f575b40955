"""Rosters: who of a group is on duty, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, insert, select

from engine.model import Shift
from engine.store.people import holds
from engine.store.tables import membership, shift, user_account
from engine.store.unit_of_work import UnitOfWork


class Shifts:
    """Shifts of one unit of work."""

    def __init__(self, work: UnitOfWork, now: datetime) -> None:
        self._work = work
        self._now = now

    def on_duty(self, group: str) -> list[str]:
        """Return the active members of the group whose shift it is now, by name.

        Who left the group has no duty in it, whatever an old roster says.
        """
        query = (
            select(shift.c.user_name)
            .distinct()
            .join(user_account, and_(user_account.c.name == shift.c.user_name, user_account.c.is_active))
            .join(
                membership,
                and_(
                    membership.c.user_name == shift.c.user_name,
                    membership.c.group_name == shift.c.group_name,
                    holds(self._now),
                ),
            )
            .where(shift.c.group_name == group, shift.c.from_at <= self._now, shift.c.until_at > self._now)
            .order_by(shift.c.user_name)
        )
        return list(self._work.execute(query).scalars())

    def has_roster(self, group: str) -> bool:
        """Return whether anybody ever planned shifts for the group."""
        query = select(shift.c.key).where(shift.c.group_name == group).limit(1)
        return self._work.execute(query).first() is not None

    def add(self, shifts: Sequence[Shift]) -> None:
        """Insert them with one `executemany`."""
        rows = [
            {
                "key": one.key,
                "group_name": one.group,
                "user_name": one.user,
                "from_at": one.from_at,
                "until_at": one.until_at,
            }
            for one in shifts
        ]
        if rows:
            self._work.execute(insert(shift), rows)

    def remove(self, group: str, keys: Sequence[int]) -> list[Shift]:
        """Remove shifts of a group; return those that were there."""
        chosen = (shift.c.group_name == group) & shift.c.key.in_(keys)
        rows = self._work.execute(delete(shift).where(chosen).returning(*shift.c))
        return [Shift(row.key, row.group_name, row.user_name, row.from_at, row.until_at) for row in rows]

    def planned(self, group: str, *, ended_after: datetime, begins_before: datetime, limit: int) -> list[Shift]:
        """Return the shifts of a group that touch a time, by their beginning."""
        query = (
            select(shift)
            .where(shift.c.group_name == group, shift.c.until_at > ended_after, shift.c.from_at < begins_before)
            .order_by(shift.c.from_at, shift.c.key)
            .limit(limit)
        )
        rows = self._work.execute(query)
        return [Shift(row.key, row.group_name, row.user_name, row.from_at, row.until_at) for row in rows]

    def groups(self) -> list[str]:
        """Return the groups that have a roster, by name."""
        return list(self._work.execute(select(shift.c.group_name).distinct().order_by(shift.c.group_name)).scalars())
