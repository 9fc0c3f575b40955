"""What connectors may do to the world: nothing but these ports.

`engine.records.Records`, `engine.people.Directory` and `engine.outbox.Outbox` satisfy the first three by shape, on top
of the row ports in their own folders; the store satisfies `KpiPort`; `engine.commands` satisfies `InstancePort` and
joins them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from engine.model import Record


class RecordsPort(Protocol):
    """Records with their rules: numbers, links, duties, history."""

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
        """Open a record with the next number; raises EngineErrors on nonsense."""
        ...

    def create(
        self, record_type: str, title: str, *, fields: Mapping[str, Any] | None = None, number: str | None = None
    ) -> Record:
        """Add a plain record, which no process owns."""
        ...

    def update(
        self,
        number: str,
        *,
        title: str | None = None,
        state: str | None = None,
        fields: Mapping[str, Any] | None = None,
        people: Mapping[str, Sequence[str]] | None = None,
        close: bool = False,
    ) -> Record:
        """Change what is given; fields are merged."""
        ...

    def link(self, from_number: str, to_number: str, kind: str) -> None:
        """Link two records."""
        ...

    def add_duty(self, number: str, duty: str, users: Sequence[str]) -> None:
        """Note that `users` have this duty for the record."""
        ...

    def get(self, number: str) -> Record:
        """Return the record; raises RecordNotFound."""
        ...

    def get_many(self, numbers: Sequence[str]) -> Sequence[Record]:
        """Return the records in that order; raises RecordNotFound."""
        ...

    def find(self, record_type: str, where: Mapping[str, Any]) -> Sequence[Record]:
        """Return the records of the type whose fields match."""
        ...

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
        """Return what else is planned in that time for the same or related refs, or people of `roles`."""
        ...


class PeoplePort(Protocol):
    """People, groups, and who may not do what."""

    def members(self, group: str, *, on_duty: bool = False) -> Sequence[str]:
        """Return the active members' login names; `on_duty`: those on duty now, where the group has a roster."""
        ...

    def unit_head_of(self, user: str) -> str | None:
        """Return the head of the user's unit; None when there is none or it is not active."""
        ...

    def eligible(
        self,
        groups: Sequence[str],
        users: Sequence[str],
        rules: Sequence[str],
        number: str | None,
        *,
        on_duty: bool = False,
    ) -> tuple[Sequence[str], Sequence[tuple[str, str]]]:
        """Return (who may, (who may not, rule id)): active, each once, in the order named."""
        ...


class NoticesPort(Protocol):
    """Notifications in the transaction."""

    def send(self, template: str, to: Sequence[str], number: str | None, data: Mapping[str, Any]) -> None:
        """Notify people by a template of the content; raises InputInvalid when there is no such template."""
        ...


class KpiPort(Protocol):
    """Facts that reports count."""

    def add(self, name: str, value: Any, number: str | None, dimensions: Mapping[str, Any], *, at: datetime) -> None:
        """Insert a fact; `value` and `dimensions` are JSON-able."""
        ...


class InstancePort(Protocol):
    """The process instance in which the connector runs."""

    def own(self, record: Record) -> None:
        """Make `record` the record of the root instance, its number the business id.

        Raises a Conflict when it has another one already.
        """
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """All that a connector gets beside its parameters; made by a command for its unit of work."""

    records: RecordsPort
    people: PeoplePort
    notices: NoticesPort
    kpi: KpiPort
    instance: InstancePort
    now: datetime
    actor: str  #: who acts in this command; "system" for timers and messages
