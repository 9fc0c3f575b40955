"""What a batch operation does to each of its instances."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.commands.context import Command, CommandContext
from engine.commands.operate import (
    CancelProcessInstance,
    MigrateProcessInstance,
    ModifyProcessInstance,
    ResumeProcessInstance,
    SuspendProcessInstance,
)
from engine.commands.resolve_fault import RetryFaults
from engine.errors import ElementNotFound, InputInvalid, ProcessDefinitionNotFound
from engine.model import Actor, BatchKind, Label, ProcessInstanceState
from engine.store.monitoring.instance_list import InstanceFilter, ListedInstance
from engine.store.resources import Resources

_FIELDS: Mapping[BatchKind, tuple[str, ...]] = {
    BatchKind.CANCEL: (),
    BatchKind.RETRY: ("retries", "variables"),
    BatchKind.MIGRATE: ("version", "mapping"),
    BatchKind.MODIFY: ("cancel", "start_before", "variables"),
    BatchKind.SUSPEND: (),
    BatchKind.RESUME: (),
}
#: Who called it takes a called instance along.
_OF_CALLERS = frozenset({BatchKind.CANCEL, BatchKind.SUSPEND, BatchKind.RESUME})
#: The state an instance must be in, where there is one only.
_STATES = {BatchKind.SUSPEND: ProcessInstanceState.ACTIVE, BatchKind.RESUME: ProcessInstanceState.SUSPENDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """The kind of operation and its arguments, as those of the command for one instance."""

    kind: BatchKind
    version: int | None = None  #: migrate: to this one, the newest by default
    mapping: Mapping[str, str] = field(default_factory=dict)  #: migrate
    cancel: Sequence[str] = ()  #: modify: element ids
    start_before: Sequence[str] = ()  #: modify
    variables: Mapping[str, Any] = field(default_factory=dict)  #: modify, retry
    retries: int | None = None  #: retry: of a failed job

    def command(self, key: int, actor: Actor, reason: str) -> Command[None]:
        """Return the command for one instance."""
        arguments = {name: getattr(self, name) for name in _FIELDS[self.kind]}
        return _COMMANDS[self.kind](process_instance_key=key, actor=actor, reason=reason, **arguments)

    def as_json(self) -> dict[str, Any]:
        """Return the arguments that its kind has."""
        values = {name: getattr(self, name) for name in _FIELDS[self.kind]}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}

    @classmethod
    def from_json(cls, kind: BatchKind, arguments: Mapping[str, Any]) -> BatchPlan:
        """Return the plan that `as_json` wrote."""
        return cls(kind=kind, **arguments)

    def narrowed(self, selection: InstanceFilter) -> InstanceFilter:
        """Return the filter without instances that the operation has nothing to do for."""
        if self.kind in _STATES:
            fitting = tuple(state for state in selection.states if state is _STATES[self.kind])
            selection = replace(selection, states=fitting)
        return replace(selection, has_fault=True) if self.kind is BatchKind.RETRY else selection

    def leaves_out(self, instance: ListedInstance) -> bool:
        """Return whether the operation is never done to this instance itself."""
        return instance.is_child and self.kind in _OF_CALLERS

    def check(self, context: CommandContext, process_id: str) -> None:
        """Refuse what would fit no instance; raises InputInvalid, ProcessDefinitionNotFound, ElementNotFound."""
        if self.kind not in (BatchKind.MIGRATE, BatchKind.MODIFY):
            return
        if not process_id:
            raise InputInvalid(
                Label("Choose the process whose instances are meant.", "Pilih proses yang dimaksud lebih dahulu.")
            )
        definition = Resources(context.work).find_definition(process_id, version=self.version)
        if definition is None:
            raise ProcessDefinitionNotFound(f"{process_id} {self.version or ''}".strip())
        elements = context.definitions.deployed(context.work, definition).executable.elements
        # Elements that end may stand in older versions only; those that begin are entered in a version not known here.
        unknown = [name for name in self.mapping.values() if name not in elements]
        if unknown:
            raise ElementNotFound(", ".join(unknown))
        if self.kind is BatchKind.MODIFY and not (self.cancel or self.start_before or self.variables):
            raise InputInvalid(Label("The modification changes nothing.", "Perubahan itu tidak mengubah apa pun."))


_COMMANDS: Mapping[BatchKind, Callable[..., Command[None]]] = {
    BatchKind.CANCEL: CancelProcessInstance,
    BatchKind.RETRY: RetryFaults,
    BatchKind.MIGRATE: MigrateProcessInstance,
    BatchKind.MODIFY: ModifyProcessInstance,
    BatchKind.SUSPEND: SuspendProcessInstance,
    BatchKind.RESUME: ResumeProcessInstance,
}
