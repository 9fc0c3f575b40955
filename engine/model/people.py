"""Who acts, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model.text import Label


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `user` is a login name; the engine reads roles and groups itself."""

    user: str

    @property
    def is_system(self) -> bool:
        """Return whether the engine itself acts: timers, connectors, start-up."""
        return self.user == "system"


SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class User:
    """A person who may log in."""

    name: str
    display_name: str
    email: str
    language: str
    unit: str
    is_active: bool
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A role of the organisation; a lane names it."""

    name: str
    label: Label


@dataclass(frozen=True, slots=True)
class Notification:
    """A message to a person, shown in the product (mail is sent from the same row)."""

    key: int
    user: str
    subject: Label
    body: Label
    record_number: str | None
    created_at: datetime
    read_at: datetime | None
