"""Facts that reports count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from engine.store.tables import kpi_fact
from engine.store.unit_of_work import UnitOfWork


class Kpi:
    """Facts of one unit of work."""

    def __init__(self, work: UnitOfWork, next_key: Callable[[], int]) -> None:
        self._work = work
        self._next_key = next_key

    def add(self, name: str, value: Any, number: str | None, dimensions: Mapping[str, Any], *, at: datetime) -> None:
        """Insert a fact; `value` and `dimensions` are JSON-able."""
        row = {
            "key": self._next_key(),
            "name": name,
            "value": value,
            "record_number": number,
            "dimensions": dict(dimensions),
            "at": at,
        }
        self._work.execute(insert(kpi_fact), row)
