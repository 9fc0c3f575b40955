"""An administrator repairs what is stuck and lets it try again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.runtime import InstanceRun, Runtime
from engine.commands.tasks import attach_form
from engine.errors import FaultNotFound
from engine.model import Actor, FaultKey, ProcessInstanceKey
from engine.store.faults import FaultRows


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryFaults:
    """Retry everything that is stuck in an instance; as ResolveFault for each open fault, the oldest first."""

    process_instance_key: ProcessInstanceKey | int
    actor: Actor
    reason: str = ""
    retries: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction; raises FaultNotFound when nothing is stuck."""
        read_permissions(context, self.actor).require_administrator()
        stuck = FaultRows(context.work).open_of(self.process_instance_key)
        if not stuck:
            raise FaultNotFound(self.process_instance_key)
        for position, key in enumerate(stuck):
            retry = ResolveFault(
                fault_key=key, actor=self.actor, reason=self.reason, retries=self.retries, variables=self.variables
            )
            # Resolving one may have ended what another was about.
            with suppress(FaultNotFound) if position else nullcontext():
                retry.run(context)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveFault:
    """Retry a stuck element instance, after changing variables if need be.

    `retries` is what a failed job gets (default 1). When it fails again, a new fault opens.
    """

    fault_key: FaultKey | int
    actor: Actor
    reason: str = ""
    retries: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        fault = FaultRows(context.work).get_open(self.fault_key)
        if fault is None:
            raise FaultNotFound(self.fault_key)
        runtime = Runtime(context, self.actor)
        run = runtime.load(fault.process_instance_key)
        details = {"fault": fault.key, "reason": self.reason, "variables": sorted(self.variables)}
        runtime.note(run, "fault_retried", element_id=fault.element_id, details=details)
        self._retry(runtime, run, fault.kind, fault.element_instance_key)
        runtime.settle()

    def _retry(self, runtime: Runtime, run: InstanceRun, kind: str, element_instance_key: int | None) -> None:
        if self.variables:
            run.execution.set_variables(element_instance_key or run.key, dict(self.variables))
        if kind == "form" and element_instance_key is not None:
            attach_form(runtime, run, element_instance_key)
            runtime.delta.resolve_fault(self.fault_key, runtime.now)
        else:
            run.execution.resolve_fault(self.fault_key, retries=self.retries)
