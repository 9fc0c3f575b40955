"""Entries of a register as its list shows them: filtered, sorted as a reader sorts, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Float,
    Select,
    String,
    and_,
    case,
    cast,
    collate,
    func,
    literal,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB

from engine.model import Record
from engine.store.json_match import has_field
from engine.store.record_search import matching_keys
from engine.store.records import record_of
from engine.store.tables import record, user_account
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.readers import Reader, sees_record

_FETCH = 500
#: PostgreSQL's collation of each language of the interface.
_COLLATIONS = {"id": "id-x-icu", "en": "en-x-icu"}


class SortKind(Enum):
    """How the values of a column are compared."""

    TEXT = "text"  #: as people of that language sort words
    NUMBER = "number"
    CHOICE = "choice"  #: in the order in which the options stand
    PERSON = "person"  #: by display name
    RECORD = "record"  #: by title


@dataclass(frozen=True, slots=True)
class Order:
    """The column by which a list is sorted; `name` is a field, or a column of every record."""

    name: str = "number"
    kind: SortKind = SortKind.TEXT
    is_descending: bool = False
    options: tuple[str, ...] = ()  #: of a choice


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """What is wanted of a register; everything that is not given is any."""

    type: str
    is_open: bool | None = None
    state: str = ""
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """A record, and by what it was sorted."""

    record: Record
    sort_value: Any


def list_entries(
    work: UnitOfWork,
    reader: Reader,
    wanted: EntryFilter,
    order: Order,
    *,
    language: str,
    after: tuple[Any, int] | None,
    limit: int,
) -> list[ListedEntry]:
    """Return visible entries behind the place `after` (sort value, key), in one statement."""
    value = _sort_value(work, order, language)
    query = _wanted(work, reader, wanted, select(record, value.label("sort_value")))
    if query is None:
        return []
    if after is not None:
        query = query.where(_behind(value, order, after))
    direction = (value.desc(), record.c.key.desc()) if order.is_descending else (value, record.c.key)
    rows = work.execute(query.order_by(*direction).limit(limit))
    return [ListedEntry(record_of(row), row.sort_value) for row in rows]


def every_entry(work: UnitOfWork, reader: Reader, wanted: EntryFilter, *, limit: int) -> Iterator[Record]:
    """Yield visible entries by number, without holding them all."""
    query = _wanted(work, reader, wanted, select(record))
    if query is None:
        return
    query = query.order_by(record.c.number).limit(limit).execution_options(yield_per=_FETCH)
    with work.execute(query) as rows:
        yield from (record_of(row) for row in rows)


def open_counts(work: UnitOfWork, reader: Reader, types: Sequence[str]) -> dict[str, int]:
    """Return how many open entries of each register this person may see."""
    query = (
        select(record.c.type, func.count())
        .where(record.c.type.in_(types), record.c.closed_at.is_(None), sees_record(reader))
        .group_by(record.c.type)
    )
    return {row[0]: row[1] for row in work.execute(query)}


def _wanted(work: UnitOfWork, reader: Reader, wanted: EntryFilter, query: Select[Any]) -> Select[Any] | None:
    query = query.where(record.c.type == wanted.type, sees_record(reader))
    if wanted.is_open is not None:
        query = query.where(record.c.closed_at.is_(None) if wanted.is_open else record.c.closed_at.is_not(None))
    if wanted.state:
        query = query.where(record.c.state == wanted.state)
    for name, value in wanted.fields.items():
        query = query.where(has_field(record.c.fields, name, value, is_sqlite=work.is_sqlite))
    if wanted.numbers:
        query = query.where(record.c.number.in_(wanted.numbers))
    if wanted.text.strip():
        keys = matching_keys(work, reader, wanted.text)
        return None if keys is None else query.where(record.c.key.in_(keys))
    return query


# ---- sorting --------------------------------------------------------------------------------


def _behind(value: ColumnElement[Any], order: Order, after: tuple[Any, int]) -> ColumnElement[bool]:
    last, key = literal(after[0], value.type), after[1]
    if order.is_descending:
        return or_(value < last, and_(value == last, record.c.key < key))
    return or_(value > last, and_(value == last, record.c.key > key))


def _sort_value(work: UnitOfWork, order: Order, language: str) -> ColumnElement[Any]:
    """Return what is compared; nothing counts as empty text, or as the smallest number."""
    if order.name == "number":
        return record.c.number
    if order.name in ("created_at", "updated_at"):
        return type_coerce(record.c[order.name], BigInteger)
    text = record.c[order.name] if order.name in ("title", "state") else _text(work, order.name)
    if order.kind is SortKind.CHOICE:
        places = {option: place for place, option in enumerate(order.options)}
        return case(places, value=text, else_=len(places)) if places else literal(0)
    if order.kind is SortKind.NUMBER and order.name not in ("title", "state"):
        return _number(work, order.name)
    if order.kind is SortKind.PERSON:
        name = select(user_account.c.display_name).where(user_account.c.name == text).scalar_subquery()
        text = func.coalesce(name, text)
    if order.kind is SortKind.RECORD:
        other = record.alias("other")
        text = func.coalesce(select(other.c.title).where(other.c.number == text).scalar_subquery(), text)
    return _sorted_text(work, func.coalesce(text, ""), language)


def _sorted_text(work: UnitOfWork, text: ColumnElement[Any], language: str) -> ColumnElement[Any]:
    if work.is_sqlite:
        return type_coerce(func.sort_key(text), String)
    return collate(cast(text, String), _COLLATIONS.get(language, _COLLATIONS["en"]))


def _text(work: UnitOfWork, name: str) -> ColumnElement[Any]:
    """Return a field as text. Names come from content, checked to be letters, digits and _."""
    column = type_coerce(record.c.fields, String)
    if work.is_sqlite:
        return type_coerce(func.json_extract(column, f"$.{name}"), String)
    return cast(column, JSONB).op("->>", return_type=String())(literal(name, String))


def _number(work: UnitOfWork, name: str) -> ColumnElement[Any]:
    smallest = literal(-1e300, Float)
    column = type_coerce(record.c.fields, String)
    if work.is_sqlite:
        is_real = func.json_type(column, f"$.{name}").in_(("integer", "real"))
        return case((is_real, type_coerce(func.json_extract(column, f"$.{name}"), Float)), else_=smallest)
    value = cast(column, JSONB).op("->", return_type=JSONB())(literal(name, String))
    is_number = func.jsonb_typeof(value) == "number"
    return case((is_number, cast(cast(value, String), Float)), else_=smallest)
