"""Counter rows: what starts and ends is added up here, so that no page counts a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.dialects import postgresql, sqlite

from engine.store.tables import instance_count
from engine.store.unit_of_work import UnitOfWork

#: `day` of the row that counts all time.
ALL_TIME = ""
_SLOTS = 8
_COUNTERS = ("running", "started", "completed", "canceled", "faults")


@dataclass(frozen=True, slots=True)
class CountChange:
    """What one command changed for one instance; the counters are differences."""

    instance_key: int
    process_definition_key: int
    process_id: str
    running: int = 0
    started: int = 0
    completed: int = 0
    canceled: int = 0
    faults: int = 0


class InstanceCounts:
    """Counter rows of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, changes: Iterable[CountChange], now: datetime) -> None:
        """Add `changes` to the rows of today and of all time, in one statement.

        Call it once, at the end of a command: rows are locked in a fixed order, so that two
        commands that touch the same processes cannot lock each other out.
        """
        rows = _rows(changes, now.astimezone(UTC).date().isoformat())
        if rows:
            self._work.execute(_UPSERT_SQLITE if self._work.is_sqlite else _UPSERT_POSTGRESQL, rows)


def _rows(changes: Iterable[CountChange], today: str) -> list[dict[str, int | str]]:
    rows: dict[tuple[int, str, int], dict[str, int | str]] = {}
    for change in changes:
        for day in (ALL_TIME, today):
            key = (change.process_definition_key, day, change.instance_key % _SLOTS)
            row = rows.setdefault(key, _empty_row(key, change.process_id))
            for counter in _COUNTERS:
                row[counter] = int(row[counter]) + getattr(change, counter)
    return [rows[key] for key in sorted(rows)]


def _empty_row(key: tuple[int, str, int], process_id: str) -> dict[str, int | str]:
    definition, day, slot = key
    row: dict[str, int | str] = {
        "process_definition_key": definition,
        "day": day,
        "slot": slot,
        "process_id": process_id,
    }
    return row | dict.fromkeys(_COUNTERS, 0)


def _upsert(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    added = {name: instance_count.c[name] + insert.excluded[name] for name in _COUNTERS}
    return insert.on_conflict_do_update(index_elements=instance_count.primary_key.columns, set_=added)


_UPSERT_SQLITE = _upsert(sqlite.insert(instance_count))
_UPSERT_POSTGRESQL = _upsert(postgresql.insert(instance_count))
