"""Who watches a record, and how its requester rated it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.store.tables import record_rating, record_watcher
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Rating:
    """How satisfied the requester of a closed record is: 1 to 5 stars, and words."""

    stars: int
    words: str
    rated_at: datetime


class Watchers:
    """Watchers of records of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, record_key: int, user: str, *, at: datetime) -> None:
        """Insert; the same again is no error."""
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(record_watcher).on_conflict_do_nothing()
        self._work.execute(insertion, {"record_key": record_key, "user_name": user, "since": at})

    def remove(self, record_key: int, user: str) -> None:
        """Delete, if there is one."""
        table = record_watcher
        self._work.execute(delete(table).where(table.c.record_key == record_key, table.c.user_name == user))

    def of_record(self, record_key: int) -> set[str]:
        """Return the login names of those who watch."""
        query = select(record_watcher.c.user_name).where(record_watcher.c.record_key == record_key)
        return set(self._work.execute(query).scalars())


class Ratings:
    """Ratings of records of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def put(self, record_key: int, user: str, rating: Rating) -> None:
        """Write the rating instead of the one before."""
        self._work.execute(delete(record_rating).where(record_rating.c.record_key == record_key))
        row = {"record_key": record_key, "user_name": user, "stars": rating.stars, "words": rating.words}
        self._work.execute(insert(record_rating), row | {"rated_at": rating.rated_at})

    def of_record(self, record_key: int) -> Rating | None:
        """Return the rating, if there is one."""
        query = select(record_rating).where(record_rating.c.record_key == record_key)
        row = self._work.execute(query).one_or_none()
        return None if row is None else Rating(row.stars, row.words, row.rated_at)
