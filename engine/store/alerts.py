"""Alerts that sources reported."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from engine.model import Alert, AlertState
from engine.store.tables import alert
from engine.store.unit_of_work import UnitOfWork


class Alerts:
    """Alerts of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def newest_of(self, source_key: int, dedupe_key: str) -> Alert | None:
        """Return the newest alert that a source reported under a key."""
        query = select(alert).where(alert.c.source_key == source_key, alert.c.dedupe_key == dedupe_key)
        row = self._work.execute(query.order_by(alert.c.key.desc()).limit(1)).one_or_none()
        return None if row is None else _alert(row)

    def add(self, new: Alert) -> None:
        """Insert one."""
        values = {
            "key": new.key,
            "source_key": new.source_key,
            "dedupe_key": new.dedupe_key,
            "ci": new.ci,
            "severity": new.severity,
            "text": new.text,
            "state": new.state.value,
            "record_number": new.record_number,
            "times": new.times,
            "received_at": new.received_at,
            "last_at": new.last_at,
        }
        self._work.execute(insert(alert), values)

    def repeat(self, key: int, state: AlertState, at: datetime) -> None:
        """Note that it was reported again, or is over."""
        values = {"state": state.value, "last_at": at, "times": alert.c.times + 1}
        self._work.execute(update(alert).where(alert.c.key == key).values(values))

    def count_since(self, things: Collection[str], since: datetime) -> int:
        """Return how many alerts of these things came since a moment."""
        query = select(func.count()).where(alert.c.ci.in_(things), alert.c.received_at > since)
        count: int = self._work.execute(query).scalar_one()
        return count

    def records_of(self, things: Collection[str]) -> list[tuple[str, str]]:
        """Return thing and record of open alerts, the oldest first."""
        query = select(alert.c.ci, alert.c.record_number).where(
            alert.c.ci.in_(things), alert.c.state == AlertState.OPEN.value, alert.c.record_number.is_not(None)
        )
        return [(row.ci, row.record_number) for row in self._work.execute(query.order_by(alert.c.key))]

    def parked(self, limit: int) -> list[Alert]:
        """Return alerts that wait for a person, the newest first."""
        query = select(alert).where(alert.c.state == AlertState.PARKED.value).order_by(alert.c.key.desc())
        return [_alert(row) for row in self._work.execute(query.limit(limit))]

    def discard(self, key: int, *, by: str, note: str) -> bool:
        """Give up a parked one; False when it is parked no more."""
        is_parked = (alert.c.key == key) & (alert.c.state == AlertState.PARKED.value)
        values = {"state": AlertState.DISCARDED.value, "settled_by": by, "note": note}
        return self._work.execute(update(alert).where(is_parked).values(values)).rowcount == 1


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        row.key,
        row.source_key,
        row.dedupe_key,
        row.ci,
        row.severity,
        row.text,
        AlertState(row.state),
        row.record_number,
        row.times,
        row.received_at,
        row.last_at,
    )
