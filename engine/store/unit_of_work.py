"""The only place that commits: one unit of work per command, all of it or none of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, OperationalError
from sqlalchemy.sql import Executable

from engine.errors import InputInvalid, StoreUnavailable
from engine.model import Label
from engine.store.search_words import fold

_BUSY_TIMEOUT_SECONDS = 30

Answer = TypeVar("Answer")


class Database:
    """Connections to one SQLite file or one PostgreSQL database, shared by all threads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = url.startswith("sqlite")
        self.sql = create_engine(url, **_engine_options(self.is_sqlite))
        # SQLite has one writer and lets waiting processes starve; inside one process a fair
        # queue in front of BEGIN IMMEDIATE keeps every thread's wait short.
        self._write_lock = threading.Lock() if self.is_sqlite else None
        if self.is_sqlite:
            _set_up_sqlite(self.sql)

    def write_lock(self) -> Any:
        """Return what a writer must hold: a lock on SQLite, nothing on PostgreSQL."""
        return self._write_lock or nullcontext()

    def close(self) -> None:
        """Close every pooled connection."""
        self.sql.dispose()


class UnitOfWork:
    """One transaction. Nouns of the store take it and read or write through `execute`."""

    def __init__(self, connection: Connection, *, is_sqlite: bool, only_reads: bool = False) -> None:
        self.connection = connection
        self.is_sqlite = is_sqlite
        self._remembered: dict[object, Any] | None = {} if only_reads else None
        self._later: dict[Callable[[UnitOfWork, Collection[int]], None], set[int]] = {}

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run one statement; a list of parameters becomes one `executemany`.

        Raises InputInvalid for a value that no column holds: a number beyond 64 bits, text with a NUL.
        """
        try:
            return self.connection.execute(statement, parameters)
        except (DataError, OverflowError, UnicodeEncodeError) as error:
            raise InputInvalid(
                Label(
                    "A number is too large, or a text holds a character that cannot be kept.",
                    "Ada bilangan yang terlalu besar, atau teks dengan karakter yang tidak dapat disimpan.",
                )
            ) from error

    def once(self, name: object, read: Callable[[], Answer]) -> Answer:
        """Return what `read` gives; a unit of work that only reads asks once for each `name`."""
        if self._remembered is None:
            return read()
        if name not in self._remembered:
            self._remembered[name] = read()
        found: Answer = self._remembered[name]
        return found

    def later(self, action: Callable[[UnitOfWork, Collection[int]], None], key: int) -> None:
        """Have `action` done once before the transaction ends, with all keys that it was asked for."""
        self._later.setdefault(action, set()).add(key)

    def finish(self) -> None:
        """Do what waits for the end of the transaction."""
        while self._later:
            action, keys = self._later.popitem()
            action(self, keys)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block wrote when it raises; what was written before stays."""
        with self.connection.begin_nested():
            yield


@contextmanager
def unit_of_work(database: Database) -> Iterator[UnitOfWork]:
    """Give a unit of work that commits when the block ends and rolls back when it raises.

    Raises StoreUnavailable when the database cannot be reached or stays locked.
    """
    with database.write_lock(), _translated(), database.sql.connect() as connection:
        if database.is_sqlite:
            # IMMEDIATE: a reader that turns writer would fail at once when another wrote meanwhile.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        work = UnitOfWork(connection, is_sqlite=database.is_sqlite)
        yield work
        work.finish()
        connection.commit()


@contextmanager
def read_only(database: Database) -> Iterator[UnitOfWork]:
    """Give a unit of work for questions: one consistent snapshot on SQLite, never committed."""
    with _translated(), database.sql.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("BEGIN")
        yield UnitOfWork(connection, is_sqlite=database.is_sqlite, only_reads=True)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise StoreUnavailable from error
    except DBAPIError as error:
        # SQLite says DatabaseError itself of a file that is no database, or a damaged one.
        if error.connection_invalidated or type(error) is DatabaseError:
            raise StoreUnavailable from error
        raise


def _engine_options(is_sqlite: bool) -> dict[str, Any]:
    if is_sqlite:
        return {"connect_args": {"timeout": _BUSY_TIMEOUT_SECONDS, "check_same_thread": False}}
    return {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}


def _set_up_sqlite(sql: Engine) -> None:
    @event.listens_for(sql, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        # The driver must not open transactions by itself: we say BEGIN IMMEDIATE.
        connection.isolation_level = None
        connection.create_function("sort_key", 1, _sort_key, deterministic=True)
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _sort_key(value: Any) -> Any:
    """Return by what a reader sorts a text: without case and accents, as PostgreSQL's collations of both languages."""
    return fold(value) if isinstance(value, str) else value


#: PostgreSQL: serialization failure, deadlock detected.
_TRY_AGAIN = {"40001", "40P01"}


def is_worth_another_try(error: StoreUnavailable) -> bool:
    """Return whether two transactions got in each other's way, so that the same command may now succeed."""
    cause = error.__cause__
    return isinstance(cause, DBAPIError) and getattr(cause.orig, "sqlstate", None) in _TRY_AGAIN
