"""What the audit chain needs from the store; its noun file satisfies this by shape."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from engine.model import HistoryEntry

#: The newest entry of a stream: its sequence and digest.
Head = tuple[int, str]
#: An entry that a daily root covers: stream, sequence, digest.
StreamHead = tuple[str, int, str]
#: Day (ISO date, UTC), digest over the newest entry of every stream that grew on it, number of those streams.
DailyRoot = tuple[str, str, int]


class StreamRows(Protocol):
    """Appending to the streams that no process instance carries."""

    def lock_heads(self, streams: Collection[str]) -> Mapping[str, Head]:
        """Return the heads of those streams that have one, locked until the transaction ends."""
        ...

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert entries."""
        ...

    def move_heads(self, heads: Mapping[str, Head]) -> None:
        """Write the heads, new or not."""
        ...


class ChainRows(Protocol):
    """Reading everything, in constant memory."""

    def walk(self) -> Iterator[tuple[HistoryEntry, str]]:
        """Yield every entry with its digest, by stream and sequence."""
        ...

    def broken_heads(self) -> Iterator[tuple[str, int]]:
        """Yield (stream, sequence) of the heads that are not the newest entry of their stream."""
        ...

    def headless(self) -> Iterator[tuple[str, int]]:
        """Yield (stream, last sequence) of the streams that have entries beyond or without a head."""
        ...

    def digests(self, places: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], str]:
        """Return the digests of entries by (stream, sequence)."""
        ...

    def roots(self) -> Sequence[DailyRoot]:
        """Return every daily root by day."""
        ...


class RootRows(Protocol):
    """Making daily roots."""

    def last_root(self) -> DailyRoot | None:
        """Return the newest daily root."""
        ...

    def next_entry_at(self, since: datetime) -> datetime | None:
        """Return the moment of the earliest entry from `since` on; None when there is none."""
        ...

    def heads_between(self, since: datetime, until: datetime) -> Iterator[StreamHead]:
        """Yield the newest entry that each stream got in that time (`until` excluded), by stream."""
        ...

    def add_root(self, root: DailyRoot, *, at: datetime) -> None:
        """Insert; the same day again is no error."""
        ...
