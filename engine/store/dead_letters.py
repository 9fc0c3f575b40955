"""Messages that nobody took, until a person settles them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from engine.model import DeadLetter, DeadLetterReason, DeadLetterState, MessageKey
from engine.store.tables import dead_letter
from engine.store.unit_of_work import UnitOfWork


class DeadLetters:
    """Dead letters of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, letters: Sequence[DeadLetter]) -> None:
        """Insert open ones with one `executemany`."""
        rows = [
            {
                "key": new.key,
                "name": new.name,
                "correlation_key": new.correlation_key,
                "message_id": new.message_id,
                "variables": dict(new.variables),
                "reason": new.reason.value,
                "published_at": new.published_at,
                "died_at": new.died_at,
                "state": new.state.value,
            }
            for new in letters
        ]
        if rows:
            self._work.execute(insert(dead_letter), rows)

    def find(self, key: int) -> DeadLetter | None:
        """Return one."""
        row = self._work.execute(select(dead_letter).where(dead_letter.c.key == key)).one_or_none()
        return None if row is None else letter_of(row)

    def is_known(self, name: str, correlation_key: str, message_id: str) -> bool:
        """Return whether a message of that id died before."""
        table = dead_letter
        query = select(table.c.key).where(
            table.c.name == name, table.c.correlation_key == correlation_key, table.c.message_id == message_id
        )
        return self._work.execute(query.limit(1)).first() is not None

    def settle(self, key: int, state: DeadLetterState, *, by: str, at: datetime, note: str) -> bool:
        """Write what became of an open one; False when somebody settled it before."""
        is_open = (dead_letter.c.key == key) & (dead_letter.c.state == DeadLetterState.OPEN.value)
        values = {"state": state.value, "settled_by": by, "settled_at": at, "note": note}
        return self._work.execute(update(dead_letter).where(is_open).values(values)).rowcount == 1

    def newest(self, *, is_open: bool, before: int | None, limit: int) -> list[DeadLetter]:
        """Return open or settled ones, newest first, those with a key below `before`."""
        state = dead_letter.c.state
        query = select(dead_letter).where(
            state == DeadLetterState.OPEN.value if is_open else state != DeadLetterState.OPEN.value
        )
        if before is not None:
            query = query.where(dead_letter.c.key < before)
        return [letter_of(row) for row in self._work.execute(query.order_by(dead_letter.c.key.desc()).limit(limit))]

    def count_open(self) -> int:
        """Return how many wait for a person."""
        query = select(func.count()).where(dead_letter.c.state == DeadLetterState.OPEN.value)
        count: int = self._work.execute(query).scalar_one()
        return count


def letter_of(row: Row[Any]) -> DeadLetter:
    """Turn a row of dead_letter into a value."""
    return DeadLetter(
        MessageKey(row.key),
        row.name,
        row.correlation_key,
        row.message_id,
        row.variables,
        DeadLetterReason(row.reason),
        row.published_at,
        row.died_at,
        DeadLetterState(row.state),
        row.settled_at,
        row.settled_by,
        row.note,
    )
