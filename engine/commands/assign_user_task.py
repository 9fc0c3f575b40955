"""A user task is given to somebody else, or its dates and candidates change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.open_task import open_task
from engine.commands.runtime import Runtime
from engine.commands.segregation import require_no_conflict
from engine.errors import InputInvalid, UserNotFound
from engine.model import Actor, Label, UserTaskKey

_CHANGEABLE = {"assignee", "candidate_groups", "candidate_users", "due_at", "follow_up_at", "priority"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignUserTask:
    """Make somebody the assignee (None: nobody); the assignee and administrators may.

    Raises UserNotFound for a person who is not active, NotPermitted(rule) when segregation of
    duties forbids the task to that person.
    """

    user_task_key: UserTaskKey | int
    assignee: str | None
    actor: Actor
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime = Runtime(context, self.actor)
        task = open_task(runtime, self.user_task_key, by_candidate=False)
        run = task.run_in(runtime)
        if self.assignee and not self.actor.is_system:
            person = read_permissions(context, Actor(self.assignee))
            if not person.is_active:
                raise UserNotFound(self.assignee)
            require_no_conflict(context, Actor(self.assignee), run.instance.record_key, task.row["properties"])
        run.execution.assign_user_task(task.key, self.assignee)
        if self.reason:
            runtime.note(
                run,
                "user_task_reassigned",
                element_id=task.row["element_id"],
                element_instance_key=task.key,
                details={"to": self.assignee, "reason": self.reason},
            )
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateUserTask:
    """Change candidates, dates or priority of an open user task; administrators may."""

    user_task_key: UserTaskKey | int
    actor: Actor
    changes: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        unknown = set(self.changes) - _CHANGEABLE
        if unknown:
            names = ", ".join(sorted(unknown))
            raise InputInvalid(
                Label(f"A user task has no {names} to change.", f"Tugas tidak punya {names} untuk diubah.")
            )
        runtime = Runtime(context, self.actor)
        task = open_task(runtime, self.user_task_key, by_candidate=False)
        task.permissions.require_administrator()
        task.run_in(runtime).execution.update_user_task(task.key, dict(self.changes))
        runtime.settle()
