"""What a pump runs, and what whoever starts one may ask of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from engine.clock import Clock


class DueWork(Protocol):
    """The rows that fall due; the engine satisfies this by shape."""

    @property
    def clock(self) -> Clock:
        """Return the clock that says what is due."""
        ...

    def run_due_work(self, limit: int = 1000) -> int:
        """Run what is due now, at most `limit` rows, each in its own transaction; return how many ran."""
        ...

    def next_due_at(self) -> datetime | None:
        """Return when the next row falls due, perhaps in the past; None when nothing waits for time."""
        ...


class Pump(Protocol):
    """Runs due rows at their time. It keeps nothing: started again, it finds every row."""

    def every(self, name: str, interval: timedelta, function: Callable[[], object]) -> None:
        """Run `function` now and then, first right after the start."""
        ...

    def start(self) -> None:
        """Begin; what fell due meanwhile runs at once."""
        ...

    def wake(self) -> None:
        """Look again soon: a command may have written rows that fall due. Costs next to nothing."""
        ...

    def stop(self) -> None:
        """End; the row that runs now is finished first."""
        ...
