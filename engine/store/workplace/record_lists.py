"""Records as lists show them: mine, and what a search finds; only what the person may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select

from engine.model import Group, Label
from engine.store.tables import group_account, record, record_person, user_account
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.inbox_list import Place
from engine.store.workplace.readers import Reader, sees_record


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """One line of a list of records."""

    key: int
    type: str
    number: str
    title: str
    state: str
    requester_name: str | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None

    @property
    def place(self) -> Place:
        """Return the record's place in its list."""
        return Place(self.created_at, self.key)


def records_of(
    work: UnitOfWork, person: str, *, is_open: bool | None, after: Place | None, limit: int
) -> list[ListedRecord]:
    """Return records that this person asked for or belongs to, newest first."""
    belongs = exists().where(record_person.c.record_key == record.c.key, record_person.c.user_name == person)
    query = _listed().where(or_(record.c.requester == person, belongs))
    if is_open is not None:
        query = query.where(record.c.closed_at.is_(None) if is_open else record.c.closed_at.is_not(None))
    if after is not None:
        query = query.where(_earlier(after))
    return _read(work, query, limit)


def records_matching(work: UnitOfWork, reader: Reader, text: str, *, limit: int) -> list[ListedRecord]:
    """Return visible records whose number begins with `text`, or whose title or requester contains it, newest first."""
    number = record.c.number.startswith(text.upper(), autoescape=True)
    title = func.lower(record.c.title).contains(text.lower(), autoescape=True)
    requester = func.lower(_REQUESTER.c.display_name).contains(text.lower(), autoescape=True)
    return _read(work, _listed().where(or_(number, title, requester), sees_record(reader)), limit)


def records_with_keys(work: UnitOfWork, reader: Reader, keys: Collection[int]) -> list[ListedRecord]:
    """Return visible records with one of these keys, newest first."""
    query = _listed().where(record.c.key.in_(keys), sees_record(reader))
    return [_listed_record(row) for row in work.execute(query.order_by(record.c.key.desc()))]


_REQUESTER = user_account.alias("requester")


def _listed() -> Select[Any]:
    columns = [
        record.c[name] for name in ("key", "type", "number", "title", "state", "created_at", "updated_at", "closed_at")
    ]
    requester = func.coalesce(_REQUESTER.c.display_name, record.c.requester).label("requester_name")
    return select(*columns, requester).outerjoin(_REQUESTER, _REQUESTER.c.name == record.c.requester)


def _earlier(after: Place) -> ColumnElement[bool]:
    same_moment = and_(record.c.created_at == after.at, record.c.key < after.key)
    return or_(record.c.created_at < after.at, same_moment)


def _read(work: UnitOfWork, query: Select[Any], limit: int) -> list[ListedRecord]:
    rows = work.execute(query.order_by(record.c.created_at.desc(), record.c.key.desc()).limit(limit))
    return [_listed_record(row) for row in rows]


def _listed_record(row: Row[Any]) -> ListedRecord:
    return ListedRecord(
        row.key,
        row.type,
        row.number,
        row.title,
        row.state,
        row.requester_name,
        row.created_at,
        row.updated_at,
        row.closed_at,
    )


def display_names(work: UnitOfWork, names: Collection[str]) -> dict[str, str]:
    """Return login name -> display name."""
    query = select(user_account.c.name, user_account.c.display_name).where(user_account.c.name.in_(names))
    return {row.name: row.display_name for row in work.execute(query)}


def group_labels(work: UnitOfWork, names: Collection[str]) -> dict[str, Group]:
    """Return group name -> group."""
    if not names:
        return {}
    rows = work.execute(select(group_account).where(group_account.c.name.in_(names)))
    return {row.name: Group(row.name, Label(row.label_en, row.label_id)) for row in rows}


@dataclass(frozen=True, slots=True)
class Referenced:
    """Another record that a field names; a page links to it only when its reader may see it."""

    number: str
    title: str
    is_visible: bool


def referenced_records(work: UnitOfWork, reader: Reader, numbers: Collection[str]) -> dict[str, Referenced]:
    """Return number -> record; restricted ones that the reader may not see keep their title to themselves."""
    visible = sees_record(reader).label("is_visible")
    query = select(record.c.number, record.c.title, record.c.is_restricted, visible).where(record.c.number.in_(numbers))
    return {
        row.number: Referenced(
            row.number, row.title if row.is_visible or not row.is_restricted else "", bool(row.is_visible)
        )
        for row in work.execute(query)
    }
