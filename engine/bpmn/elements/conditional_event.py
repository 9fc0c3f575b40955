"""Waiting for a condition: looked at on entering and whenever a variable that it sees changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import EventDefinition, given
from engine.bpmn.spiff import ElementInstance
from engine.errors import ExecutionFailed

if TYPE_CHECKING:
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.run import Run, Wait


def prepare(run: Run, owner: ElementInstance, spec: ElementSpec) -> Wait:
    """Return the wait; `new` means that the condition was not looked at yet."""
    return {"new": True}


def open_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """Begin to look at the condition."""
    run.conditions[wait["key"]] = None


def close_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """Look at it no longer."""
    run.conditions.pop(wait["key"], None)


def trigger_conditions(run: Run) -> bool:
    """Trigger the conditional events whose condition became worth a look and is true; return whether any was."""
    changes, run.scopes.changes = run.scopes.changes, []
    happened = False
    for key in list(run.conditions):
        owner, wait = run.waits.get(key, (None, None))
        if owner is None or wait is None:
            continue
        event = given(run.process.spec.spec(wait["on"]).element.event)
        if (wait.pop("new", False) or _concerns(owner, event, changes)) and _holds(run, owner, event):
            run.happen(owner, wait, {})
            happened = True
    return happened


def _concerns(owner: ElementInstance, event: EventDefinition, changes: list[tuple[int, str, str]]) -> bool:
    """Return whether a variable changed that the owner sees and the event's filter lets through."""
    if not changes:
        return False
    seen = {instance.key for instance in owner.scopes()}
    return any(
        key in seen and (not event.variable_names or name in event.variable_names) and kind in event.variable_events
        for key, name, kind in changes
    )


def _holds(run: Run, owner: ElementInstance, event: EventDefinition) -> bool:
    """Return whether the condition is true; what cannot be decided yet (null) is not."""
    try:
        return run.evaluate.value(given(event.condition), owner) is True
    except ExecutionFailed:
        return False
