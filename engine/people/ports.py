"""What the rules about people need from the store; its noun files satisfy these by shape."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from engine.model import Duty, RecordLink, User


class PeopleRows(Protocol):
    """Users, groups and units."""

    def members(self, group: str) -> Sequence[str]:
        """Return the login names of the group's active users, by name; empty when there is no such group."""
        ...

    def active(self, names: Collection[str]) -> Collection[str]:
        """Return those of `names` that are active users."""
        ...

    def get(self, name: str) -> User:
        """Return the user, active or not; raises UserNotFound."""
        ...

    def unit_head(self, unit: str) -> str | None:
        """Return the login name of the unit's head, or None."""
        ...


class ShiftRows(Protocol):
    """Rosters."""

    def on_duty(self, group: str) -> Sequence[str]:
        """Return the login names of the group's active members whose shift it is now."""
        ...

    def has_roster(self, group: str) -> bool:
        """Return whether anybody ever planned shifts for the group."""
        ...


class DutyRows(Protocol):
    """Who did what for a record."""

    def of(self, record_numbers: Collection[str]) -> Sequence[Duty]:
        """Return all duties of those records."""
        ...


class LinkRows(Protocol):
    """Links between records."""

    def links(self, numbers: Collection[str], kinds: Collection[str]) -> Sequence[RecordLink]:
        """Return the links of those kinds that start or end at one of `numbers`."""
        ...
