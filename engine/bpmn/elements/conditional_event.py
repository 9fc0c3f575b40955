"""Waiting for a condition: looked at on entering and whenever a variable that it reads changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import given
from engine.bpmn.expressions import Expression
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
    changed = set(run.scopes.changed_names)
    run.scopes.changed_names.clear()
    happened = False
    for key in list(run.conditions):
        owner, wait = run.waits.get(key, (None, None))
        if owner is None or wait is None:
            continue
        spec = run.process.spec.spec(wait["on"])
        condition = spec.element.event.condition if spec.element.event else None
        is_due = condition is not None and (wait.pop("new", False) or condition.names & changed)
        if is_due and _holds(run, owner, given(condition)):
            run.happen(owner, wait, {})
            happened = True
    return happened


def _holds(run: Run, owner: ElementInstance, condition: Expression) -> bool:
    """Return whether the condition is true; what cannot be decided yet (null) is not."""
    try:
        return run.evaluate.value(condition, owner) is True
    except ExecutionFailed:
        return False
