"""What forms offer to choose from: records of a register, people, groups, units."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from engine.model import Label
from engine.store.json_match import has_field
from engine.store.people import holds
from engine.store.tables import group_account, membership, record, unit, user_account
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.readers import Reader, sees_record

#: No list of people is longer.
_MOST = 2000
#: Of records a form offers so many at once; beyond them a person searches.
MOST_RECORDS = 200
_MOST_WORDS = 8


class ChoiceLists:
    """Choices of one unit of work: (value, label), sorted by what people read."""

    def __init__(self, work: UnitOfWork, now: datetime) -> None:
        self._work = work
        self._now = now

    def records(
        self,
        record_type: str,
        where: Mapping[str, str],
        find: str,
        named: Collection[str],
        reader: Reader | None = None,
    ) -> tuple[list[tuple[str, Label]], bool]:
        """Return open records of a type, and whether there are more; restricted ones are nobody's choice.

        `where` names fields (or `state`) and what they must be, `find` words of title or number. Those whose number is
        in `named` come in any case, so that a choice made earlier stays one. Only those that `reader` may see.
        """
        offered = self._offered(record_type, where)
        if reader is not None:
            offered = offered.where(sees_record(reader))
        found = offered.where(*(self._holds(word) for word in find.split()[:_MOST_WORDS]))
        found = found.order_by(self._title(), record.c.number).limit(MOST_RECORDS + 1)
        rows = {row.number: row.title for row in self._work.execute(found)}
        is_part = len(rows) > MOST_RECORDS
        rows = dict(list(rows.items())[:MOST_RECORDS])
        missing = sorted(set(named) - set(rows))[:_MOST]
        if missing:
            rows |= {row.number: row.title for row in self._work.execute(offered.where(record.c.number.in_(missing)))}
        return [(number, _same(f"{title} ({number})")) for number, title in rows.items()], is_part

    def _offered(self, record_type: str, where: Mapping[str, str]) -> Select[Any]:
        query = select(record.c.number, record.c.title).where(
            record.c.type == record_type, record.c.closed_at.is_(None), record.c.is_restricted.is_(False)
        )
        for name, value in where.items():
            is_sqlite = self._work.is_sqlite
            condition = has_field(record.c.fields, name, value, is_sqlite=is_sqlite)
            query = query.where(record.c.state == value if name == "state" else condition)
        return query

    def _holds(self, word: str) -> ColumnElement[bool]:
        words = func.lower(record.c.title).contains(word.lower(), autoescape=True)
        return or_(words, record.c.number.contains(word.upper(), autoescape=True))

    def _title(self) -> ColumnElement[Any]:
        return func.sort_key(record.c.title) if self._work.is_sqlite else func.lower(record.c.title)

    def people(self, groups: Sequence[str] = ()) -> list[tuple[str, Label]]:
        """Return active people; only members of `groups` when some are named."""
        query = select(user_account.c.name, user_account.c.display_name).where(user_account.c.is_active)
        if groups:
            members = select(membership.c.user_name).where(membership.c.group_name.in_(groups), holds(self._now))
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
