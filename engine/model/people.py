"""Who acts, and who is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

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
class Membership:
    """A person's place in a group, from one moment up to another; None: since ever, for good."""

    group: str
    from_at: datetime | None = None
    until_at: datetime | None = None  #: the first moment after it

    def holds(self, now: datetime) -> bool:
        """Return whether it counts at that moment."""
        return (self.from_at is None or self.from_at <= now) and (self.until_at is None or now < self.until_at)


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away, and a deputy stands in meanwhile."""

    key: int
    user: str
    deputy: str
    from_at: datetime
    until_at: datetime  #: the first moment after it
    note: str
    entered_by: str


@dataclass(frozen=True, slots=True)
class StandIn:
    """For whom a deputy may act now, and over whom it came to him: a deputy who is away has a deputy too."""

    user: str
    display_name: str
    via: tuple[str, ...]
    groups: frozenset[str]  #: of the person who is away

    @property
    def people(self) -> frozenset[str]:
        """Return everybody whose conflicts of duties the deputy inherits."""
        return frozenset((self.user, *self.via))


@dataclass(frozen=True, slots=True)
class Shift:
    """One person of a group is on duty for a while."""

    key: int
    group: str
    user: str
    from_at: datetime
    until_at: datetime  #: the first moment after it


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
    event: str = ""  #: key of the template
    is_low: bool = False  #: early enough in a digest


class LinkState(Enum):
    """How things stand with a link."""

    OPEN = "open"
    LOGIN = "login"  #: open, but the person must log in
    NOT_YOURS = "not_yours"  #: somebody else is logged in
    USED = "used"  #: the task was completed, by this link or otherwise
    DECIDED = "decided"  #: taken back, since the outcome is known without this answer
    CHANGED = "changed"  #: taken back, since what was asked changed
    EXPIRED = "expired"
