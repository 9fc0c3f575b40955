"""Daily roots, and their copy in files outside the database.

A day's root covers the newest entry of every stream that grew on that day, and the root before it.
Whoever rewrites or drops a whole stream must also rewrite the roots, and cannot rewrite the files.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from engine.history.ports import DailyRoot, RootRows, StreamHead

#: A day is closed this long after midnight: commands that began before it have committed by then.
_SETTLING = timedelta(hours=1)


class RootHash:
    """The digest of one day, fed with its heads in the order of their streams."""

    def __init__(self, root_before: str) -> None:
        self._hash = sha256(f"{root_before}\n".encode())
        self.streams = 0

    def feed(self, head: StreamHead) -> None:
        """Cover one more stream."""
        self._hash.update(line_of(head).encode())
        self.streams += 1

    def root(self) -> str:
        """Return the root of what was fed."""
        return self._hash.hexdigest()


class Anchors:
    """One file a day, `2030-01-31.txt`: the root, then each stream's newest entry and its digest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, day: str, heads: Iterator[StreamHead], hashed: RootHash) -> str:
        """Write the file of a day, whole or not at all, and return the root."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(day)
        unfinished = path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            for head in heads:
                hashed.feed(head)
                file.write(line_of(head))
            file.write(f"root {hashed.root()}\n")
        unfinished.replace(path)
        return hashed.root()

    def days(self) -> list[str]:
        """Return the days that have a file, in order."""
        return sorted(path.stem for path in self._folder.glob("????-??-??.txt"))

    def root(self, day: str) -> str | None:
        """Return the root that the file of a day holds; None when there is no (whole) file."""
        path = self._path(day)
        if not path.exists():
            return None
        with path.open(encoding="utf-8") as file:
            last = deque(file, maxlen=1).pop()
        return last.split()[1] if last.startswith("root ") else None

    def heads(self, day: str) -> Iterator[StreamHead]:
        """Yield the heads that the file of a day holds."""
        with self._path(day).open(encoding="utf-8") as file:
            for line in file:
                parts = line.split()
                if len(parts) == 3:
                    yield parts[0], int(parts[1]), parts[2]

    def _path(self, day: str) -> Path:
        return self._folder / f"{day}.txt"


def compute_daily_roots(rows: RootRows, anchors: Anchors, *, now: datetime) -> list[DailyRoot]:
    """Make the root of every closed day that has none yet; days without entries are passed over.

    The file is written before the row: a crash between both repeats the day with the same result.
    """
    made: list[DailyRoot] = []
    before = rows.last_root()
    day = date.fromisoformat(before[0]) + timedelta(days=1) if before else date.min
    while (begins := rows.next_entry_at(_midnight(day))) is not None:
        day = begins.date()
        if _midnight(day + timedelta(days=1)) + _SETTLING > now:
            break
        hashed = RootHash(before[1] if before else "")
        heads = rows.heads_between(_midnight(day), _midnight(day + timedelta(days=1)))
        root = anchors.write(day.isoformat(), heads, hashed)
        before = (day.isoformat(), root, hashed.streams)
        rows.add_root(before, at=now)
        made.append(before)
        day += timedelta(days=1)
    return made


def line_of(head: StreamHead) -> str:
    """Return the line of a file that stands for a stream's newest entry."""
    stream, sequence, digest = head
    return f"{stream} {sequence} {digest}\n"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
