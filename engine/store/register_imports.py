"""Spreadsheets on their way into registers, in chunks of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from engine.model import ImportState, RegisterImport
from engine.store.tables import register_import, register_import_chunk
from engine.store.unit_of_work import UnitOfWork

#: The chunk that holds what is true of the whole file.
_WHOLE = -1
CHUNK_ROWS = 200
_WORKING = (ImportState.CHECKING.value, ImportState.APPLYING.value)
_BODY_GOES = (ImportState.APPLIED, ImportState.REFUSED, ImportState.DROPPED)


class RegisterImports:
    """Imports of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, new: RegisterImport, whole: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert an import with its rows as read, and what is known of the whole file."""
        values = {
            "key": new.key,
            "type": new.type,
            "user_name": new.user,
            "file_name": new.file_name,
            "state": new.state.value,
            "total": new.total,
            "checked": new.checked,
            "wrong": new.wrong,
            "created_at": new.created_at,
            "applied_at": None,
        }
        self._work.execute(insert(register_import), values)
        chunks = [(_WHOLE, whole, True)]
        chunks += [(first, rows[first : first + CHUNK_ROWS], False) for first in range(0, len(rows), CHUNK_ROWS)]
        self._work.execute(
            insert(register_import_chunk),
            [
                {"import_key": new.key, "first": first, "rows": found, "is_checked": done}
                for first, found, done in chunks
            ],
        )

    def get(self, key: int, *, is_locked: bool = False) -> RegisterImport | None:
        """Return an import; locked until the transaction ends when asked for."""
        query = select(register_import).where(register_import.c.key == key)
        row = self._work.execute(query.with_for_update() if is_locked else query).one_or_none()
        return None if row is None else _import(row)

    def working(self) -> RegisterImport | None:
        """Return the oldest import that is being checked or applied."""
        query = select(register_import).where(register_import.c.state.in_(_WORKING)).order_by(register_import.c.key)
        row = self._work.execute(query.limit(1)).one_or_none()
        return None if row is None else _import(row)

    def working_since(self) -> datetime | None:
        """Return when the oldest import began that is being checked or applied."""
        query = select(func.min(register_import.c.created_at)).where(register_import.c.state.in_(_WORKING))
        moment: datetime | None = self._work.execute(query).scalar_one()
        return moment

    def whole(self, key: int) -> Any:
        """Return what is known of the whole file."""
        query = select(register_import_chunk.c.rows).where(*_place(key, _WHOLE))
        return self._work.execute(query).scalar_one_or_none()

    def next_unchecked(self, key: int) -> tuple[int, list[dict[str, Any]]] | None:
        """Return (first, rows) of the next chunk to check."""
        table = register_import_chunk.c
        query = select(table.first, table.rows).where(table.import_key == key, table.is_checked.is_(False))
        row = self._work.execute(query.order_by(table.first).limit(1)).one_or_none()
        return None if row is None else (row.first, row.rows)

    def put_checked(self, key: int, first: int, rows: Sequence[Mapping[str, Any]], wrong: int) -> None:
        """Write a chunk that was checked."""
        statement = update(register_import_chunk).where(*_place(key, first))
        self._work.execute(statement.values(rows=list(rows), is_checked=True))
        table = register_import.c
        counts = {"checked": table.checked + len(rows), "wrong": table.wrong + wrong}
        self._work.execute(update(register_import).where(table.key == key).values(counts))

    def chunks(self, key: int) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of each chunk in order, without holding them all."""
        table = register_import_chunk.c
        firsts = select(table.first).where(table.import_key == key, table.first > _WHOLE).order_by(table.first)
        for first in list(self._work.execute(firsts).scalars()):
            yield self._work.execute(select(table.rows).where(*_place(key, first))).scalar_one()

    def move(self, key: int, state: ImportState, at: datetime) -> None:
        """Write the state; what is over keeps no rows."""
        values: dict[str, Any] = {"state": state.value}
        if state is ImportState.APPLIED:
            values["applied_at"] = at
        self._work.execute(update(register_import).where(register_import.c.key == key).values(values))
        if state in _BODY_GOES:
            self._work.execute(delete(register_import_chunk).where(register_import_chunk.c.import_key == key))


def _place(key: int, first: int) -> tuple[Any, Any]:
    return register_import_chunk.c.import_key == key, register_import_chunk.c.first == first


def _import(row: Row[Any]) -> RegisterImport:
    return RegisterImport(
        row.key,
        row.type,
        row.user_name,
        row.file_name,
        ImportState(row.state),
        row.total,
        row.checked,
        row.wrong,
        row.created_at,
        row.applied_at,
    )
