"""Who may do what: product roles are memberships, segregation of duties is data (decisions no. 11 and 20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Actor, Label, ProcessDefinition, StandIn
from engine.people import stands_in_for
from engine.store.absences import Absences
from engine.store.people import People
from engine.store.user_tasks import UserTaskRows

ADMINISTRATOR = "administrator"
AUDITOR = "auditor"
PROCESS_OWNER = "process_owner"
#: Accounts of programs: they may give variables where people fill in a form.
PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Permissions:
    """What one person may do, read once per command."""

    user: str
    is_active: bool
    groups: frozenset[str]
    is_system: bool = False
    unit: str = ""

    def as_variable(self) -> dict[str, Any]:
        """Return what expressions of forms see as `current_user`."""
        return {"name": self.user, "unit": self.unit, "groups": sorted(self.groups)}

    @property
    def is_administrator(self) -> bool:
        """Return whether this person operates the system (or is the system)."""
        return self.is_system or ADMINISTRATOR in self.groups

    @property
    def reads_all(self) -> bool:
        """Return whether this person sees every record that is not restricted."""
        return self.is_administrator or AUDITOR in self.groups

    def require_administrator(self) -> None:
        """Raise NotPermitted unless this person operates the system."""
        if not self.is_administrator:
            raise NotPermitted(
                "operate", Label("this needs the role administrator.", "tindakan ini memerlukan peran administrator.")
            )

    def require_active(self) -> None:
        """Raise NotPermitted unless the account exists and is active."""
        if not (self.is_active or self.is_system):
            raise NotPermitted(
                "active", Label(f"the account {self.user} is not active.", f"akun {self.user} tidak aktif.")
            )


def read_permissions(context: CommandContext, actor: Actor) -> Permissions:
    """Read whether the account is active, its unit and groups, in one statement."""
    if actor.is_system:
        return Permissions(actor.user, is_active=True, groups=frozenset(), is_system=True)
    user = People(context.work, context.now).find(actor.user)
    if user is None or not user.is_active:
        return Permissions(actor.user, is_active=False, groups=frozenset())
    return Permissions(user.name, is_active=True, groups=frozenset(user.groups), unit=user.unit)


def require_program(permissions: Permissions) -> None:
    """Raise NotPermitted unless this is a program's account (group `program`), an administrator or the engine itself.

    They hand over variables as they are; people fill in forms, whose checks they must not go around.
    """
    permissions.require_active()
    if not (permissions.is_administrator or PROGRAM in permissions.groups):
        raise NotPermitted(
            "program",
            Label(
                "values are given through the form; only programs (group program) and administrators do without it.",
                "nilai diisi lewat formulir; hanya program (grup program) dan administrator yang boleh tanpa formulir.",
            ),
        )


def require_starter(permissions: Permissions, definition: ProcessDefinition) -> None:
    """Raise NotPermitted unless this person may start the process.

    A process that neither asks a person by a form nor names who starts it is started by other
    processes, messages and timers; administrators may, to put right what went wrong.
    """
    permissions.require_active()
    is_for_people = definition.start_form_id is not None or bool(definition.starters)
    if not (is_for_people or permissions.is_administrator):
        raise NotPermitted("start", Label("people do not start this process.", "proses ini tidak dimulai oleh orang."))
    if permissions.is_system or not definition.starters or permissions.groups & set(definition.starters):
        return
    wanted = ", ".join(definition.starters)
    raise NotPermitted(
        "start", Label(f"starting this needs one of: {wanted}.", f"memulai ini memerlukan salah satu: {wanted}.")
    )


def require_candidate(context: CommandContext, permissions: Permissions, task: Mapping[str, Any]) -> StandIn | None:
    """Return for whom this person works on the user task, None in the own right; raises NotPermitted.

    The assignee, a candidate user or a member of a candidate group may, and who stands in for one of them who is away;
    a process owner too when nobody else could be reached (BI-11). An administrator may not, but can reassign, which is
    logged. Whether somebody is away and who stands in is read each time, so nothing has to run when an absence ends.
    """
    permissions.require_active()
    if permissions.is_system or is_candidate(permissions, task):
        return None
    stand_in = next((one for one in stand_ins_of(context, permissions.user) if _is_offered(one, task)), None)
    if stand_in is not None:
        return stand_in
    if PROCESS_OWNER in permissions.groups and UserTaskRows(context.work).lies_with(task["key"], PROCESS_OWNER):
        return None
    if task["on_behalf_of"] and task["assignee"] == permissions.user:
        raise _no_longer_deputy(task["on_behalf_of"])
    raise NotPermitted(
        "candidate",
        Label(
            "this task is for other people or groups. Ask its assignee or an administrator to reassign it.",
            "tugas ini untuk orang atau grup lain. Minta pemegangnya atau administrator mengalihkannya.",
        ),
    )


def require_assigner(permissions: Permissions, task: Mapping[str, Any]) -> None:
    """Raise NotPermitted unless this person may give the user task to somebody: its assignee, administrators."""
    if not (permissions.is_administrator or task["assignee"] == permissions.user):
        raise NotPermitted(
            "assign",
            Label("only its assignee or an administrator may do that.", "hanya pemegangnya atau administrator."),
        )


def is_candidate(permissions: Permissions, task: Mapping[str, Any]) -> bool:
    """Return whether this person may claim or has the user task in the own right, not as a deputy."""
    has_it = task["assignee"] == permissions.user and not task["on_behalf_of"]
    if has_it or permissions.user in task["candidate_users"]:
        return True
    groups: Sequence[str] = task["candidate_groups"]
    return bool(permissions.groups & set(groups))


def stand_ins_of(context: CommandContext, user: str) -> tuple[StandIn, ...]:
    """Return for whom a person stands in now, by name; one statement."""
    deputies, away = Absences(context.work, context.now).deputies()
    ways = stands_in_for(user, deputies)
    return tuple(
        StandIn(name, away[name].display_name, ways[name], frozenset(away[name].groups)) for name in sorted(ways)
    )


def _is_offered(stand_in: StandIn, task: Mapping[str, Any]) -> bool:
    """Return whether who is away has the task, or may have it; who claimed it as a deputy keeps it for that person."""
    if task["on_behalf_of"]:
        return bool(task["on_behalf_of"] == stand_in.user)
    if task["assignee"]:
        return bool(task["assignee"] == stand_in.user)
    return stand_in.user in task["candidate_users"] or bool(stand_in.groups & set(task["candidate_groups"]))


def _no_longer_deputy(user: str) -> NotPermitted:
    return NotPermitted(
        "deputy",
        Label(
            f"you no longer stand in for {user}. Give the task back.",
            f"Anda tidak lagi mewakili {user}. Kembalikan tugas ini.",
        ),
    )
