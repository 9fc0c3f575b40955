"""The audit chain's rows: entries, heads of streams, daily roots. Append-only."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, insert, literal, select, tuple_, union_all
from sqlalchemy.dialects import postgresql, sqlite

from engine.model import HistoryEntry
from engine.store.tables import daily_root, history_entry, process_instance, stream_head
from engine.store.unit_of_work import UnitOfWork

#: Rows that the driver holds at a time while everything is read.
_FETCH = 1000


class History:
    """History entries of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def lock_heads(self, streams: Collection[str]) -> dict[str, tuple[int, str]]:
        """Return the heads of those streams that have one, locked until the transaction ends.

        They are locked in one order, so that two commands never wait for each other.
        """
        statement = (
            select(stream_head)
            .where(stream_head.c.stream.in_(streams))
            .order_by(stream_head.c.stream)
            .with_for_update()
        )
        return {row.stream: (row.sequence, row.head) for row in self._work.execute(statement)}

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert entries with one `executemany`."""
        self._work.execute(insert(history_entry), rows)

    def noted_since(self, stream: str, actions: Collection[str], actor: str, since: datetime) -> int:
        """Return how many of these actions of one actor a stream holds since then."""
        # Written so that the planner takes the index on `at`: a minute is short, a stream is long.
        mine = (history_entry.c.stream + "" == stream) & (history_entry.c.actor == actor)
        query = select(func.count()).where(mine, history_entry.c.action.in_(actions), history_entry.c.at > since)
        count: int = self._work.execute(query).scalar_one()
        return count

    def move_heads(self, heads: Mapping[str, tuple[int, str]]) -> None:
        """Write the heads, new or not."""
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(stream_head)
        statement = insertion.on_conflict_do_update(
            index_elements=["stream"],
            set_={"sequence": insertion.excluded.sequence, "head": insertion.excluded.head},
        )
        rows = [{"stream": stream, "sequence": head[0], "head": head[1]} for stream, head in sorted(heads.items())]
        self._work.execute(statement, rows)

    # ---- verification -----------------------------------------------------------------------

    def walk(self) -> Iterator[tuple[HistoryEntry, str]]:
        """Yield every entry with its digest, by stream and sequence, without holding them all."""
        statement = select(history_entry).order_by(history_entry.c.stream, history_entry.c.sequence)
        for row in self._stream(statement):
            yield entry_of(row), row.digest

    def broken_heads(self) -> Iterator[tuple[str, int]]:
        """Yield (stream, sequence) of the heads that are not the entry with that number."""
        heads = _heads().subquery()
        newest = and_(history_entry.c.stream == heads.c.stream, history_entry.c.sequence == heads.c.sequence)
        statement = (
            select(heads.c.stream, heads.c.sequence)
            .outerjoin(history_entry, newest)
            .where(heads.c.sequence > 0, func.coalesce(history_entry.c.digest, "") != heads.c.head)
            .order_by(heads.c.stream)
        )
        for row in self._stream(statement):
            yield row.stream, row.sequence

    def headless(self) -> Iterator[tuple[str, int]]:
        """Yield (stream, last sequence) of the streams that have entries beyond or without a head."""
        heads = _heads().subquery()
        last = func.max(history_entry.c.sequence).label("last")
        ends = select(history_entry.c.stream, last).group_by(history_entry.c.stream).subquery()
        statement = (
            select(ends.c.stream, ends.c.last)
            .outerjoin(heads, heads.c.stream == ends.c.stream)
            .where(func.coalesce(heads.c.sequence, 0) < ends.c.last)
            .order_by(ends.c.stream)
        )
        for row in self._stream(statement):
            yield row.stream, row.last

    def digests(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """Return the digests of entries by (stream, sequence)."""
        place = tuple_(history_entry.c.stream, history_entry.c.sequence)
        statement = select(history_entry.c.stream, history_entry.c.sequence, history_entry.c.digest).where(
            place.in_(places)
        )
        return {(row.stream, row.sequence): row.digest for row in self._work.execute(statement)}

    # ---- daily roots ------------------------------------------------------------------------

    def roots(self) -> list[tuple[str, str, int]]:
        """Return every daily root by day: (day, root, number of streams)."""
        statement = select(daily_root).order_by(daily_root.c.day)
        return [(row.day, row.root, row.streams) for row in self._work.execute(statement)]

    def last_root(self) -> tuple[str, str, int] | None:
        """Return the newest daily root."""
        statement = select(daily_root).order_by(daily_root.c.day.desc()).limit(1)
        row = self._work.execute(statement).one_or_none()
        return None if row is None else (row.day, row.root, row.streams)

    def next_entry_at(self, since: datetime) -> datetime | None:
        """Return the moment of the earliest entry from `since` on; None when there is none."""
        statement = select(func.min(history_entry.c.at)).where(history_entry.c.at >= since)
        moment: datetime | None = self._work.execute(statement).scalar_one()
        return moment

    def heads_between(self, since: datetime, until: datetime) -> Iterator[tuple[str, int, str]]:
        """Yield the newest entry that each stream got in that time (`until` excluded), by stream."""
        in_time = and_(history_entry.c.at >= since, history_entry.c.at < until)
        last = func.max(history_entry.c.sequence).label("last")
        newest = select(history_entry.c.stream, last).where(in_time).group_by(history_entry.c.stream).subquery()
        same = and_(history_entry.c.stream == newest.c.stream, history_entry.c.sequence == newest.c.last)
        columns = (history_entry.c.stream, history_entry.c.sequence, history_entry.c.digest)
        statement = select(*columns).join(newest, same).order_by(history_entry.c.stream)
        for row in self._stream(statement):
            yield row.stream, row.sequence, row.digest

    def add_root(self, root: tuple[str, str, int], *, at: datetime) -> None:
        """Insert a day's root; the same day again is no error."""
        insertion = (sqlite if self._work.is_sqlite else postgresql).insert(daily_root).on_conflict_do_nothing()
        self._work.execute(insertion, {"day": root[0], "root": root[1], "streams": root[2], "computed_at": at})

    def _stream(self, statement: Any) -> Iterator[Any]:
        with self._work.execute(statement.execution_options(yield_per=_FETCH)) as rows:
            yield from rows


def entry_of(row: Any) -> HistoryEntry:
    """Turn a row of history_entry into a value."""
    return HistoryEntry(
        row.stream,
        row.sequence,
        row.at,
        row.actor,
        row.on_behalf_of,
        row.action,
        row.element_id,
        row.element_instance_key,
        row.process_definition_key,
        row.details,
    )


def _heads() -> Any:
    """Every stream's head: instances keep theirs in their own row, the others in stream_head."""
    of_instances = select(
        _c_sorted(literal("i:") + cast(process_instance.c.key, String)).label("stream"),
        process_instance.c.history_sequence.label("sequence"),
        process_instance.c.history_head.label("head"),
    )
    return union_all(of_instances, select(stream_head.c.stream, stream_head.c.sequence, stream_head.c.head))


def _c_sorted(text: ColumnElement[str]) -> ColumnElement[str]:
    return cast(text, stream_head.c.stream.type)
