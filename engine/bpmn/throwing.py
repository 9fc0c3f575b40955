"""Errors and escalations: who catches them. They travel from scope to scope, outward, to the first that does.

In a scope its event sub-processes come first, then the boundary events of its activity; among the same kind the one
with the code before the one for all codes. Source: BPMN 2.0.2, 10.5.7; Camunda 8, error and escalation events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.effects import ErrorPropagated, InstanceEnded
from engine.bpmn.spiff import ElementInstance
from engine.errors import ExecutionFailed
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.run import Run

UNHANDLED_ERROR = "unhandled_error"


def raise_error(run: Run, origin: ElementInstance, code: str, message: str, variables: Mapping[str, Any]) -> None:
    """Hand a BPMN error to its catcher, in this instance or in the one that called it.

    Raises ExecutionFailed when there is none: the origin stays, with a Fault.
    """
    found = find_catcher(run, origin, "error", code)
    if found is not None:
        owner, spec = found
        spec.triggered(run, owner, {"kind": "error", "on": spec.name}, variables)
    elif run.context.caller_catches(code, False):
        run.effects.append(ErrorPropagated(code, message, dict(variables)))
        end_instance(run)
    else:
        raise _unhandled(origin, code, message)


def raise_escalation(run: Run, origin: ElementInstance, code: str, variables: Mapping[str, Any]) -> None:
    """Hand an escalation to its catcher; without one it is of no consequence."""
    found = find_catcher(run, origin, "escalation", code)
    if found is not None:
        owner, spec = found
        spec.triggered(run, owner, {"kind": "escalation", "on": spec.name}, variables)
    elif run.context.caller_catches(code, True):
        run.effects.append(ErrorPropagated(code, "", dict(variables), is_escalation=True))


def find_catcher(run: Run, origin: ElementInstance, kind: str, code: str) -> tuple[ElementInstance, ElementSpec] | None:
    """Return the event that catches, and the instance on whose behalf it waits; None when there is none."""
    passed: str | None = None
    for current in origin.scopes():
        # An event sub-process does not catch what is thrown inside itself.
        starts = current.spec.event_subprocess_starts() if "interrupted" not in current.state_data else []
        inner = [start for start in starts if start.element.scope != passed]
        boundary = [run.process.spec.spec(name) for name in current.element.boundary_events]
        edge = boundary if current.spec.has_edge else []
        caught = _matching(inner, kind, code) or _matching(edge, kind, code)
        if caught is not None:
            return current, caught
        passed = current.element.id
    return None


def end_instance(run: Run) -> None:
    """End everything, at once if no listener must be asked."""
    variables = dict(run.scopes.local(run.key))
    run.cancel(run.root)
    if run.root.is_over:
        run.effects.append(InstanceEnded(True, variables))


def _matching(specs: Iterable[ElementSpec], kind: str, code: str) -> ElementSpec | None:
    catch_all = None
    for spec in specs:
        event = spec.element.event
        if event is None or event.kind != kind:
            continue
        if event.code is None:
            catch_all = catch_all or spec
        elif event.code.constant == code:
            return spec
    return catch_all


def _unhandled(origin: ElementInstance, code: str, message: str) -> ExecutionFailed:
    tail = f": {message}" if message else ""
    return ExecutionFailed(
        origin.element.id,
        UNHANDLED_ERROR,
        Label(
            f"Nothing catches the BPMN error {code!r}{tail}. Migrate to a version that catches it, or cancel.",
            f"Galat BPMN {code!r}{tail} tidak ditangani. Migrasikan ke versi yang menanganinya, atau batalkan.",
        ),
    )
