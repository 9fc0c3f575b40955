"""What administrators do to running instances: cancel, suspend, resume, set variables, modify, migrate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.correlation import deliver_kept
from engine.commands.runtime import InstanceRun, Runtime, require_state
from engine.errors import ElementNotFound, InputInvalid, ProcessDefinitionNotFound, ProcessInstanceNotFound
from engine.model import Actor, Label, ProcessInstanceKey, ProcessInstanceState
from engine.store.instances import Instances
from engine.store.resources import Resources

_ALIVE = (ProcessInstanceState.ACTIVE, ProcessInstanceState.SUSPENDED)
#: Its caller would wait for ever.
_CALLED = Label(
    "This instance was called by another one. Cancel that one, or terminate its call activity.",
    "Jalannya proses ini dipanggil yang lain. Batalkan pemanggilnya, atau hentikan aktivitasnya.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelProcessInstance:
    """End an instance with everything it waits for and called; nobody is told by the diagram."""

    process_instance_key: ProcessInstanceKey | int
    actor: Actor
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run = open_instance(context, self.actor, self.process_instance_key, *_ALIVE)
        if run.instance.parent_instance_key is not None:
            raise InputInvalid(_CALLED)
        runtime.note(run, "cancel_requested", details={"reason": self.reason})
        run.execution.cancel()
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendProcessInstance:
    """Halt an instance and all that it called: nothing of them fires, is completed or correlated until resumed."""

    process_instance_key: ProcessInstanceKey | int
    actor: Actor
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run = open_instance(context, self.actor, self.process_instance_key, ProcessInstanceState.ACTIVE)
        for each in _with_called(runtime, run, ProcessInstanceState.ACTIVE):
            each.change(state=ProcessInstanceState.SUSPENDED)
            runtime.note(each, "instance_suspended", details={"reason": self.reason})
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeProcessInstance:
    """Let a suspended instance and all that it called go on; what fell due meanwhile fires at once.

    Messages that were kept for it meanwhile are given to it.
    """

    process_instance_key: ProcessInstanceKey | int
    actor: Actor
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run = open_instance(context, self.actor, self.process_instance_key, ProcessInstanceState.SUSPENDED)
        for each in _with_called(runtime, run, ProcessInstanceState.SUSPENDED):
            each.change(state=ProcessInstanceState.ACTIVE)
            runtime.note(each, "instance_resumed", details={"reason": self.reason})
            runtime.follow_ups.append(partial(deliver_kept, runtime, each))
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class SetVariables:
    """Change variables of a scope (an instance or an element instance); audited with the reason.

    Without `local` a name that an outer scope declares is changed there, as Camunda 8 does.
    """

    process_instance_key: ProcessInstanceKey | int
    actor: Actor
    variables: Mapping[str, Any]
    scope_key: int | None = None
    local: bool = False
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run = open_instance(context, self.actor, self.process_instance_key, *_ALIVE)
        runtime.note(run, "variables_set", details={"reason": self.reason, "names": sorted(self.variables)})
        run.execution.set_variables(self.scope_key or run.key, dict(self.variables), local=self.local)
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifyProcessInstance:
    """Terminate element instances and start others, without the diagram's flows.

    `cancel` takes element ids (all instances of it) or keys of element instances, `start_before`
    element ids; enclosing scopes are entered as needed. Where such a scope lives several times, `within` says
    which one: element id -> key of the scope. A called instance is not ended this way.
    """

    process_instance_key: ProcessInstanceKey | int
    actor: Actor
    cancel: Sequence[str | int] = ()
    start_before: Sequence[str] = ()
    variables: Mapping[str, Any] = field(default_factory=dict)
    within: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run = open_instance(context, self.actor, self.process_instance_key, ProcessInstanceState.ACTIVE)
        self.check(run)
        details = {"cancel": list(self.cancel), "start_before": list(self.start_before), "reason": self.reason}
        runtime.note(run, "instance_modified", details=details)
        run.execution.modify(tuple(self.cancel), tuple(self.start_before), dict(self.variables), dict(self.within))
        runtime.settle()

    def check(self, run: InstanceRun) -> None:
        """Raise ElementNotFound for unknown elements, InputInvalid when a called instance would end by itself."""
        named = [name for name in (*self.cancel, *self.start_before) if isinstance(name, str)]
        unknown = [name for name in named if name not in run.deployed.executable.elements]
        if unknown:
            raise ElementNotFound(", ".join(unknown))
        if run.instance.parent_instance_key is not None and not self.start_before and self._ends_all(run):
            raise InputInvalid(_CALLED)

    def _ends_all(self, run: InstanceRun) -> bool:
        """Return whether nothing would live on: an element instance survives when no scope around it is ended."""
        live = {key: (element_id, scope) for key, element_id, _, scope, _ in run.execution.live_elements()}
        scopes = {scope for _, scope in live.values()}

        def is_ended(key: int) -> bool:
            while key in live:
                element_id, scope = live[key]
                if key in self.cancel or element_id in self.cancel:
                    return True
                key = scope
            return False

        return all(is_ended(key) for key in live if key not in scopes)


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrateProcessInstance:
    """Move an instance to another version of its process (the newest unless one is named).

    `mapping` renames element ids; the others keep theirs. An illegal mapping is refused before
    anything moves.
    """

    process_instance_key: ProcessInstanceKey | int
    actor: Actor
    mapping: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
    reason: str = ""

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        runtime, run = open_instance(context, self.actor, self.process_instance_key, ProcessInstanceState.ACTIVE)
        definition = Resources(context.work).find_definition(run.instance.process_id, version=self.version)
        if definition is None:
            raise ProcessDefinitionNotFound(f"{run.instance.process_id} {self.version}")
        target = context.definitions.deployed(context.work, definition)
        run.execution.migrate(target.executable, dict(self.mapping))
        details = {"from": run.instance.version, "to": definition.version, "mapping": dict(self.mapping)}
        run.deployed = target
        run.change(process_definition_key=definition.key, version=definition.version)
        Instances(context.work).move_rows(run.key, definition.key, dict(self.mapping))
        runtime.note(run, "instance_migrated", details=details | {"reason": self.reason})
        runtime.settle()


def _with_called(runtime: Runtime, run: InstanceRun, state: ProcessInstanceState) -> list[InstanceRun]:
    """Return the instance and, of those that it called directly or not, the ones in that state."""
    instances = Instances(runtime.context.work)
    found = [run]
    for key in instances.called_below(run.key, run.instance.root_instance_key):
        loaded = instances.load(key)
        if loaded is not None and loaded.instance.state is state:
            found.append(runtime.revive(loaded))
    return found


def open_instance(
    context: CommandContext, actor: Actor, key: int, *states: ProcessInstanceState
) -> tuple[Runtime, InstanceRun]:
    """Return an instance for an administrator; raises NotPermitted, ProcessInstanceNotFound or NotInState."""
    read_permissions(context, actor).require_administrator()
    runtime = Runtime(context, actor)
    loaded = Instances(context.work).load(key)
    if loaded is None:
        raise ProcessInstanceNotFound(key)
    require_state(loaded.instance, *states)
    return runtime, runtime.revive(loaded)
