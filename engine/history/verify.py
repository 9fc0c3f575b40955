"""Proves that nothing in the history was altered, removed or put in another order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice

from engine.history.anchors import Anchors, RootHash
from engine.history.chain import GENESIS, digest_of
from engine.history.ports import ChainRows, StreamHead
from engine.model import HistoryEntry, Label

_PROGRESS_EVERY = 10_000
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Break:
    """The first place of a stream, or a day, where the evidence does not hold."""

    place: str  #: `i:2251… entry 17`, or a day
    reason: Label


@dataclass(slots=True)
class Verification:
    """What was checked and what was found."""

    entries: int = 0
    streams: int = 0
    days: int = 0
    breaks: list[Break] = field(default_factory=list)
    days_without_file: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Return whether everything held."""
        return not self.breaks

    def broken(self, place: str, *reason: str) -> None:
        """Note a break; the reason in English and in Bahasa Indonesia."""
        self.breaks.append(Break(place, Label(*reason)))


def verify(rows: ChainRows, anchors: Anchors, progress: Callable[[int], None] = lambda entries: None) -> Verification:
    """Check every stream, every head, every daily root and every file of roots.

    Memory does not grow with the history, only with the number of days. `progress` is told the
    number of entries now and then.
    """
    found = Verification()
    days = _DayRoots(rows)
    # groupby cuts the walk where the stream changes, and holds one entry at a time.
    for _, entries in groupby(rows.walk(), key=lambda walked: walked[0].stream):
        found.streams += 1
        _check_stream(entries, found, days, progress)
    _check_heads(rows, found)
    _check_days(rows, anchors, days, found)
    return found


class _DayRoots:
    """Computes the daily roots again while the streams pass by."""

    def __init__(self, rows: ChainRows) -> None:
        self.stored: dict[str, str] = {}
        self.hashes: dict[str, RootHash] = {}
        before = ""
        for day, root, _ in rows.roots():
            self.stored[day] = root
            self.hashes[day] = RootHash(before)
            before = root

    def feed(self, newest: dict[str, StreamHead]) -> None:
        """Take in the newest entries of one stream, by day."""
        for day, head in newest.items():
            if day in self.hashes:
                self.hashes[day].feed(head)


def _check_stream(
    entries: Iterator[tuple[HistoryEntry, str]], found: Verification, days: _DayRoots, progress: Callable[[int], None]
) -> None:
    head, expected, is_whole = GENESIS, 1, True
    newest: dict[str, StreamHead] = {}
    for entry, digest in entries:
        found.entries += 1
        if found.entries % _PROGRESS_EVERY == 0:
            progress(found.entries)
        if is_whole:
            is_whole = _check_entry(entry, digest, head, expected, found)
        head, expected = digest, entry.sequence + 1
        newest[entry.at.date().isoformat()] = (entry.stream, entry.sequence, digest)
    days.feed(newest)


def _check_entry(entry: HistoryEntry, digest: str, head: str, expected: int, found: Verification) -> bool:
    if entry.sequence != expected:
        found.broken(
            _place(entry.stream, expected),
            f"The entry was removed: after entry {expected - 1} comes entry {entry.sequence}.",
            f"Entri dihapus: setelah entri {expected - 1} langsung entri {entry.sequence}.",
        )
        return False
    if digest_of(entry, head) != digest:
        found.broken(
            _place(entry.stream, entry.sequence),
            "The entry was altered or put in another place: its digest does not fit its content and the entry before.",
            "Entri diubah atau dipindahkan: sidik jarinya tidak cocok dengan isi dan entri sebelumnya.",
        )
        return False
    return True


def _check_heads(rows: ChainRows, found: Verification) -> None:
    for stream, sequence in rows.broken_heads():
        found.broken(
            _place(stream, sequence),
            "The newest entry was removed or altered: the stream's head names another digest.",
            "Entri terbaru dihapus atau diubah: kepala aliran menyebut sidik jari lain.",
        )
    for stream, sequence in rows.headless():
        found.broken(
            _place(stream, sequence),
            "Entries stand in the history that the stream's head does not know.",
            "Ada entri di riwayat yang tidak dikenal kepala aliran.",
        )


def _check_days(rows: ChainRows, anchors: Anchors, days: _DayRoots, found: Verification) -> None:
    for day, stored in days.stored.items():
        found.days += 1
        anchored = anchors.root(day)
        if anchored is None:
            found.days_without_file.append(day)
        if days.hashes[day].root() != stored or anchored not in (None, stored):
            _name_the_missing(rows, anchors, day, found)
    for day in anchors.days():
        if day not in days.stored:
            found.broken(
                day,
                "The day's root was removed from the database; its file outside is still there.",
                "Akar hari ini dihapus dari basis data; berkasnya di luar masih ada.",
            )
            _name_the_missing(rows, anchors, day, found)


def _name_the_missing(rows: ChainRows, anchors: Anchors, day: str, found: Verification) -> None:
    found.broken(
        day,
        "The history of this day is not the one that was anchored.",
        "Riwayat hari ini bukan riwayat yang ditambatkan.",
    )
    if anchors.root(day) is None:
        return
    for batch in _batches(anchors.heads(day)):
        digests = rows.digests([(stream, sequence) for stream, sequence, _ in batch])
        for stream, sequence, digest in batch:
            if digests.get((stream, sequence)) != digest:
                found.broken(
                    _place(stream, sequence),
                    f"The entry that was anchored on {day} is gone or was altered.",
                    f"Entri yang ditambatkan pada {day} hilang atau diubah.",
                )


def _batches(heads: Iterator[StreamHead]) -> Iterator[list[StreamHead]]:
    while batch := list(islice(heads, _BATCH)):
        yield batch


def _place(stream: str, sequence: int) -> str:
    return f"{stream} entry {sequence}"
