"""User tasks of a run: their rows, and in whose inbox they lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from engine.bpmn.definition import UserTaskDefinition
from engine.bpmn.effects import FaultOpened, UserTaskChanged, UserTaskEnded, UserTaskOpened
from engine.commands.announcing import announce
from engine.commands.faults import open_fault
from engine.model import ElementState, Label, UserTaskState
from engine.store.user_tasks import UserTaskRows

if TYPE_CHECKING:
    from engine.commands.runtime import InstanceRun, Runtime

#: Who gets a task that nobody could work on (BI-11): no candidate, an unknown person, an empty group.
FALLBACK_GROUP = "process_owner"


def opened(runtime: Runtime, run: InstanceRun, effect: UserTaskOpened) -> None:
    """Write the row of a new user task; who may work on it is checked when all rows are known."""
    runtime.delta.put_task(
        {
            "key": effect.key,
            "instance_key": run.key,
            "process_definition_key": run.instance.process_definition_key,
            "process_id": run.instance.process_id,
            "element_id": effect.element_id,
            "name_en": effect.name.en,
            "name_id": effect.name.id,
            "state": UserTaskState.CREATED.value,
            "assignee": effect.assignee,
            "candidate_groups": list(effect.candidate_groups),
            "candidate_users": list(effect.candidate_users),
            "due_at": effect.due_at,
            "follow_up_at": effect.follow_up_at,
            "priority": effect.priority,
            "form_key": _find_form(runtime, run, effect.key, effect.element_id, effect),
            "properties": dict(effect.properties),
            "created_at": runtime.now,
            "completed_at": None,
            "completed_by": None,
            "on_behalf_of": None,
            "revision": 1,
        }
    )
    runtime.new_tasks.append(effect.key)
    runtime.note(
        run,
        "user_task_created",
        element_id=effect.element_id,
        element_instance_key=effect.key,
        details={"assignee": effect.assignee, "candidate_groups": list(effect.candidate_groups)},
    )


def changed(runtime: Runtime, run: InstanceRun, effect: UserTaskChanged) -> None:
    """Write changed properties of an open user task and move it between inboxes."""
    row = _row(runtime, effect.key)
    if "assignee" in effect.changes:
        row["on_behalf_of"] = None  # whoever had it as a deputy has it no longer
    row |= dict(effect.changes)
    row["revision"] += 1
    runtime.delta.put_task(row)
    runtime.delta.put_inbox(effect.key, inbox_actors(row), is_new=False)
    if not row["assignee"]:
        runtime.freed_tasks.append(effect.key)
    runtime.note(
        run,
        "user_task_changed",
        element_id=effect.element_id,
        element_instance_key=effect.key,
        details={name: _jsonable(value) for name, value in effect.changes.items()},
    )


def ended(runtime: Runtime, run: InstanceRun, effect: UserTaskEnded) -> None:
    """Write that a user task was completed or canceled."""
    row = _row(runtime, effect.key)
    is_completed = effect.state is ElementState.COMPLETED
    row["state"] = (UserTaskState.COMPLETED if is_completed else UserTaskState.CANCELED).value
    row["completed_at"] = runtime.now
    row["completed_by"] = runtime.actor.user if is_completed else None
    row["on_behalf_of"] = runtime.on_behalf_of if is_completed else None
    row["revision"] += 1
    runtime.delta.put_task(row)
    runtime.delta.leave_inbox(effect.key)
    answers = runtime.answers.pop(effect.key, None)
    runtime.note(
        run,
        "user_task_completed" if is_completed else "user_task_canceled",
        element_id=effect.element_id,
        element_instance_key=effect.key,
        details={"answers": answers} if answers else None,
    )


def route_new_tasks(runtime: Runtime) -> None:
    """Put new and given back tasks into inboxes; what nobody could work on goes to the process owner (BI-11).

    Whom the diagram wants told of a new task is told.
    """
    new, freed = _open_rows(runtime, runtime.new_tasks), _open_rows(runtime, runtime.freed_tasks)
    runtime.new_tasks.clear()
    runtime.freed_tasks.clear()
    wanted = {actor for row in (*new, *freed) for actor in inbox_actors(row)}
    known = UserTaskRows(runtime.context.work).reachable(wanted, runtime.now) if wanted else set()
    for row in (*new, *freed):
        actors = inbox_actors(row)
        if not actors & known:
            actors |= {f"g:{FALLBACK_GROUP}"}
            run = runtime.runs[row["instance_key"]]
            runtime.note(run, "user_task_unroutable", element_id=row["element_id"], element_instance_key=row["key"])
        runtime.delta.put_inbox(row["key"], actors, is_new=row in new)
    announce(runtime, new)


def _open_rows(runtime: Runtime, keys: Iterable[int]) -> list[dict[str, Any]]:
    rows = (runtime.delta.task(key) for key in dict.fromkeys(keys))
    return [row for row in rows if row and row["state"] == UserTaskState.CREATED.value]


def attach_form(runtime: Runtime, run: InstanceRun, task_key: int) -> None:
    """Give an open user task the form that was missing; a new fault opens when it still is."""
    row = _row(runtime, task_key)
    wanted = run.deployed.executable.elements[row["element_id"]].user_task
    if wanted is not None:
        row["form_key"] = _find_form(runtime, run, task_key, row["element_id"], wanted)
        runtime.delta.put_task(row)
        run.touched = True


def inbox_actors(row: dict[str, Any]) -> set[str]:
    """Return the inboxes of an open task: the assignee's, else those of all candidates."""
    if row["assignee"]:
        return {f"u:{row['assignee']}"}
    return {f"g:{group}" for group in row["candidate_groups"]} | {f"u:{user}" for user in row["candidate_users"]}


def _row(runtime: Runtime, key: int) -> dict[str, Any]:
    return runtime.delta.task(key) or runtime.loaded_tasks.get(key) or UserTaskRows(runtime.context.work).row(key)


def _find_form(
    runtime: Runtime, run: InstanceRun, task_key: int, element_id: str, wanted: UserTaskOpened | UserTaskDefinition
) -> int | None:
    if wanted.form_id is None:
        return None
    context, deployment_key = runtime.context, run.deployed.definition.deployment_key
    found = context.definitions.form_key(
        context.work, wanted.form_id, wanted.form_binding, deployment_key, wanted.form_version_tag
    )
    if found is None:
        what = f"{wanted.form_id} ({wanted.form_binding.value})"
        reason = Label(
            f"Form {what} is not deployed. Deploy it, then retry.",
            f"Formulir {what} belum diterapkan. Terapkan, lalu coba lagi.",
        )
        open_fault(runtime, run, FaultOpened(context.keys.next_key(), task_key, element_id, None, "form", reason))
    return found


def _jsonable(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
