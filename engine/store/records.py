"""Records with their numbers, people and links."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from engine.errors import AlreadyExists, RecordNotFound
from engine.model import Label, Record, RecordKey, RecordLink
from engine.store.json_match import field_matches, has_field
from engine.store.record_search import touch
from engine.store.tables import record, record_link, record_number, record_person
from engine.store.unit_of_work import UnitOfWork

_RECORD = Label("record", "rekaman")
_FETCH = 500


class Records:
    """Records of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def next_number(self, prefix: str, year: int) -> int:
        """Return the next counter of `prefix` and `year`, from 1.

        The counter is a row of this transaction: whoever comes next waits for its end, and a
        rollback gives the number back, so that numbers have no gaps.
        """
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(record_number)
        statement = insertion.on_conflict_do_update(
            index_elements=["prefix", "year"], set_={"last": record_number.c.last + 1}
        ).returning(record_number.c.last)
        number: int = self._work.execute(statement, {"prefix": prefix, "year": year, "last": 1}).scalar_one()
        return number

    def reserve_numbers(self, prefix: str, year: int, numbers: Collection[int]) -> list[tuple[int, int]]:
        """Let the counter go on after numbers that records brought along; return the gaps (first, last) they left.

        Whoever asks for a number meanwhile waits for the end of this transaction.
        """
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(record_number)
        place = {"prefix": prefix, "year": year}
        self._work.execute(insertion.on_conflict_do_nothing(), {**place, "last": 0})
        mine = and_(record_number.c.prefix == prefix, record_number.c.year == year)
        last: int = self._work.execute(select(record_number.c.last).where(mine).with_for_update()).scalar_one()
        gaps: list[tuple[int, int]] = []
        for number in sorted(number for number in set(numbers) if number > last):
            if number > last + 1:
                gaps.append((last + 1, number - 1))
            last = number
        self._work.execute(update(record_number).where(mine).values(last=last))
        return gaps

    def existing(self, numbers: Sequence[str]) -> set[str]:
        """Return those numbers that are taken."""
        return set(self._work.execute(select(record.c.number).where(record.c.number.in_(numbers))).scalars())

    def add(self, new: Record) -> None:
        """Insert; raises AlreadyExists when the number is taken."""
        row = _row(new)
        try:
            with self._work.connection.begin_nested():
                self._work.execute(insert(record), row)
        except IntegrityError as error:
            raise AlreadyExists(_RECORD, new.number) from error
        touch(self._work, new.key)

    def add_many(self, records: Sequence[Record]) -> None:
        """Insert with one statement; the caller knows that no number is taken."""
        if records:
            self._work.execute(insert(record), [_row(new) for new in records])
        for new in records:
            touch(self._work, new.key)

    def save(self, changed: Record) -> None:
        """Write title, state, fields, requester, is_restricted, updated_at and closed_at; raises RecordNotFound."""
        statement = update(record).where(record.c.key == changed.key)
        values = _written(changed) | {"revision": record.c.revision + 1}
        if self._work.execute(statement.values(values)).rowcount != 1:
            raise RecordNotFound(changed.number)
        touch(self._work, changed.key)

    def get(self, number: str) -> Record:
        """Return the record; raises RecordNotFound."""
        found = self.find_number(number)
        if found is None:
            raise RecordNotFound(number)
        return found

    def find_number(self, number: str) -> Record | None:
        """Return the record, or None."""
        query = select(record).where(record.c.number == number)
        row = self._work.once(("record", number), lambda: self._work.execute(query).one_or_none())
        return None if row is None else record_of(row)

    def lock(self, numbers: Collection[str]) -> None:
        """Let whoever changes these records next wait for the end of this transaction."""
        query = select(record.c.key).where(record.c.number.in_(numbers)).order_by(record.c.key).with_for_update()
        self._work.execute(query)

    def number_of(self, key: RecordKey) -> str:
        """Return the number of a record that exists."""
        number: str = self._work.execute(select(record.c.number).where(record.c.key == key)).scalar_one()
        return number

    def get_many(self, numbers: Collection[str]) -> dict[str, Record]:
        """Return number -> record, in one statement; raises RecordNotFound when one is missing."""
        rows = self._work.execute(select(record).where(record.c.number.in_(numbers)))
        found = {row.number: record_of(row) for row in rows}
        for number in numbers:
            if number not in found:
                raise RecordNotFound(number)
        return found

    def find(
        self, record_type: str | None, where: Mapping[str, Any], *, is_open: bool | None = None, limit: int = 1000
    ) -> list[Record]:
        """Return records by number, those that match every entry of `where`.

        An entry matches when the top-level field equals the value, or is a list that contains it.
        `is_open` asks for records without (True) or with (False) `closed_at`. A `record_type` of
        None means any.
        """
        conditions: list[ColumnElement[bool]] = []
        if record_type is not None:
            conditions.append(record.c.type == record_type)
        if is_open is not None:
            conditions.append(record.c.closed_at.is_(None) if is_open else record.c.closed_at.is_not(None))
        conditions += [
            has_field(record.c.fields, name, value, is_sqlite=self._work.is_sqlite) for name, value in where.items()
        ]
        statement = select(record).where(*conditions).order_by(record.c.number).execution_options(yield_per=_FETCH)
        with self._work.execute(statement) as rows:
            # Databases compare JSON more loosely than we do (SQLite takes true for 1), so each hit is looked at again.
            return list(islice(_matching((record_of(row) for row in rows), where), limit))

    # ---- people -----------------------------------------------------------------------------

    def set_people(self, record_key: RecordKey, role: str, users: Sequence[str]) -> None:
        """Make `users` the people of that role, instead of whoever was."""
        of_role = (record_person.c.record_key == record_key) & (record_person.c.role == role)
        self._work.execute(delete(record_person).where(of_role))
        rows = [{"record_key": record_key, "role": role, "user_name": user} for user in dict.fromkeys(users)]
        if rows:
            self._work.execute(insert(record_person), rows)
        touch(self._work, record_key)

    def people(self, record_key: RecordKey) -> dict[str, list[str]]:
        """Return role -> login names."""
        statement = select(record_person).where(record_person.c.record_key == record_key)
        people: dict[str, list[str]] = {}
        for row in self._work.execute(statement.order_by(record_person.c.role, record_person.c.user_name)):
            people.setdefault(row.role, []).append(row.user_name)
        return people

    # ---- links ------------------------------------------------------------------------------

    def add_link(self, link: RecordLink, *, by: str, at: datetime) -> None:
        """Insert; the same link again is no error. Raises RecordNotFound."""
        self.add_links([link], by=by, at=at)

    def add_links(self, links: Sequence[RecordLink], *, by: str, at: datetime) -> None:
        """Insert; those that are there are no error. Raises RecordNotFound."""
        keys = self._keys({number for link in links for number in (link.from_number, link.to_number)})
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(record_link).on_conflict_do_nothing()
        rows = [
            {
                "from_key": keys[link.from_number],
                "to_key": keys[link.to_number],
                "kind": link.kind,
                "created_at": at,
                "created_by": by,
            }
            for link in links
        ]
        if rows:
            self._work.execute(insertion, rows)

    def remove_link(self, link: RecordLink) -> bool:
        """Delete; False when there is no such link. Raises RecordNotFound."""
        keys = self._keys({link.from_number, link.to_number})
        place = (keys[link.from_number], keys[link.to_number], link.kind)
        columns = (record_link.c.from_key, record_link.c.to_key, record_link.c.kind)
        mine = and_(*(column == value for column, value in zip(columns, place, strict=True)))
        return self._work.execute(delete(record_link).where(mine)).rowcount == 1

    def links(self, numbers: Collection[str], kinds: Collection[str]) -> list[RecordLink]:
        """Return the links of those kinds that start or end at one of `numbers`."""
        start, end = record.alias("start"), record.alias("end")
        statement = (
            select(start.c.number.label("from_number"), end.c.number.label("to_number"), record_link.c.kind)
            .join(start, start.c.key == record_link.c.from_key)
            .join(end, end.c.key == record_link.c.to_key)
            .where(record_link.c.kind.in_(kinds), or_(start.c.number.in_(numbers), end.c.number.in_(numbers)))
            .order_by(record_link.c.created_at, start.c.number, end.c.number)
        )
        return [RecordLink(row.from_number, row.to_number, row.kind) for row in self._work.execute(statement)]

    def _keys(self, numbers: Collection[str]) -> dict[str, int]:
        statement = select(record.c.number, record.c.key).where(record.c.number.in_(numbers))
        keys: dict[str, int] = {row.number: row.key for row in self._work.execute(statement)}
        for number in numbers:
            if number not in keys:
                raise RecordNotFound(number)
        return keys


def record_of(row: Any) -> Record:
    """Turn a row of record into a value."""
    return Record(
        key=RecordKey(row.key),
        type=row.type,
        number=row.number,
        title=row.title,
        state=row.state,
        fields=row.fields,
        requester=row.requester,
        is_restricted=row.is_restricted,
        created_at=row.created_at,
        updated_at=row.updated_at,
        closed_at=row.closed_at,
    )


def _row(new: Record) -> dict[str, Any]:
    place = {"key": new.key, "type": new.type, "number": new.number, "created_at": new.created_at, "revision": 1}
    return _written(new) | place


def _written(changed: Record) -> dict[str, Any]:
    return {
        "title": changed.title,
        "state": changed.state,
        "fields": dict(changed.fields),
        "requester": changed.requester,
        "is_restricted": changed.is_restricted,
        "updated_at": changed.updated_at,
        "closed_at": changed.closed_at,
    }


def _matching(records: Iterator[Record], where: Mapping[str, Any]) -> Iterator[Record]:
    return (
        found for found in records if all(field_matches(found.fields.get(name), value) for name, value in where.items())
    )
