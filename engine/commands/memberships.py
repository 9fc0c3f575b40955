"""From when to when a person is in a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.audit import note_in_system
from engine.commands.authorisation import ADMINISTRATOR, read_permissions
from engine.commands.context import CommandContext
from engine.errors import InputInvalid
from engine.model import Actor, Label, Membership
from engine.store.people import People


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMembership:
    """Put a person into a group from one moment up to another; None: since ever, for good. Administrators may.

    A membership begins and ends by itself: it is looked at whenever somebody asks, no job has to run. Nobody ends the
    own membership of administrators. Raises NotPermitted, UserNotFound, InputInvalid.
    """

    user: str
    group: str
    actor: Actor
    from_at: datetime | None = None
    until_at: datetime | None = None

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        people = People(context.work, context.now)
        person = people.get(self.user)
        self._check(people)
        entry = Membership(self.group, self.from_at, self.until_at)
        people.put_membership(person.name, entry)
        details = {
            "name": person.name,
            "group": self.group,
            "from": self.from_at.isoformat() if self.from_at else None,
            "until": self.until_at.isoformat() if self.until_at else None,
        }
        note_in_system(context, self.actor, "membership_set", details)

    def _check(self, people: People) -> None:
        if self.group not in {group.name for group in people.groups()}:
            raise InputInvalid(Label(f"There is no group {self.group}.", f"Tidak ada grup {self.group}."))
        if self.from_at and self.until_at and self.until_at <= self.from_at:
            raise InputInvalid(
                Label("The membership must end after it begins.", "Keanggotaan harus berakhir sesudah mulainya.")
            )
        if self.group == ADMINISTRATOR and self.user == self.actor.user and (self.until_at or self.from_at):
            raise InputInvalid(
                Label("You cannot take your own access away.", "Anda tidak dapat mencabut akses Anda sendiri.")
            )
