"""A small engine around `engine.bpmn` in memory: several instances, messages, timers, jobs, called processes.

It works in two modes: with the instance kept in memory, and saved and reloaded before every command.
"""

from __future__ import annotations

import itertools
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from engine.bpmn import ConnectorCall, Element, ExecutableProcess, Execution, parse
from engine.bpmn import effects as fx
from engine.bpmn.elements.loop import BODY_TYPE
from engine.errors import NotFound
from engine.model import Binding, ElementState, Label

START = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class Instance:
    """One process instance of the player."""

    key: int
    process: ExecutableProcess
    parent: tuple[int, int] | None
    execution: Execution | None = None
    state: bytes = b""
    variables: dict[int, dict[str, Any]] = field(default_factory=dict)
    applied: int = 0
    is_ended: bool = False
    live: list[Any] = field(default_factory=list)


@dataclass
class Context:
    """What the player hands to an execution."""

    player: Player
    instance: Instance

    @property
    def now(self) -> datetime:
        return self.player.now

    functions: Mapping[str, Any] = field(default_factory=dict)

    @property
    def max_steps(self) -> int:
        return self.player.max_steps

    def next_key(self) -> int:
        return self.player.next_key()

    def decide(self, decision_id: str, binding: Binding, tag: str | None, variables: Mapping[str, Any]) -> Any:
        if decision_id not in self.player.decisions:
            raise NotFound(decision_id)
        return self.player.decisions[decision_id], {}

    def connect(self, call: ConnectorCall) -> Mapping[str, Any] | None:
        connector = self.player.connectors.get(call.job_type)
        return connector(call) if connector else None

    def heed(self, element: Element, variables: Mapping[str, Any], *, is_completed: bool) -> None:
        self.player.heeded.append((element.id, is_completed))

    def caller_catches(self, code: str, is_escalation: bool) -> bool:
        if self.instance.parent is None:
            return False
        parent_key, element_key = self.instance.parent
        return self.player.execution(parent_key).catches(element_key, code, is_escalation)


class Player:
    """Deploys, starts, and hands everything that happens to the instances concerned."""

    def __init__(self, reloads: bool = False) -> None:
        self.reloads = reloads
        self.max_steps = 100_000
        self.now = START
        self._keys = itertools.count(1)
        self.processes: dict[str, list[ExecutableProcess]] = {}
        self.connectors: dict[str, Any] = {}
        self.decisions: dict[str, Any] = {}
        self.instances: dict[int, Instance] = {}
        self.user_tasks: dict[int, tuple[Instance, dict[str, Any]]] = {}
        self.open_tasks: dict[int, str] = {}
        self.timers: dict[int, tuple[datetime, int]] = {}
        self.jobs: dict[int, dict[str, Any]] = {}
        self.subscriptions: dict[int, tuple[Instance, fx.SubscriptionOpened]] = {}
        self.signals: dict[int, tuple[Instance, str]] = {}
        self.faults: dict[int, tuple[Instance, fx.FaultOpened]] = {}
        self.completed: Counter[str] = Counter()
        self.canceled: Counter[str] = Counter()
        self.history: list[fx.Effect] = []
        #: Elements with properties: (id, whether they were completed), in order.
        self.heeded: list[tuple[str, bool]] = []
        self._todo: deque[tuple[Instance, Any]] = deque()

    def next_key(self) -> int:
        return next(self._keys)

    # Definitions

    def deploy(self, source: bytes, name: str = "test.bpmn") -> None:
        for process in parse(source, name).processes:
            self.processes.setdefault(process.process_id, []).append(process)

    # Instances

    def start(
        self,
        process_id: str,
        variables: Mapping[str, Any] | None = None,
        element_id: str | None = None,
        *,
        parent: tuple[int, int] | None = None,
        key: int | None = None,
    ) -> Instance:
        if process_id not in self.processes:
            raise NotFound(process_id)
        process = self.processes[process_id][-1]
        instance = Instance(key or self.next_key(), process, parent)
        self.instances[instance.key] = instance
        context = Context(self, instance)
        instance.execution = Execution.create(process, instance.key, context)
        instance.execution.start(variables or {}, element_id)
        self._after(instance)
        return instance

    def execution(self, key: int) -> Execution:
        instance = self.instances[key]
        if instance.execution is None:
            saved = {scope: orjson.loads(orjson.dumps(values)) for scope, values in instance.variables.items()}
            context = Context(self, instance)
            instance.execution = Execution.restore(instance.process, key, instance.state, saved, context)
            instance.applied = 0
        return instance.execution

    def command(self, instance: Instance, name: str, *arguments: Any, **named: Any) -> None:
        """Run one command on an instance and all that follows."""
        if instance.is_ended:
            raise NotFound(instance.key)
        getattr(self.execution(instance.key), name)(*arguments, **named)
        self._after(instance)

    def settle(self) -> None:
        """Work off what instances want of each other."""
        while self._todo:
            instance, effect = self._todo.popleft()
            _REACTIONS[type(effect)](self, instance, effect)

    def _after(self, instance: Instance) -> None:
        execution = instance.execution
        assert execution is not None
        new = execution.effects[instance.applied :]
        instance.applied = len(execution.effects)
        for effect in new:
            self.history.append(effect)
            handler = _APPLY.get(type(effect))
            if handler is not None:
                handler(self, instance, effect)
            if type(effect) in _REACTIONS:
                self._todo.append((instance, effect))
        instance.live = execution.live_elements()
        # An execution is made for one command; here it may live on, and its guard against endless loops must not.
        execution._current.steps = 0
        if self.reloads and not instance.is_ended:
            instance.state = execution.state()
            instance.execution = None
        assert instance.is_ended == execution.is_ended

    # Effects that only change what the player knows

    def _left(self, instance: Instance, effect: fx.ElementLeft) -> None:
        if effect.element_type != BODY_TYPE:
            counter = self.completed if effect.state is ElementState.COMPLETED else self.canceled
            counter[effect.element_id] += 1

    def _variable(self, instance: Instance, effect: fx.VariableChanged) -> None:
        instance.variables.setdefault(effect.scope_key, {})[effect.name] = orjson.loads(orjson.dumps(effect.value))

    def _scope(self, instance: Instance, effect: fx.ScopeRemoved) -> None:
        if effect.scope_key != instance.key:
            instance.variables.pop(effect.scope_key)

    def _task(self, instance: Instance, effect: fx.UserTaskOpened) -> None:
        fields = ("assignee", "candidate_groups", "candidate_users", "due_at", "follow_up_at", "priority")
        self.user_tasks[effect.key] = (instance, {name: getattr(effect, name) for name in fields})
        self.open_tasks[effect.key] = effect.element_id

    def _task_changed(self, instance: Instance, effect: fx.UserTaskChanged) -> None:
        self.user_tasks[effect.key][1].update(effect.changes)

    def _task_ended(self, instance: Instance, effect: fx.UserTaskEnded) -> None:
        self.open_tasks.pop(effect.key)

    def _timer(self, instance: Instance, effect: fx.TimerStarted) -> None:
        assert effect.key not in self.timers
        self.timers[effect.key] = (effect.due_at, instance.key)

    def _timer_ended(self, instance: Instance, effect: fx.TimerEnded) -> None:
        self.timers.pop(effect.key)

    def _job(self, instance: Instance, effect: fx.JobOpened) -> None:
        self.jobs[effect.key] = {
            "instance": instance,
            "task": effect.element_id,
            "type": effect.type,
            "retries": effect.retries,
            "due_at": effect.due_at,
            "headers": dict(effect.headers),
        }

    def _job_changed(self, instance: Instance, effect: fx.JobChanged) -> None:
        self.jobs[effect.key].update(retries=effect.retries, due_at=effect.due_at)

    def _job_ended(self, instance: Instance, effect: fx.JobEnded) -> None:
        self.jobs.pop(effect.key)

    def _subscribed(self, instance: Instance, effect: fx.SubscriptionOpened) -> None:
        self.subscriptions[effect.key] = (instance, effect)

    def _unsubscribed(self, instance: Instance, effect: fx.SubscriptionClosed) -> None:
        self.subscriptions.pop(effect.key)

    def _signal_subscribed(self, instance: Instance, effect: fx.SignalSubscriptionOpened) -> None:
        self.signals[effect.key] = (instance, effect.signal_name)

    def _signal_unsubscribed(self, instance: Instance, effect: fx.SignalSubscriptionClosed) -> None:
        self.signals.pop(effect.key)

    def _fault(self, instance: Instance, effect: fx.FaultOpened) -> None:
        self.faults[effect.key] = (instance, effect)

    def _fault_over(self, instance: Instance, effect: fx.FaultResolved) -> None:
        self.faults.pop(effect.key)

    # Effects that concern other instances

    def _child(self, instance: Instance, effect: fx.ChildRequested) -> None:
        parent = (instance.key, effect.element_instance_key)
        if effect.process_id not in self.processes:
            reason = Label(f"no process {effect.process_id}", f"tidak ada proses {effect.process_id}")
            self.command(instance, "child_failed_to_start", effect.element_instance_key, reason)
            return
        self.start(effect.process_id, effect.variables, parent=parent, key=effect.child_key)

    def _child_canceled(self, instance: Instance, effect: fx.ChildCanceled) -> None:
        child = self.instances.get(effect.child_key)
        if child is not None and not child.is_ended:
            self.command(child, "cancel")

    def _ended(self, instance: Instance, effect: fx.InstanceEnded) -> None:
        instance.is_ended = True
        instance.variables[instance.key] = dict(effect.variables)

    def _hand_back(self, instance: Instance, effect: fx.InstanceEnded) -> None:
        if instance.parent is not None and not effect.is_canceled:
            parent_key, element_key = instance.parent
            self.command(self.instances[parent_key], "child_completed", element_key, effect.variables)

    def _threw(self, instance: Instance, effect: fx.ErrorPropagated) -> None:
        assert instance.parent is not None
        parent_key, element_key = instance.parent
        arguments = (element_key, effect.code, effect.message, effect.variables, effect.is_escalation)
        self.command(self.instances[parent_key], "child_threw", *arguments)

    def _message(self, instance: Instance, effect: fx.MessageThrown) -> None:
        self.publish(effect.name, effect.correlation_key, effect.variables)

    def _signal(self, instance: Instance, effect: fx.SignalThrown) -> None:
        self.broadcast(effect.name, effect.variables)

    # Events from outside

    def publish(self, name: str, key: str, variables: Mapping[str, Any]) -> bool:
        """Hand a message to whoever waits, or to message starts; return whether anybody took it."""
        taken = False
        for subscription, (instance, effect) in list(self.subscriptions.items()):
            wanted = (effect.message_name, effect.correlation_key) == (name, key)
            if wanted and subscription in self.subscriptions:
                taken = True
                self.command(instance, "correlate_message", subscription, variables)
        for process_id, versions in list(self.processes.items()):
            for start in versions[-1].start_events:
                if start.kind == "message" and start.message_name == name:
                    taken = True
                    self.start(process_id, variables, start.element_id)
        self.settle()
        return taken

    def broadcast(self, name: str, variables: Mapping[str, Any]) -> None:
        for key, (instance, signal_name) in list(self.signals.items()):
            if signal_name == name and key in self.signals:
                self.command(instance, "receive_signal", key, variables)
        for process_id, versions in list(self.processes.items()):
            for start in versions[-1].start_events:
                if start.kind == "signal" and start.signal_name == name:
                    self.start(process_id, variables, start.element_id)
        self.settle()

    def advance(self, by: timedelta) -> None:
        """Move the clock; whatever falls due fires at its time, in order."""
        end = self.now + by
        while True:
            due = [(at, key) for key, (at, _) in self.timers.items() if at <= end]
            if not due:
                break
            at, key = min(due)
            self.now = max(self.now, at)
            self.command(self.instances[self.timers[key][1]], "fire_timer", key)
            self.settle()
        self.now = end

    def task(self, element_id: str, where: Mapping[str, Any] | None = None) -> int:
        """Return the key of the oldest open user task of that element whose visible variables match."""
        for key, name in sorted(self.open_tasks.items()):
            if name == element_id and self._matches(key, where or {}):
                return key
        raise NotFound(element_id)

    def visible(self, instance: Instance, key: int) -> dict[str, Any]:
        """Return the variables an element instance sees."""
        scopes = {item[0]: item[3] for item in instance.live}
        layers = [instance.variables.get(key, {})]
        while key in scopes:
            key = scopes[key]
            layers.append(instance.variables.get(key, {}))
        return {name: value for layer in reversed(layers) for name, value in layer.items()}

    def _matches(self, key: int, where: Mapping[str, Any]) -> bool:
        seen = self.visible(self.user_tasks[key][0], key)
        return all(name in seen and seen[name] == value for name, value in where.items())

    def complete(self, element_id: str, variables: Mapping[str, Any] | None = None, **where: Any) -> None:
        """Complete a user task."""
        key = self.task(element_id, where)
        self.command(self.user_tasks[key][0], "complete_user_task", key, variables or {})
        self.settle()

    def open_jobs(self, element_id: str) -> list[int]:
        """Return the jobs of an element that can be handed out."""
        return [
            key
            for key, job in self.jobs.items()
            if job["task"] == element_id and job["retries"] > 0 and job["due_at"] <= self.now
        ]

    def active(self) -> dict[str, int]:
        """Return how many user tasks wait, by element id."""
        return dict(Counter(self.open_tasks.values()))


_APPLY: dict[type, Any] = {
    fx.ElementLeft: Player._left,
    fx.VariableChanged: Player._variable,
    fx.ScopeRemoved: Player._scope,
    fx.UserTaskOpened: Player._task,
    fx.UserTaskChanged: Player._task_changed,
    fx.UserTaskEnded: Player._task_ended,
    fx.TimerStarted: Player._timer,
    fx.TimerEnded: Player._timer_ended,
    fx.JobOpened: Player._job,
    fx.JobChanged: Player._job_changed,
    fx.JobEnded: Player._job_ended,
    fx.SubscriptionOpened: Player._subscribed,
    fx.SubscriptionClosed: Player._unsubscribed,
    fx.SignalSubscriptionOpened: Player._signal_subscribed,
    fx.SignalSubscriptionClosed: Player._signal_unsubscribed,
    fx.FaultOpened: Player._fault,
    fx.FaultResolved: Player._fault_over,
    fx.InstanceEnded: Player._ended,
}
_REACTIONS: dict[type, Any] = {
    fx.ChildRequested: Player._child,
    fx.ChildCanceled: Player._child_canceled,
    fx.InstanceEnded: Player._hand_back,
    fx.ErrorPropagated: Player._threw,
    fx.MessageThrown: Player._message,
    fx.SignalThrown: Player._signal,
}
