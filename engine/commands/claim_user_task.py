"""A person takes a user task out of the group's inbox, or puts it back."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.commands.open_task import open_task, require_own, require_stand_in_allowed
from engine.commands.runtime import Runtime
from engine.errors import NotPermitted
from engine.model import Actor, Label, UserTaskKey


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimUserTask:
    """Make the actor the assignee; claiming what one has already changes nothing.

    What lies with somebody who is away stays there: the deputy completes it as it is.

    Raises UserTaskClaimed when somebody else has it, NotPermitted when segregation of duties forbids.
    """

    user_task_key: UserTaskKey | int
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime = Runtime(context, self.actor)
        task = open_task(runtime, self.user_task_key)
        require_own(task, runtime)
        if task.row["assignee"]:
            return
        run = task.run_in(runtime)
        require_stand_in_allowed(task, runtime, run)
        run.execution.assign_user_task(task.key, self.actor.user, runtime.on_behalf_of)
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclaimUserTask:
    """Give a user task back to its candidates; refused where nobody else could take it."""

    user_task_key: UserTaskKey | int
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime = Runtime(context, self.actor)
        task = open_task(runtime, self.user_task_key, by_holder=True)
        if not (task.row["candidate_groups"] or task.row["candidate_users"]):
            raise NotPermitted(
                "unclaim",
                Label(
                    "the task is for one person only; ask an administrator to reassign it.",
                    "tugas ini hanya untuk satu orang; minta administrator mengalihkannya.",
                ),
            )
        task.run_in(runtime).execution.assign_user_task(task.key, None)
        runtime.settle()
