"""What the rules of records need from the store; its noun files satisfy these by shape."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from engine.model import Record, RecordKey, RecordLink


class RecordRows(Protocol):
    """Rows of records, their people and links; everything happens in the caller's unit of work."""

    def next_number(self, prefix: str, year: int) -> int:
        """Return the next counter of `prefix` and `year` (from 1); no two transactions ever get the same."""
        ...

    def add(self, record: Record) -> None:
        """Insert; raises AlreadyExists when the number is taken."""
        ...

    def add_many(self, records: Sequence[Record]) -> None:
        """Insert with one statement; the caller knows that no number is taken."""
        ...

    def save(self, record: Record) -> None:
        """Write title, state, fields, requester, is_restricted, updated_at and closed_at of that key's row."""
        ...

    def get(self, number: str) -> Record:
        """Return the record; raises RecordNotFound."""
        ...

    def get_many(self, numbers: Collection[str]) -> Mapping[str, Record]:
        """Return number -> record; raises RecordNotFound when one is missing."""
        ...

    def find(
        self, record_type: str | None, where: Mapping[str, Any], *, is_open: bool | None = None, limit: int = 1000
    ) -> Sequence[Record]:
        """Return records by number, those that match every entry of `where`.

        An entry matches when the top-level field equals the value, or is a list that contains it. `is_open` asks for
        records without (True) or with (False) `closed_at`. A `record_type` of None means any.
        """
        ...

    def set_people(self, record_key: RecordKey, role: str, users: Sequence[str]) -> None:
        """Make `users` the people of that role, instead of whoever was."""
        ...

    def people(self, record_key: RecordKey) -> Mapping[str, Sequence[str]]:
        """Return role -> login names."""
        ...

    def add_link(self, link: RecordLink, *, by: str, at: datetime) -> None:
        """Insert; the same link again is no error. Raises RecordNotFound."""
        ...

    def add_links(self, links: Sequence[RecordLink], *, by: str, at: datetime) -> None:
        """Insert; those that are there are no error. Raises RecordNotFound."""
        ...

    def remove_link(self, link: RecordLink) -> bool:
        """Delete; False when there is no such link. Raises RecordNotFound."""
        ...

    def links(self, numbers: Collection[str], kinds: Collection[str]) -> Sequence[RecordLink]:
        """Return the links of those kinds that start or end at one of `numbers`."""
        ...


class DutyRows(Protocol):
    """Who did what for a record."""

    def add(self, record_number: str, duty: str, user: str, *, at: datetime) -> None:
        """Insert; the same duty again is no error. Raises RecordNotFound."""
        ...


class Journal(Protocol):
    """The audit chain of records."""

    def append(self, record: Record, action: str, details: Mapping[str, Any]) -> None:
        """Add an entry to the record's stream, in the caller's unit of work, time and name."""
        ...
