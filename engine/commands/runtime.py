"""Runs process instances inside one command: what executions want written becomes rows.

A command starts something (an instance, a user task's completion, a timer). The runtime then
follows every consequence in the same transaction - messages to other instances, called and
calling instances, signals - until all instances wait again, and writes the delta.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.bpmn import Execution
from engine.commands.apply import apply_effects
from engine.commands.context import CommandContext
from engine.commands.definitions import DeployedProcess
from engine.commands.execution_context import RunContext
from engine.commands.host_functions import lazy_host_functions
from engine.commands.journal import Journal
from engine.commands.tasks import route_new_tasks
from engine.errors import NotInState, ProcessInstanceNotFound, StaleRevision
from engine.history import GENESIS
from engine.model import (
    Actor,
    ElementInstanceKey,
    Label,
    ProcessInstance,
    ProcessInstanceKey,
    ProcessInstanceState,
    RecordKey,
)
from engine.store.delta import Delta
from engine.store.instance_counts import CountChange, InstanceCounts
from engine.store.instances import Instances, LoadedInstance
from engine.store.record_search import touch, touch_tasks
from engine.store.variables import VariableRows

_INSTANCE = Label("process instance", "jalannya proses")


@dataclass(slots=True)
class InstanceRun:
    """One instance that this command has in memory."""

    loaded: LoadedInstance
    deployed: DeployedProcess
    execution: Execution
    journal: Journal
    is_new: bool = False
    touched: bool = False
    states_seen: int = 0  #: how many of the execution's effects were looked at for states of the record

    @property
    def instance(self) -> ProcessInstance:
        """Return the instance's row as it will be written."""
        return self.loaded.instance

    @property
    def key(self) -> ProcessInstanceKey:
        """Return the instance's key."""
        return self.loaded.instance.key

    def change(self, **changes: Any) -> None:
        """Change columns of the instance's row."""
        self.loaded.instance = replace(self.loaded.instance, **changes)
        self.touched = True


class Runtime:
    """All instances that one command touches."""

    def __init__(self, context: CommandContext, actor: Actor, on_behalf_of: str | None = None) -> None:
        self.context = context
        self.actor = actor
        self.on_behalf_of = on_behalf_of
        self.host_functions = lazy_host_functions(context)
        self.delta = Delta()
        self.runs: dict[int, InstanceRun] = {}
        #: What must happen once the rows so far are written: correlations, children, signals.
        self.follow_ups: deque[Callable[[], object]] = deque()
        self._counts: list[CountChange] = []
        #: User tasks opened since the last write, and rows of user tasks that the command has read.
        self.new_tasks: list[int] = []
        self.freed_tasks: list[int] = []  #: given back, or taken from whom left
        self.loaded_tasks: dict[int, dict[str, Any]] = {}
        #: Key of a user task -> what its history entry tells of the answers.
        self.answers: dict[int, list[dict[str, Any]]] = {}

    @property
    def now(self) -> datetime:
        """Return the moment of this command."""
        return self.context.now

    def load(self, key: int) -> InstanceRun:
        """Return an instance that may run; raises ProcessInstanceNotFound or NotInState."""
        if key in self.runs:
            return self.runs[key]
        loaded = Instances(self.context.work).load(key)
        if loaded is None:
            raise ProcessInstanceNotFound(key)
        return self.adopt(loaded)

    def adopt(self, loaded: LoadedInstance) -> InstanceRun:
        """Take in an instance that was just read."""
        require_state(loaded.instance, ProcessInstanceState.ACTIVE)
        return self.revive(loaded)

    def revive(self, loaded: LoadedInstance, variables: Mapping[int, Mapping[str, Any]] | None = None) -> InstanceRun:
        """Take in an instance whatever its state: to resume, cancel or repair it; `variables` if already read."""
        instance = loaded.instance
        deployed = self.context.definitions.process(self.context.work, instance.process_definition_key)
        journal = Journal(instance.key, loaded.history_sequence, loaded.history_head)
        context = RunContext(self, instance.key, deployed)
        if variables is None:
            variables = VariableRows(self.context.work).of_instance(instance.key)
        execution = Execution.restore(deployed.executable, instance.key, loaded.state, variables, context)
        run = InstanceRun(loaded, deployed, execution, journal)
        self.runs[instance.key] = run
        return run

    def create(
        self,
        deployed: DeployedProcess,
        *,
        key: int | None = None,
        business_id: str | None = None,
        parent: InstanceRun | None = None,
        call_key: int | None = None,
    ) -> InstanceRun:
        """Make a new instance; the caller starts its execution.

        `parent` and `call_key` name the call activity's instance and element instance.
        """
        definition = deployed.definition
        instance_key = ProcessInstanceKey(key or self.context.keys.next_key())
        instance = ProcessInstance(
            key=instance_key,
            process_definition_key=definition.key,
            process_id=definition.process_id,
            version=definition.version,
            state=ProcessInstanceState.ACTIVE,
            business_id=business_id,
            record_key=parent.instance.record_key if parent else None,
            parent_instance_key=parent.key if parent else None,
            parent_element_instance_key=None if call_key is None else ElementInstanceKey(call_key),
            root_instance_key=parent.instance.root_instance_key if parent else instance_key,
            started_by=self.actor.user,
            started_at=self.now,
            ended_at=None,
            revision=0,
        )
        execution = Execution.create(deployed.executable, instance_key, RunContext(self, instance_key, deployed))
        run = InstanceRun(
            LoadedInstance(instance, b"", 0, GENESIS),
            deployed,
            execution,
            Journal(instance_key, 0, GENESIS),
            is_new=True,
        )
        self.runs[instance_key] = run
        self.count(run, running=1, started=1)
        self.note(run, "instance_started", details={"process_id": definition.process_id, "version": definition.version})
        return run

    def note(
        self,
        run: InstanceRun,
        action: str,
        *,
        element_id: str | None = None,
        element_instance_key: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Append to the instance's history."""
        run.journal.add(
            at=self.now,
            actor=self.actor.user,
            on_behalf_of=self.on_behalf_of,
            action=action,
            element_id=element_id,
            element_instance_key=element_instance_key,
            process_definition_key=run.instance.process_definition_key,
            details=details or {},
        )

    def count(self, run: InstanceRun, **counters: int) -> None:
        """Add to the counters of running, started, ended instances and faults."""
        instance = run.instance
        change = CountChange(instance.key, instance.process_definition_key, instance.process_id, **counters)
        self._counts.append(change)

    def root_of(self, run: InstanceRun) -> InstanceRun:
        """Return the root of the call hierarchy."""
        root = run.instance.root_instance_key
        return run if root == run.key else self.load(root)

    def own_record(self, run: InstanceRun, record_key: RecordKey, number: str) -> None:
        """Make a record that of the root instance and of the one that opened it."""
        touch(self.context.work, record_key)  # who works on their tasks may read it from now on
        root = self.root_of(run)
        root.change(record_key=record_key, business_id=number)
        if run is not root:
            run.change(record_key=record_key)

    def settle(self) -> None:
        """Follow every consequence until all instances wait, and write what changed."""
        self._gather()
        while self.follow_ups:
            self._write()
            self.follow_ups.popleft()()
            self._gather()
        self._write()
        counts, self._counts = self._counts, []
        InstanceCounts(self.context.work).add(counts, self.now)

    def _gather(self) -> None:
        for run in list(self.runs.values()):
            apply_effects(self, run)

    def _write(self) -> None:
        route_new_tasks(self)
        instances = Instances(self.context.work)
        for run in self.runs.values():
            if run.is_new or run.touched or run.journal.has_entries:
                self._write_run(instances, run)
        delta, self.delta = self.delta, Delta()
        delta.write(self.context.work)
        touch_tasks(self.context.work, set(self._roots_with_record(delta.task_instances())))

    def _roots_with_record(self, instance_keys: Iterable[int]) -> Iterator[int]:
        """Yield the roots of instances, but for those that are known to have no record."""
        for key in instance_keys:
            instance = self.runs[key].instance
            root = self.runs.get(instance.root_instance_key)
            if root is None or root.instance.record_key is not None:
                yield instance.root_instance_key

    def _write_run(self, instances: Instances, run: InstanceRun) -> None:
        rows = run.journal.take()
        self.delta.add_history(rows)
        run.loaded.history_sequence, run.loaded.history_head = run.journal.sequence, run.journal.head
        run.loaded.state = b"" if run.instance.ended_at else run.execution.state()
        before = run.instance.revision
        run.change(revision=before + 1)
        if run.is_new:
            instances.add(run.loaded)
        elif not instances.save(run.loaded, from_revision=before):
            raise StaleRevision("process instance", run.key)
        run.is_new = run.touched = False


def require_state(instance: ProcessInstance, *expected: ProcessInstanceState) -> None:
    """Raise NotInState unless the instance is in one of the expected states."""
    if instance.state not in expected:
        wanted = " or ".join(state.value for state in expected)
        raise NotInState(_INSTANCE, instance.business_id or instance.key, wanted, instance.state.value)


def start_run(
    runtime: Runtime,
    deployed: DeployedProcess,
    variables: Mapping[str, Any],
    *,
    start_element_id: str | None = None,
    business_id: str | None = None,
) -> InstanceRun:
    """Create an instance and run it to its first wait states."""
    run = runtime.create(deployed, business_id=business_id)
    run.execution.start(variables, start_element_id)
    return run
