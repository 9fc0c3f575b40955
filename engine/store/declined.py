"""Files on disk that people do not want in place of what they published."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import insert, select

from engine.store.tables import declined_content
from engine.store.unit_of_work import UnitOfWork


class Declined:
    """Declined contents of one unit of work, known by the digests of their bytes."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def among(self, digests: Collection[str]) -> set[str]:
        """Return which of these were declined."""
        columns = declined_content.c
        return set(self._work.execute(select(columns.sha256).where(columns.sha256.in_(digests))).scalars())

    def add(self, digest: str, name: str, *, by: str, at: datetime, reason: str) -> None:
        """Remember one, unless it is."""
        if not self.among([digest]):
            row = {"sha256": digest, "name": name, "declined_by": by, "declined_at": at, "reason": reason}
            self._work.execute(insert(declined_content), row)
