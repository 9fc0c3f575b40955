"""Waiting for a time. Each firing of a repeated timer has a key of its own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from engine.bpmn.definition import TimerDefinition, given
from engine.bpmn.effects import TimerEnded, TimerStarted
from engine.bpmn.spiff import ElementInstance
from engine.bpmn.timing import Schedule, next_schedule, schedule_of
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.run import Run, Wait

_TIMES = {
    "date": Label("a date and time", "tanggal dan waktu"),
    "duration": Label("a duration", "durasi"),
    "cycle": Label("a repeating interval, a date and time or cron", "interval berulang, tanggal dan waktu, atau cron"),
}


def prepare(run: Run, owner: ElementInstance, spec: ElementSpec) -> Wait:
    """Return when it fires; raises ExecutionFailed when the expression gives no time."""
    timer = definition(spec)
    value = run.evaluate.value(timer.value, owner)
    schedule = schedule_of(timer.kind, value, run.context.now)
    if schedule is None:
        raise run.evaluate.failed(owner, _TIMES[timer.kind], timer.value, value)
    return _as_data(schedule)


def open_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """Start the timer."""
    element_id = run.process.spec.spec(wait["on"]).element.id
    due_at = datetime.fromisoformat(wait["due"])
    if due_at <= run.context.now:
        run.overdue.append(wait["key"])
    run.effects.append(TimerStarted(wait["key"], owner.key, element_id, due_at, wait["left"]))


def close_wait(run: Run, owner: ElementInstance, wait: Wait) -> None:
    """Stop the timer."""
    run.effects.append(TimerEnded(wait["key"]))


def following(run: Run, owner: ElementInstance, fired: Wait) -> Wait | None:
    """Return the wait after one that fired, None when that was the last; raises ExecutionFailed."""
    schedule = Schedule(datetime.fromisoformat(fired["due"]), fired["left"], fired["every"])
    after = _asked_again(run, owner, fired) if schedule.every == "=" else next_schedule(schedule, run.context.now)
    return {"kind": "timer", "on": fired["on"], **_as_data(after)} if after is not None else None


def fire_overdue(run: Run) -> bool:
    """Let the timers happen whose time was in the past already when they started; return whether there were any."""
    overdue, run.overdue = run.overdue, []
    waiting = [run.waits[key] for key in overdue if key in run.waits]
    for owner, wait in waiting:
        if wait["key"] in run.waits:
            run.happen(owner, wait, {})
    return bool(waiting)


def definition(spec: ElementSpec) -> TimerDefinition:
    """Return the timer of an event."""
    return given(given(spec.element.event).timer)


def _asked_again(run: Run, owner: ElementInstance, wait: Wait) -> Schedule | None:
    """Ask a cycle's FEEL for the time after a firing; null stops it (decisions.md, 15)."""
    timer = definition(run.process.spec.spec(wait["on"]))
    value = run.evaluate.value(timer.value, owner)
    if value is None:
        return None
    schedule = schedule_of("cycle", value, run.context.now)
    # A cycle that names the past again and again would never come to an end.
    if schedule is None or schedule.due_at <= run.context.now:
        raise run.evaluate.failed(owner, _TIMES["cycle"], timer.value, value)
    return schedule


def _as_data(schedule: Schedule) -> dict[str, Any]:
    return {"due": schedule.due_at.isoformat(), "left": schedule.left, "every": schedule.every}
