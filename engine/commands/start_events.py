"""Start events that wait outside any instance: for a moment, a message, a signal."""

from __future__ import annotations

from typing import Any

from engine.bpmn import Schedule, StartEvent
from engine.commands.context import CommandContext
from engine.commands.definitions import DeployedProcess
from engine.commands.host_functions import lazy_host_functions
from engine.model import ProcessDefinition, Timer
from engine.store.due import TimerRows
from engine.store.messages import MessageRows, SignalRows


def rearm_start_events(context: CommandContext, deployed: DeployedProcess, older: list[ProcessDefinition]) -> None:
    """Let the start events of a new version wait, and those of older versions no longer."""
    process_id = deployed.definition.process_id
    if older:
        keys = [definition.key for definition in older]
        MessageRows(context.work).remove_starts([process_id])
        SignalRows(context.work).remove_starts(keys)
        TimerRows(context.work).remove_starts(keys)
    starts = deployed.executable.start_events
    if rows := [_message_row(context, deployed, start) for start in starts if start.kind == "message"]:
        MessageRows(context.work).add_subscriptions(rows)
    if rows := [_signal_row(context, deployed, start) for start in starts if start.kind == "signal"]:
        SignalRows(context.work).add_subscriptions(rows)
    timers = [start_timer_row(context, deployed, start.element_id) for start in starts if start.kind == "timer"]
    if rows := [row for row in timers if row is not None]:
        TimerRows(context.work).add(rows)


def start_timer_row(
    context: CommandContext, deployed: DeployedProcess, element_id: str, after: Timer | None = None
) -> dict[str, Any] | None:
    """Return the row of a start timer's next firing; None when there is none (any more).

    An overdue cycle fires once, not once per missed period.
    """
    functions = lazy_host_functions(context)
    process = deployed.executable
    if after is None:
        schedule = process.start_timer(element_id, context.now, functions)
    else:
        first = process.start_timer(element_id, after.due_at, functions)
        fired = Schedule(after.due_at, after.repetitions_left, first.every if first else "")
        schedule = process.next_start_timer(element_id, fired, context.now, functions)
    if schedule is None:
        return None
    return {
        "key": context.keys.next_key(),
        "instance_key": None,
        "process_definition_key": deployed.definition.key,
        "element_instance_key": None,
        "element_id": element_id,
        "due_at": schedule.due_at,
        "repetitions_left": schedule.left,
    }


def _message_row(context: CommandContext, deployed: DeployedProcess, start: StartEvent) -> dict[str, Any]:
    return {
        "key": context.keys.next_key(),
        "message_name": start.message_name,
        "correlation_key": "",
        "instance_key": None,
        "process_id": deployed.definition.process_id,
        "process_definition_key": deployed.definition.key,
        "element_instance_key": None,
        "element_id": start.element_id,
        "opened_at": context.now,
    }


def _signal_row(context: CommandContext, deployed: DeployedProcess, start: StartEvent) -> dict[str, Any]:
    return {
        "key": context.keys.next_key(),
        "signal_name": start.signal_name,
        "instance_key": None,
        "process_definition_key": deployed.definition.key,
        "element_instance_key": None,
        "element_id": start.element_id,
    }
