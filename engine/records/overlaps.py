"""What is planned for the same things at the same time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from engine.model import Label, Record
from engine.records.ports import RecordRows

#: The link by which a thing says what it needs to work.
DEPENDS_ON = "depends_on"
#: A graph of more things than this is walked no further.
MOST_RELATED = 5_000

_SAME = ("same", Label("the same items", "butir yang sama"))
_RELATED = ("related", Label("items that depend on each other", "butir yang saling bergantung"))
_PERSON = ("person", Label("the same person", "orang yang sama"))
_BLOCKED = ("blocked", Label("a closed period", "masa yang ditutup"))


@dataclass(frozen=True, slots=True)
class Window:
    """A time and what it is for."""

    start_at: datetime
    end_at: datetime
    refs: tuple[str, ...]

    def meets(self, other: Window) -> bool:
        """Return whether both have a moment in common; touching ends have none."""
        return self.start_at < other.end_at and other.start_at < self.end_at


class Overlaps:
    """The search around the window of one record; `zone` is that of moments without offset."""

    def __init__(self, rows: RecordRows, number: str, own: Window, roles: Sequence[str], zone: tzinfo) -> None:
        self._rows = rows
        self._number = number
        self._own = own
        self._roles = roles
        self._zone = zone
        self._related = related(rows, own.refs)
        self._busy = self._people(number)

    def find(self, record_type: str, fields: Sequence[str], also: Sequence[str]) -> list[Mapping[str, Any]]:
        """Return {number, title, kind, from, to, shared, cause, reason, reason_id}, by start.

        `kind` is the other record's type, `shared` the refs (or people) in common, `cause` one of same, related,
        person, blocked.
        """
        clashes = [self._clash(record, window) for record, window in self._meeting(record_type, fields)]
        for other_type in also:
            meeting = self._meeting(other_type, ("start", "end", "refs"))
            clashes += [self._closed_period(record, window) for record, window in meeting]
        return sorted((clash for clash in clashes if clash), key=lambda clash: (clash["from"], clash["number"]))

    def _meeting(self, record_type: str, fields: Sequence[str]) -> Iterator[tuple[Record, Window]]:
        for record in self._rows.find(record_type, {}, is_open=True):
            window = self._window(record, fields)
            if record.number != self._number and window is not None and self._own.meets(window):
                yield record, window

    def _clash(self, record: Record, window: Window) -> Mapping[str, Any] | None:
        same, linked = self._shared(window)
        if same or linked:
            return _entry(record, window, same or linked, _SAME if same else _RELATED)
        people = self._busy & self._people(record.number)
        return _entry(record, window, people, _PERSON) if people else None

    def _closed_period(self, record: Record, window: Window) -> Mapping[str, Any] | None:
        same, linked = self._shared(window)
        return _entry(record, window, same or linked, _BLOCKED) if same or linked or not window.refs else None

    def _shared(self, window: Window) -> tuple[set[str], set[str]]:
        return set(self._own.refs) & set(window.refs), set(self._related & set(window.refs))

    def _people(self, number: str) -> set[str]:
        if not self._roles:
            return set()
        people = self._rows.people(self._rows.get(number).key)
        return {user for role in self._roles for user in people.get(role, ())}

    def _window(self, record: Record, fields: Sequence[str]) -> Window | None:
        start_field, end_field, refs_field = fields
        start_at = self._moment(record.fields.get(start_field), is_end=False)
        end_at = self._moment(record.fields.get(end_field), is_end=True)
        if start_at is None or end_at is None:
            return None
        refs = record.fields.get(refs_field)
        listed = refs if isinstance(refs, list) else []
        return Window(start_at, end_at, tuple(ref for ref in listed if isinstance(ref, str)))

    def _moment(self, value: Any, *, is_end: bool) -> datetime | None:
        """Return an aware moment; a date ends with its last second, so it counts to the next midnight."""
        if not isinstance(value, str):
            return None
        try:
            if "T" not in value:
                day = date.fromisoformat(value) + timedelta(days=1 if is_end else 0)
                return datetime.combine(day, time(), self._zone)
            moment = datetime.fromisoformat(value)
        except (ValueError, OverflowError):
            return None
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=self._zone)


def related(rows: RecordRows, refs: Collection[str]) -> frozenset[str]:
    """Return everything the refs need, and everything that needs them, over any number of steps.

    Directions are not mixed: two things that merely need a third one are not related.
    """
    return frozenset(_walk(rows, refs, upward=True)) | frozenset(_walk(rows, refs, upward=False))


def _walk(rows: RecordRows, refs: Collection[str], *, upward: bool) -> set[str]:
    seen, newest = set(refs), set(refs)
    while newest and len(seen) < MOST_RELATED:
        links = rows.links(newest, (DEPENDS_ON,))
        if upward:
            reached = {link.to_number for link in links if link.from_number in newest}
        else:
            reached = {link.from_number for link in links if link.to_number in newest}
        newest = reached - seen
        seen |= newest
    return seen


def _entry(record: Record, window: Window, shared: Collection[str], cause: tuple[str, Label]) -> Mapping[str, Any]:
    return {
        "number": record.number,
        "title": record.title,
        "kind": record.type,
        "from": window.start_at.isoformat(),
        "to": window.end_at.isoformat(),
        "shared": sorted(shared),
        "cause": cause[0],
        "reason": cause[1].en,
        "reason_id": cause[1].id,
    }
