"""The variables that a user task sees, read without running its instance."""

from __future__ import annotations

from typing import Any

from engine.commands.context import CommandContext
from engine.model import UserTask
from engine.store.variables import VariableRows
from engine.store.workplace.places import live_elements
from engine.store.workplace.task_details import TaskDetails


def task_variables(context: CommandContext, details: TaskDetails) -> dict[str, Any]:
    """Return them, those of its own scope hide those of the scopes around it; of a task that ended the outer ones."""
    instance_key = details.task.process_instance_key
    scopes = VariableRows(context.work).of_instance(instance_key)
    enclosing = {element.key: element.scope_key for element in live_elements(context.work, [instance_key])}
    chain: list[int] = [details.task.key]
    while (outer := enclosing.get(chain[-1])) is not None:
        chain.append(outer)
    if chain[-1] != instance_key:
        chain.append(instance_key)
    visible: dict[str, Any] = {}
    for scope in reversed(chain):
        visible |= scopes.get(scope, {})
    return visible


def task_cells(task: UserTask) -> dict[str, Any]:
    """Return what authorisation looks at, as the row has it."""
    return {
        "key": task.key,
        "assignee": task.assignee,
        "candidate_groups": list(task.candidate_groups),
        "candidate_users": list(task.candidate_users),
        "on_behalf_of": task.on_behalf_of,
    }
