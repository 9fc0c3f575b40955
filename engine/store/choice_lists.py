"""What forms offer to choose from: records of a register, people, groups, units."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from engine.model import Label
from engine.store.tables import group_account, membership, record, unit, user_account
from engine.store.unit_of_work import UnitOfWork

#: Beyond this a person must search; no form of ours offers more.
_MOST = 2000


class ChoiceLists:
    """Choices of one unit of work: (value, label), sorted by what people read."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def records(self, record_type: str) -> list[tuple[str, Label]]:
        """Return open records of a type; restricted ones are nobody's choice."""
        query = (
            select(record.c.number, record.c.title)
            .where(record.c.type == record_type, record.c.closed_at.is_(None), record.c.is_restricted.is_(False))
            .order_by(record.c.title, record.c.number)
            .limit(_MOST)
        )
        return [(row.number, _same(f"{row.title} ({row.number})")) for row in self._work.execute(query)]

    def people(self, groups: Sequence[str] = ()) -> list[tuple[str, Label]]:
        """Return active people; only members of `groups` when some are named."""
        query = select(user_account.c.name, user_account.c.display_name).where(user_account.c.is_active)
        if groups:
            members = select(membership.c.user_name).where(membership.c.group_name.in_(groups))
            query = query.where(user_account.c.name.in_(members))
        query = query.order_by(user_account.c.display_name).limit(_MOST)
        return [(row.name, _same(row.display_name)) for row in self._work.execute(query)]

    def groups(self) -> list[tuple[str, Label]]:
        """Return all groups."""
        rows = self._work.execute(select(group_account).order_by(group_account.c.label_id))
        return [(row.name, Label(row.label_en, row.label_id)) for row in rows]

    def units(self) -> list[tuple[str, Label]]:
        """Return all units of the organisation."""
        rows = self._work.execute(select(unit).order_by(unit.c.label_id))
        return [(row.name, Label(row.label_en, row.label_id)) for row in rows]


def _same(text: str) -> Label:
    return Label(text, text)
