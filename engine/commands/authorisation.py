"""Who may do what: product roles are memberships, segregation of duties is data (decisions no. 11 and 20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Actor, Label, ProcessDefinition
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
    user = People(context.work).find(actor.user)
    if user is None or not user.is_active:
        return Permissions(actor.user, is_active=False, groups=frozenset())
    return Permissions(user.name, is_active=True, groups=frozenset(user.groups), unit=user.unit)


def require_starter(permissions: Permissions, definition: ProcessDefinition) -> None:
    """Raise NotPermitted unless this person may start the process.
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


def require_candidate(context: CommandContext, permissions: Permissions, task: Mapping[str, Any]) -> None:
    """Raise NotPermitted unless this person may work on the user task.

    The assignee, a candidate user or a member of a candidate group may; a process owner too when
    nobody else could be reached (BI-11). An administrator may not, but can reassign, which is logged.
    """
    permissions.require_active()
    if permissions.is_system or is_candidate(permissions, task):
        return
    if PROCESS_OWNER in permissions.groups and UserTaskRows(context.work).lies_with(task["key"], PROCESS_OWNER):
        return
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
    """Return whether this person may claim or has the user task."""
    if task["assignee"] == permissions.user or permissions.user in task["candidate_users"]:
        return True
    groups: Sequence[str] = task["candidate_groups"]
    return bool(permissions.groups & set(groups))
