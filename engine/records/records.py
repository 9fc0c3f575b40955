"""Records and their rules: numbers, people, links, duties, history."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from engine.errors import InputInvalid
from engine.model import Label, Record, RecordKey, RecordLink
from engine.records.overlaps import Overlaps, Window
from engine.records.ports import DutyRows, Journal, RecordRows

#: The state of a record until its process or register says otherwise.
OPEN, CLOSED = "open", "closed"
#: Who asked for a record has this duty on it.
REQUEST = "request"
MOST_TITLE = 300
_AT_ONCE = 500

_TYPE = re.compile(r"[A-Z]{2,8}")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When and by whom the records are worked on; `next_key` gives row keys."""

    now: datetime
    actor: str
    next_key: Callable[[], int]
    zone: tzinfo = UTC  #: of fields that hold a date without offset; also decides the year of a number
    is_confidential: Callable[[str], bool] = lambda _: False  #: record type -> its register is confidential


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry of a register to add; without number it gets the next one."""

    title: str
    state: str = OPEN
    fields: Mapping[str, Any] = field(default_factory=dict)
    number: str | None = None
    is_closed: bool = False
    is_restricted: bool = False
    requester: str | None = None


class Records:
    """Records of one unit of work."""

    def __init__(self, rows: RecordRows, duties: DutyRows, journal: Journal, circumstances: Circumstances) -> None:
        self._rows = rows
        self._duties = duties
        self._journal = journal
        self._at = circumstances

    def open(
        self,
        record_type: str,
        title: str,
        *,
        requester: str | None = None,
        fields: Mapping[str, Any] | None = None,
        people: Mapping[str, Sequence[str]] | None = None,
        origin: str | None = None,
        link_kind: str = "raised_from",
        entered_by: str | None = None,
    ) -> Record:
        """Open a record with the next number `PREFIX-YYYY-NNNNNN` of its type and year.

        The requester, and the person who enters it for somebody, get the duty `request`; whose step in another
        process led to it does not. `origin` is linked.
        Raises InputInvalid for a wrong type or an empty title, RecordNotFound for an unknown origin.
        """
        requester = requester or entered_by
        record = self._added(record_type, NewEntry(title, fields=fields or {}, requester=requester))
        for role, users in (people or {}).items():
            self._rows.set_people(record.key, role, users)
        asked = dict.fromkeys(name for name in (requester, entered_by) if name)
        self._add_duty(record, REQUEST, list(asked))
        if origin is not None:
            self.link(record.number, origin, link_kind)
        return record

    def create(
        self,
        record_type: str,
        title: str,
        *,
        fields: Mapping[str, Any] | None = None,
        number: str | None = None,
        state: str = OPEN,
        is_restricted: bool = False,
        is_closed: bool = False,
    ) -> Record:
        """Add an entry of a register: no requester, no duties. `number` is taken over from elsewhere when given.

        Raises InputInvalid, and AlreadyExists when that number is taken.
        """
        return self._added(
            record_type, NewEntry(title, state, fields or {}, number, is_closed=is_closed, is_restricted=is_restricted)
        )

    def create_many(self, record_type: str, entries: Sequence[NewEntry]) -> Sequence[Record]:
        """Add entries of a register with one `executemany`; the caller has made sure that no number is taken."""
        records = [self._new(record_type, entry) for entry in entries]
        self._rows.add_many(records)
        for record in records:
            self._note_opened(record)
        return records

    def update(
        self,
        number: str,
        *,
        title: str | None = None,
        state: str | None = None,
        fields: Mapping[str, Any] | None = None,
        people: Mapping[str, Sequence[str]] | None = None,
        close: bool = False,
        reopen: bool = False,
    ) -> Record:
        """Change what is given; `fields` are merged. The journal keeps old and new of what really changed.

        A closed record is read-only to people; the process that owns it may still complete it here.
        """
        record = self._rows.get(number)
        changed = replace(
            record,
            title=_checked_title(title) if title is not None else record.title,
            state=state or (CLOSED if close and record.closed_at is None else record.state),
            fields={**record.fields, **(fields or {})},
            closed_at=None if reopen else record.closed_at or (self._at.now if close else None),
        )
        for role, users in (people or {}).items():
            self._rows.set_people(record.key, role, users)
        differences = _differences(record, changed)
        if differences or people:
            changed = replace(changed, updated_at=self._at.now)
            self._rows.save(changed)
            people_noted = {role: list(users) for role, users in (people or {}).items()}
            self._journal.append(changed, "record_updated", {"changes": differences, "people": people_noted})
        return changed

    def link(self, from_number: str, to_number: str, kind: str) -> None:
        """Link two records; the history of both tells it."""
        if from_number == to_number or not kind.strip():
            raise InputInvalid(
                Label(
                    f"{from_number} cannot be linked to {to_number} as {kind!r}.",
                    f"{from_number} tidak dapat ditautkan ke {to_number} sebagai {kind!r}.",
                )
            )
        self._rows.add_link(RecordLink(from_number, to_number, kind), by=self._at.actor, at=self._at.now)
        details = {"from": from_number, "to": to_number, "kind": kind}
        for number in (from_number, to_number):
            self._journal.append(self._rows.get(number), "record_linked", details)

    def unlink(self, from_number: str, to_number: str, kind: str) -> None:
        """Take a link back; the history of both tells it. Raises InputInvalid when there is none such."""
        if not self._rows.remove_link(RecordLink(from_number, to_number, kind)):
            raise InputInvalid(
                Label(
                    f"{from_number} is not linked to {to_number} as {kind!r}.",
                    f"{from_number} tidak ditautkan ke {to_number} sebagai {kind!r}.",
                )
            )
        details = {"from": from_number, "to": to_number, "kind": kind}
        for number in (from_number, to_number):
            self._journal.append(self._rows.get(number), "record_unlinked", details)

    def has_link(self, from_number: str, to_number: str, kind: str) -> bool:
        """Return whether there is this link."""
        return RecordLink(from_number, to_number, kind) in self._rows.links([from_number], [kind])

    def add_duty(self, number: str, duty: str, users: Sequence[str]) -> None:
        """Note that `users` have this duty for the record."""
        if users:
            self._add_duty(self._rows.get(number), duty, users)

    def get(self, number: str) -> Record:
        """Return the record; raises RecordNotFound."""
        return self._rows.get(number)

    def get_many(self, numbers: Sequence[str]) -> Sequence[Record]:
        """Return the records in that order; raises RecordNotFound."""
        found = self._rows.get_many(numbers) if numbers else {}
        return [found[number] for number in numbers]

    def find(self, record_type: str, where: Mapping[str, Any]) -> Sequence[Record]:
        """Return the records of the type whose fields match."""
        return self._rows.find(record_type, where)

    def overlaps(
        self,
        record_type: str,
        number: str,
        *,
        start_at: datetime,
        end_at: datetime,
        refs: Sequence[str],
        fields: Sequence[str] = ("start", "end", "refs"),
        also: Sequence[str] = (),
        roles: Sequence[str] = (),
    ) -> Sequence[Mapping[str, Any]]:
        """Return what else is planned in that time for the same or related refs, or by the same people of `roles`.

        `fields` name start, end and refs of the type; records of the types `also` have `start`, `end` and `refs`, and
        close everything in their time when their refs are empty. Raises InputInvalid when the end is not after the
        start.
        """
        if end_at <= start_at:
            raise InputInvalid(Label("The time ends before it begins.", "Waktu berakhir sebelum dimulai."))
        overlaps = Overlaps(self._rows, number, Window(start_at, end_at, tuple(refs)), roles, self._at.zone)
        return overlaps.find(record_type, fields, also)

    def link_many(self, links: Sequence[tuple[str, str, str]]) -> None:
        """Make links (from, to, kind) with few statements; the history of both ends tells each."""
        for start in range(0, len(links), _AT_ONCE):
            some = [RecordLink(*link) for link in links[start : start + _AT_ONCE]]
            ends = self._rows.get_many({number for link in some for number in (link.from_number, link.to_number)})
            self._rows.add_links(some, by=self._at.actor, at=self._at.now)
            for link in some:
                details = {"from": link.from_number, "to": link.to_number, "kind": link.kind}
                for number in (link.from_number, link.to_number):
                    self._journal.append(ends[number], "record_linked", details)

    def _added(self, record_type: str, entry: NewEntry) -> Record:
        record = self._new(record_type, entry)
        self._rows.add(record)
        self._note_opened(record)
        return record

    def _note_opened(self, record: Record) -> None:
        details = {
            "number": record.number,
            "title": record.title,
            "requester": record.requester,
            "fields": dict(record.fields),
        }
        self._journal.append(record, "record_opened", details)

    def _new(self, record_type: str, entry: NewEntry) -> Record:
        if not _TYPE.fullmatch(record_type):
            raise InputInvalid(
                Label(
                    f"{record_type!r} is no record type: two to eight capital letters.",
                    f"{record_type!r} bukan jenis rekaman: dua sampai delapan huruf besar.",
                )
            )
        now = self._at.now
        return Record(
            key=RecordKey(self._at.next_key()),
            type=record_type,
            number=entry.number or self._next_number(record_type),
            title=_checked_title(entry.title),
            state=entry.state,
            fields=dict(entry.fields),
            requester=entry.requester,
            is_restricted=entry.is_restricted or self._at.is_confidential(record_type),
            created_at=now,
            updated_at=now,
            closed_at=now if entry.is_closed else None,
        )

    def _add_duty(self, record: Record, duty: str, users: Sequence[str]) -> None:
        for user in users:
            self._duties.add(record.number, duty, user, at=self._at.now)
        if users:
            self._journal.append(record, "duty_added", {"duty": duty, "users": list(users)})

    def _next_number(self, prefix: str) -> str:
        year = self._at.now.astimezone(self._at.zone).year
        return f"{prefix}-{year}-{self._rows.next_number(prefix, year):06d}"


def _checked_title(title: str) -> str:
    title = " ".join(title.split())[:MOST_TITLE]
    if not title:
        raise InputInvalid(Label("A record needs a title.", "Rekaman memerlukan judul."))
    return title


def _differences(before: Record, after: Record) -> Mapping[str, Sequence[Any]]:
    """Return name -> [old, new] of what changed: title, state, and `fields.<name>`."""
    found: dict[str, Sequence[Any]] = {}
    for name in ("title", "state"):
        if getattr(before, name) != getattr(after, name):
            found[name] = [getattr(before, name), getattr(after, name)]
    for name, value in after.fields.items():
        if name not in before.fields or before.fields[name] != value:
            found[f"fields.{name}"] = [before.fields.get(name), value]
    if before.closed_at != after.closed_at:
        found["closed"] = [before.closed_at is not None, after.closed_at is not None]
    return found
