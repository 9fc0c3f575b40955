"""Programs that may report alerts and bring mails."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from engine.model import AlertSource
from engine.store.tables import alert_source
from engine.store.unit_of_work import UnitOfWork


class AlertSources:
    """Sources of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def all(self) -> list[AlertSource]:
        """Return every source, by name."""
        query = select(alert_source).order_by(alert_source.c.name, alert_source.c.key)
        return [_source(row) for row in self._work.execute(query)]

    def by_token(self, token_sha256: str) -> AlertSource | None:
        """Return the active source whose token has that digest."""
        query = select(alert_source).where(
            alert_source.c.token_sha256 == token_sha256, alert_source.c.is_active.is_(True)
        )
        row = self._work.execute(query).one_or_none()
        return None if row is None else _source(row)

    def add(self, new: AlertSource, token_sha256: str) -> None:
        """Insert one."""
        values = {
            "key": new.key,
            "name": new.name,
            "token_sha256": token_sha256,
            "secret": new.secret,
            "is_active": new.is_active,
            "created_by": new.created_by,
            "created_at": new.created_at,
        }
        self._work.execute(insert(alert_source), values)

    def switch(self, key: int, *, is_active: bool) -> bool:
        """Turn one on or off; False when there is none."""
        statement = update(alert_source).where(alert_source.c.key == key).values(is_active=is_active)
        return self._work.execute(statement).rowcount == 1

    def seen(self, key: int, at: datetime) -> None:
        """Note when a source called last."""
        self._work.execute(update(alert_source).where(alert_source.c.key == key).values(last_at=at))


def _source(row: Row[Any]) -> AlertSource:
    return AlertSource(row.key, row.name, row.secret, row.is_active, row.created_by, row.created_at, row.last_at)
