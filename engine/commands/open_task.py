"""What every command on a user task checks first: it is there, active, and the actor may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import Permissions, read_permissions, require_assigner, require_candidate
from engine.commands.runtime import InstanceRun, Runtime
from engine.commands.segregation import require_deputy_allowed, require_no_conflict
from engine.errors import StaleRevision, UserTaskClaimed, UserTaskNotActive
from engine.model import StandIn
from engine.store.instances import LoadedInstance
from engine.store.user_tasks import UserTaskRows


@dataclass(slots=True)
class OpenTask:
    """An active user task that the actor may work on."""

    row: dict[str, Any]
    permissions: Permissions
    loaded: LoadedInstance
    stand_in: StandIn | None = None  #: for whom the actor, a deputy, works on it

    @property
    def key(self) -> int:
        """Return the key of the task and of its element instance."""
        key: int = self.row["key"]
        return key

    def run_in(self, runtime: Runtime) -> InstanceRun:
        """Return the task's instance, ready to run."""
        runtime.loaded_tasks[self.key] = self.row
        return runtime.adopt(self.loaded)


def open_task(
    runtime: Runtime, key: int, *, revision: int | None = None, by_candidate: bool = True, by_holder: bool = False
) -> OpenTask:
    """Read a user task and check what nearly every command on it needs.

    Raises UserTaskNotFound, NotPermitted, UserTaskNotActive or StaleRevision; who may not work on it
    does not learn who did. `by_candidate` False: its assignee and administrators may (to reassign it).
    `by_holder`: who has it may, whatever forbids to complete it (to give it back). What is done as a deputy names both
    in the history.
    """
    loaded = UserTaskRows(runtime.context.work).load(key)
    permissions = read_permissions(runtime.context, runtime.actor)
    permissions.require_active()
    row = loaded.row
    stand_in = None
    is_holder = row["assignee"] == permissions.user
    if by_candidate and row["completed_by"] != permissions.user and not (by_holder and is_holder):
        stand_in = require_candidate(runtime.context, permissions, row)
    if not by_candidate:
        require_assigner(permissions, row)
    if row["state"] != "created":
        raise UserTaskNotActive(key, row["state"], row["completed_by"], row["completed_at"])
    if revision is not None and revision != row["revision"]:
        raise StaleRevision("user task", key)
    if by_holder and row["assignee"] and not is_holder:
        raise UserTaskClaimed(key, row["assignee"])
    runtime.on_behalf_of = stand_in.user if stand_in else None
    return OpenTask(row, permissions, loaded.instance, stand_in)


def require_stand_in_allowed(task: OpenTask, runtime: Runtime, run: InstanceRun) -> None:
    """Raise NotPermitted when the actor is a deputy whom the diagram does not let act."""
    if task.stand_in is not None:
        seen = {**run.execution.variables_of(task.key), "current_user": task.permissions.as_variable()}
        require_deputy_allowed(runtime.context, task.stand_in, task.row["properties"], seen)


def require_own(task: OpenTask, runtime: Runtime) -> None:
    """Raise UserTaskClaimed when somebody else has the task, NotPermitted when segregation of duties forbids."""
    assignee = task.row["assignee"]
    holders = {None, "", runtime.actor.user, task.stand_in.user if task.stand_in else None}
    if assignee not in holders and not runtime.actor.is_system:
        raise UserTaskClaimed(task.key, assignee)
    record_key, properties = task.loaded.instance.record_key, task.row["properties"]
    require_no_conflict(runtime.context, runtime.actor, record_key, properties, task.stand_in)
