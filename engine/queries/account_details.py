"""What belongs to one account beside its facts: dates of memberships, sessions, absences; and importing many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.import_people import PlannedPerson, plan_import
from engine.commands.log_in import digest
from engine.errors import ResetNotFound
from engine.model import Absence, Actor, Group, Membership, User
from engine.store.absences import Absences
from engine.store.password_resets import PasswordResets
from engine.store.people import People
from engine.store.sessions import SessionEntry, Sessions, session_id

_SHOWN_AFTER_END = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class AccountDetailsData:
    """What the page shows."""

    user: User
    memberships: tuple[Membership, ...]  #: past and coming ones too
    groups: tuple[Group, ...]  #: all there are
    sessions: tuple[SessionEntry, ...]
    absences: tuple[Absence, ...]
    current_session: str | None  #: id of the session that asks, when it is this person's


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """Ask for one's own account, or for that of anybody as an administrator. `token` is that of the asking session."""

    actor: Actor
    name: str = ""
    token: str = ""

    def run(self, context: CommandContext) -> AccountDetailsData:
        """Answer; raises NotPermitted, UserNotFound."""
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        name = self.name or permissions.user
        if name != permissions.user:
            permissions.require_administrator()
        people = People(context.work, context.now)
        after = context.now - _SHOWN_AFTER_END
        absences = Absences(context.work, context.now).lately([name], ended_after=after, limit=50)
        return AccountDetailsData(
            user=people.get(name),
            memberships=tuple(people.memberships(name)),
            groups=tuple(people.groups()),
            sessions=tuple(Sessions(context.work).of(name, now=context.now)),
            absences=tuple(one for one in absences if one.user == name),
            current_session=session_id(digest(self.token)) if self.token and name == permissions.user else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """Ask what importing a sheet of people would do, line by line. Administrators may."""

    text: str
    actor: Actor

    def run(self, context: CommandContext) -> list[PlannedPerson]:
        """Answer; raises NotPermitted, InputInvalid when it is no such sheet."""
        read_permissions(context, self.actor).require_administrator()
        return plan_import(context, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoseReset:
    """Ask whose password a link chooses; raises ResetNotFound when it was used, expired or never given."""

    token: str

    def run(self, context: CommandContext) -> User:
        """Answer."""
        name = PasswordResets(context.work, context.now).user(digest(self.token))
        user = None if name is None else People(context.work, context.now).find(name)
        if user is None or not user.is_active:
            raise ResetNotFound("")
        return user
