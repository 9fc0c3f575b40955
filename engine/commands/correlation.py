"""Messages and signals between instances, inside one command.

A message reaches at most one instance per process: the oldest that waits with the name and the
correlation key, else a new instance by message start event; one of those runs per correlation key.
Source: Camunda 8 documentation, "Messages"; decisions.md no. 4 to 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from engine.bpmn.effects import MessageThrown
from engine.bpmn.timing import parse_duration
from engine.commands.undeliverable import bury, why_undeliverable
from engine.errors import ElementNotFound
from engine.model import BufferedMessage, DeadLetter, DeadLetterReason, MessageKey
from engine.store.dead_letters import DeadLetters
from engine.store.messages import MessageRows, SignalRows, Subscription, Waiting

if TYPE_CHECKING:
    from engine.commands.runtime import InstanceRun, Runtime


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a published message."""

    key: MessageKey
    correlated_instances: tuple[int, ...]
    started_instances: tuple[int, ...]
    is_buffered: bool
    is_duplicate: bool
    dead_letter: DeadLetterReason | None = None  #: why nobody will ever take it


def publish(
    runtime: Runtime,
    name: str,
    correlation_key: str,
    variables: Mapping[str, Any],
    *,
    time_to_live: timedelta,
    message_id: str | None = None,
) -> Published:
    """Give a message to all that wait for it, and keep it for later receivers while it lives."""
    rows = MessageRows(runtime.context.work)
    key = MessageKey(runtime.context.keys.next_key())
    rows.lock(name, correlation_key)
    if message_id is not None and _is_duplicate(runtime, name, correlation_key, message_id):
        return Published(key, (), (), is_buffered=False, is_duplicate=True)
    waiting = rows.waiting(name, correlation_key)
    reached, correlated = _to_catchers(runtime, waiting, variables)
    started = _to_starts(runtime, waiting, correlation_key, variables, reached)
    reason = None if reached else why_undeliverable(runtime.context, name, correlation_key, time_to_live)
    if reason is not None:
        letter = DeadLetter(key, name, correlation_key, message_id, variables, reason, runtime.now, runtime.now)
        bury(runtime.context, runtime.actor, [letter])
    is_buffered = reason is None and time_to_live > timedelta()
    if is_buffered:
        expires_at = runtime.now + time_to_live
        rows.buffer(BufferedMessage(key, name, correlation_key, message_id, variables, runtime.now, expires_at))
        rows.correlated(key, reached)
    return Published(key, tuple(correlated), tuple(started), is_buffered, is_duplicate=False, dead_letter=reason)


def publish_thrown(runtime: Runtime, thrown: MessageThrown) -> None:
    """Publish what a throw event without a job throws."""
    duration = parse_duration(thrown.time_to_live) if thrown.time_to_live else None
    publish(
        runtime,
        thrown.name,
        thrown.correlation_key,
        thrown.variables,
        time_to_live=duration.after(runtime.now) - runtime.now if duration else timedelta(),
        message_id=thrown.message_id,
    )


def deliver_buffered(runtime: Runtime, run: InstanceRun, subscription: Subscription) -> None:
    """Give a subscription the oldest message that was kept for it; while it waits on, the next one too."""
    rows = MessageRows(runtime.context.work)
    process_id = run.instance.process_id
    rows.lock(subscription.message_name, subscription.correlation_key)
    message = rows.oldest_for(subscription.message_name, subscription.correlation_key, process_id, runtime.now)
    if message is None or not rows.still_open(subscription.key):
        return
    rows.correlated(message.key, [process_id])
    _correlate(runtime, run, subscription.key, message.variables)
    runtime.follow_ups.append(lambda: deliver_buffered(runtime, run, subscription))


def deliver_kept(runtime: Runtime, run: InstanceRun) -> None:
    """Give a resumed instance the messages that were kept while it was suspended."""
    for subscription in MessageRows(runtime.context.work).subscriptions_of(run.key):
        deliver_buffered(runtime, run, subscription)


def start_next(runtime: Runtime, run: InstanceRun) -> None:
    """When an instance started by a message ends, the next message of that key starts the next one."""
    rows = MessageRows(runtime.context.work)
    correlation_key = rows.end_running_start(run.key)
    if correlation_key is None:
        return
    process_id = run.instance.process_id
    for name, start in rows.start_events_of(process_id):
        rows.lock(name, correlation_key)
        message = rows.oldest_for(name, correlation_key, process_id, runtime.now)
        if message is not None:
            rows.correlated(message.key, [process_id])
            _start(runtime, start, correlation_key, message.variables)
            return


def broadcast(runtime: Runtime, name: str, variables: Mapping[str, Any]) -> int:
    """Give a signal to every instance and start event that waits for it; return how many."""
    waiting = SignalRows(runtime.context.work).waiting(name)
    for target in waiting:
        if target.instance_key is None:
            deployed = runtime.context.definitions.process(runtime.context.work, target.process_definition_key)
            runtime.create(deployed).execution.start(variables, target.element_id)
        else:
            run = runtime.load(target.instance_key)
            # One signal may end what else waited for it: an interrupting event beside another.
            with suppress(ElementNotFound):
                run.execution.receive_signal(target.key, variables)
    return len(waiting)


def _is_duplicate(runtime: Runtime, name: str, correlation_key: str, message_id: str) -> bool:
    work = runtime.context.work
    return MessageRows(work).is_duplicate(name, correlation_key, message_id) or DeadLetters(work).is_known(
        name, correlation_key, message_id
    )


def _to_catchers(runtime: Runtime, waiting: list[Waiting], variables: Mapping[str, Any]) -> tuple[set[str], list[int]]:
    reached: set[str] = set()
    instances: list[int] = []
    for target in waiting:
        if target.instance_key is None or target.process_id in reached:
            continue
        run = runtime.load(target.instance_key)
        reached.add(target.process_id)
        instances.append(target.instance_key)
        _correlate(runtime, run, target.key, variables)
    return reached, instances


def _to_starts(
    runtime: Runtime,
    waiting: list[Waiting],
    correlation_key: str,
    variables: Mapping[str, Any],
    reached: set[str],
) -> list[int]:
    started = []
    for target in waiting:
        if target.instance_key is not None or target.process_id in reached:
            continue
        rows = MessageRows(runtime.context.work)
        if correlation_key and rows.running_start(target.process_id, correlation_key) is not None:
            continue
        reached.add(target.process_id)
        started.append(_start(runtime, target, correlation_key, variables))
    return started


def _start(runtime: Runtime, start: Waiting, correlation_key: str, variables: Mapping[str, Any]) -> int:
    deployed = runtime.context.definitions.process(runtime.context.work, start.process_definition_key)
    run = runtime.create(deployed)
    if correlation_key:
        MessageRows(runtime.context.work).add_running_start(start.process_id, correlation_key, run.key)
    run.execution.start(variables, start.element_id)
    return run.key


def _correlate(runtime: Runtime, run: InstanceRun, subscription_key: int, variables: Mapping[str, Any]) -> None:
    runtime.note(run, "message_correlated", details={"subscription": subscription_key})
    run.execution.correlate_message(subscription_key, variables)
