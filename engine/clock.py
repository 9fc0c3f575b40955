"""The only place where the engine learns what time it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says what time it is: an aware datetime in UTC."""

    def now(self) -> datetime:
        """Return the present moment."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present moment, to the millisecond (what both databases keep)."""
        return _to_millisecond(datetime.now(UTC))


class MovableClock:
    """A clock that stands still until a test moves it; it never runs backwards."""

    def __init__(self, start: datetime | None = None) -> None:
        self._now = start or datetime(2030, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment it was moved to."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move the clock on by `by` and return the new moment."""
        return self.move_to(self._now + by)

    def move_to(self, moment: datetime) -> datetime:
        """Move the clock to `moment`; ValueError when that lies in its past."""
        if moment < self._now:
            raise ValueError(f"Expected a moment after {self._now.isoformat()}, but got {moment.isoformat()}")
        self._now = moment
        return moment


class ShiftedClock:
    """The machine's clock, moved ahead by an offset that tests of a running server increase."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """Return the machine's time plus the offset."""
        return _to_millisecond(datetime.now(UTC) + self.offset)

    def advance(self, by: timedelta) -> datetime:
        """Increase the offset; time never runs backwards."""
        if by < timedelta():
            raise ValueError("Expected a duration that is not negative")
        self.offset += by
        return self.now()


def _to_millisecond(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
