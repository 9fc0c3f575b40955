"""Everything a record's own page shows beside its instances."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, exists, func, literal, or_, select, union_all

from engine.errors import RecordNotFound
from engine.model import HistoryEntry, Record
from engine.store.history import entry_of
from engine.store.records import record_of
from engine.store.tables import (
    attachment,
    history_entry,
    record,
    record_comment,
    record_link,
    record_person,
    user_account,
)
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.readers import Reader, sees_record

#: Of one record; the newest ones.
HISTORY_LIMIT = 300


@dataclass(frozen=True, slots=True)
class RecordPerson:
    """A person of a record in a role."""

    role: str
    user: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Another record that this one is linked with; `is_outgoing` when the link starts here."""

    number: str
    title: str
    kind: str
    is_outgoing: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote on a record."""

    key: int
    author_name: str
    body: str
    created_at: datetime
    is_internal: bool


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of a record, without its bytes."""

    key: int
    name: str
    media_type: str
    size_bytes: int
    uploaded_by_name: str
    uploaded_at: datetime


def visible_record(work: UnitOfWork, reader: Reader, number: str) -> Record:
    """Return the record if there is one that this person may see; raises RecordNotFound."""
    row = work.execute(select(record).where(record.c.number == number, sees_record(reader))).one_or_none()
    if row is None:
        raise RecordNotFound(number)
    return record_of(row)


def may_see_record(work: UnitOfWork, reader: Reader, record_key: int) -> bool:
    """Return whether this person may see the record."""
    query = select(record.c.key).where(record.c.key == record_key, sees_record(reader))
    return work.execute(query).first() is not None


def is_requester(work: UnitOfWork, user: str, record_key: int) -> bool:
    """Return whether this person asked for the record."""
    query = select(record.c.key).where(record.c.key == record_key, record.c.requester == user)
    return work.execute(query).first() is not None


def people_of(work: UnitOfWork, record_key: int) -> list[RecordPerson]:
    """Return the people of a record by role."""
    query = (
        select(record_person.c.role, record_person.c.user_name, user_account.c.display_name)
        .outerjoin(user_account, user_account.c.name == record_person.c.user_name)
        .where(record_person.c.record_key == record_key)
        .order_by(record_person.c.role, record_person.c.user_name)
    )
    return [RecordPerson(row.role, row.user_name, row.display_name or row.user_name) for row in work.execute(query)]


def relations_of(work: UnitOfWork, reader: Reader, record_key: int) -> list[Relation]:
    """Return linked records from both sides, only those the person may see."""
    outgoing = select(
        record_link.c.to_key.label("other"), record_link.c.kind, literal(True).label("is_outgoing")
    ).where(record_link.c.from_key == record_key)
    incoming = select(record_link.c.from_key, record_link.c.kind, literal(False)).where(
        record_link.c.to_key == record_key
    )
    links = union_all(outgoing, incoming).subquery()
    query = (
        select(record.c.number, record.c.title, links.c.kind, links.c.is_outgoing)
        .join(links, links.c.other == record.c.key)
        .where(sees_record(reader))
        .order_by(record.c.number)
    )
    return [Relation(row.number, row.title, row.kind, bool(row.is_outgoing)) for row in work.execute(query)]


def comments_on(work: UnitOfWork, record_key: int, reader: str) -> list[Comment]:
    """Return comments, oldest first; internal ones are not for the requester."""
    author = func.coalesce(user_account.c.display_name, record_comment.c.author).label("author_name")
    query = (
        select(record_comment, author)
        .outerjoin(user_account, user_account.c.name == record_comment.c.author)
        .where(record_comment.c.record_key == record_key, _is_for(record_comment, reader))
        .order_by(record_comment.c.created_at, record_comment.c.key)
    )
    return [Comment(row.key, row.author_name, row.body, row.created_at, row.is_internal) for row in work.execute(query)]


def files_of(work: UnitOfWork, record_key: int, reader: str) -> list[AttachedFile]:
    """Return attachments, oldest first; those of internal comments are not for the requester."""
    uploader = func.coalesce(user_account.c.display_name, attachment.c.uploaded_by).label("uploaded_by_name")
    query = (
        select(attachment, uploader)
        .outerjoin(user_account, user_account.c.name == attachment.c.uploaded_by)
        .where(attachment.c.record_key == record_key, _is_for(attachment, reader))
        .order_by(attachment.c.key)
    )
    return [_file(row) for row in work.execute(query)]


def _is_for(table: Table, reader: str) -> ColumnElement[bool]:
    """Return the condition that a comment or file is not internal, or the reader not the requester."""
    asked = exists().where(record.c.key == table.c.record_key, record.c.requester == reader)
    return or_(~table.c.is_internal, ~asked)


def history_of(work: UnitOfWork, record_key: int | None, instance_keys: Collection[int]) -> list[HistoryEntry]:
    """Return the newest entries of the record's (if there is one) and its instances' streams, oldest first."""
    streams = [f"r:{record_key}", *(f"i:{key}" for key in instance_keys)]
    shown = or_(history_entry.c.action.in_(_SHOWN), history_entry.c.stream == f"r:{record_key}")
    query = (
        select(history_entry)
        .where(history_entry.c.stream.in_(streams), shown)
        .order_by(history_entry.c.at.desc(), history_entry.c.stream.desc(), history_entry.c.sequence.desc())
        .limit(HISTORY_LIMIT)
    )
    return [entry_of(row) for row in work.execute(query)][::-1]


#: Actions of an instance's stream that a reader of the record understands.
_SHOWN = (
    "instance_started",
    "instance_completed",
    "instance_canceled",
    "element_completed",
    "user_task_completed",
    "user_task_canceled",
    "user_task_reassigned",
)


def _file(row: Row[Any]) -> AttachedFile:
    return AttachedFile(row.key, row.name, row.media_type, row.size_bytes, row.uploaded_by_name, row.uploaded_at)
