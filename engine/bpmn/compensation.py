"""What was done and can be undone: records of completed activities, kept by the scope that they were completed in.

A record is JSON: `activity`, `handler` (element id of the associated activity, or None), `event_subprocess` (id of a
compensation event sub-process, or None), `inside` (the records of a completed sub-process) and `variables` (its own).
Source: BPMN 2.0.2, 10.7 and 13.5.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.run import Run

Record = dict[str, Any]


def keep_record(run: Run, instance: ElementInstance) -> None:
    """Note in the enclosing scope that an activity completed, if there is a way to undo it."""
    spec, scope = instance.spec, instance.scope
    inside = instance.state_data.get("done", [])
    if scope is None or not (inside or spec.element.boundary_events or spec.is_scope):
        return
    handler = handler_of(spec)
    event_subprocess = _compensation_subprocess(spec)
    if handler or event_subprocess or inside:
        record = {
            "activity": spec.element.id,
            "handler": handler,
            "event_subprocess": event_subprocess,
            "inside": inside,
            "variables": dict(run.scopes.local(instance.key)) if inside or event_subprocess else {},
        }
        scope.state_data.setdefault("done", []).append(record)


def handler_of(spec: ElementSpec) -> str | None:
    """Return the activity that undoes one with a compensation boundary event."""
    if spec.has_edge:
        for name in spec.element.boundary_events:
            element = spec.process.spec(name).element
            if element.event_kind == "compensate":
                return element.compensation_handler
    return None


def take_records(thrower: ElementInstance, activity_id: str | None) -> list[Record]:
    """Return what a compensation event undoes, last done first, and forget it.

    From inside an event sub-process it reaches into the scope around it too.
    """
    taken: list[Record] = []
    scope = thrower.scope
    while scope is not None:
        done: list[Record] = scope.state_data.get("done", [])
        chosen = [record for record in done if activity_id in (None, record["activity"])]
        scope.state_data["done"] = [record for record in done if record not in chosen]
        taken.extend(reversed(chosen))
        scope = scope.scope if scope.element.is_event_subprocess else None
    return taken


def compensate(run: Run, records: list[Record], scope: ElementInstance) -> None:
    """Enter the handlers of all records inside `scope`, in this order."""
    waiting = [(record, scope) for record in records]
    while waiting:
        record, inside = waiting.pop(0)
        if record["handler"]:
            run.enter(run.process.spec.spec(record["handler"]), inside)
            continue
        if record["variables"] or record["event_subprocess"]:
            inside = _reopen(run, record, inside)
        if record["event_subprocess"]:
            _enter_event_subprocess(run, record, inside)
        else:
            waiting[:0] = [(inner, inside) for inner in reversed(record["inside"])]


def _reopen(run: Run, record: Record, scope: ElementInstance) -> ElementInstance:
    """Return a scope with the variables that a completed sub-process had."""
    spec = run.process.spec.spec(f"{record['activity']}#undo")
    data = {"stage": "active", "done": record["inside"] if record["event_subprocess"] else []}
    reopened = run.add(run.context.next_key(), spec, scope, data)
    for name, value in record["variables"].items():
        run.scopes.set_local(reopened.key, name, value)
    return reopened


def _enter_event_subprocess(run: Run, record: Record, scope: ElementInstance) -> None:
    spec = run.process.spec.spec(record["event_subprocess"])
    run.enter(spec, scope, {"start": spec.start_events()[0].name})


def _compensation_subprocess(spec: ElementSpec) -> str | None:
    for start in spec.event_subprocess_starts():
        if start.element.event_kind == "compensate":
            return start.element.scope
    return None
