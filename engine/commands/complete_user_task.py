"""A person (or a program) finishes a user task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engine.commands.attaching import finish_files
from engine.commands.authorisation import require_program
from engine.commands.context import CommandContext
from engine.commands.form_values import examined_values
from engine.commands.open_task import OpenTask, open_task, require_own, require_stand_in_allowed
from engine.commands.record_rooms import add_duties
from engine.commands.runtime import InstanceRun, Runtime
from engine.commands.segregation import DUTY_PROPERTY, names_in
from engine.files import FileRefusal
from engine.forms import answers
from engine.model import Actor, ProcessInstance, UserTaskKey

#: Fields of the form whose answers the story of the record tells: `ballot.decision, ballot.reason`.
STORY_PROPERTY = "clause8:story"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteUserTask:
    """Complete a user task with what its form submitted; programs and administrators also with plain variables.

    Returns the instance as it is after its run to the next wait states. Raises UserTaskNotFound,
    UserTaskNotActive, UserTaskClaimed, StaleRevision, NotPermitted or FormRejected; then nothing changed.
    """

    user_task_key: UserTaskKey | int
    actor: Actor
    submitted: Mapping[str, Any] | None = None
    variables: Mapping[str, Any] | None = None
    revision: int | None = None
    refused_files: tuple[FileRefusal, ...] = ()  #: not taken; the record says so (BI-10)

    def run(self, context: CommandContext) -> ProcessInstance:
        """Do it in the caller's transaction."""
        runtime = Runtime(context, self.actor)
        task = open_task(runtime, self.user_task_key, revision=self.revision)
        require_own(task, runtime)
        run = task.run_in(runtime)
        require_stand_in_allowed(task, runtime, run)
        values = self._values(runtime, run, task)
        self._note_duties(runtime, run, task)
        run.execution.complete_user_task(task.key, values)
        runtime.settle()
        finish_files(context, self.actor, run.instance.record_key, values, self.refused_files)
        return run.instance

    def _values(self, runtime: Runtime, run: InstanceRun, task: OpenTask) -> dict[str, Any]:
        """Return what is accepted; what the history tells of it waits for the entry that says the task is done."""
        if self.submitted is None:
            if self.variables or task.row["form_key"] is not None:
                require_program(task.permissions)
            return dict(self.variables or {})
        seen = {**run.execution.variables_of(task.key), "current_user": task.permissions.as_variable()}
        form = examined_values(runtime.context, self.actor, task.row["form_key"], self.submitted, seen)
        if form is None:
            return {}
        told = names_in(task.row["properties"].get(STORY_PROPERTY, ""))
        runtime.answers[task.key] = [asdict(answer) for answer in answers(form, told)]
        return form.values

    def _note_duties(self, runtime: Runtime, run: InstanceRun, task: OpenTask) -> None:
        duties = names_in(task.row["properties"].get(DUTY_PROPERTY, ""))
        if duties and run.instance.record_key and not self.actor.is_system:
            add_duties(runtime.context, run.instance.record_key, duties, self.actor, runtime.on_behalf_of)
