"""Processes that begin on a condition: looked at when somebody gives the variables to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn import StartEvent
from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.definitions import DeployedProcess
from engine.commands.runtime import Runtime
from engine.errors import ProcessDefinitionNotFound
from engine.feel import FeelError
from engine.model import Actor, ProcessInstance
from engine.store.resources import Resources


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateConditions:
    """Start an instance at every conditional start event whose condition holds for `variables`; administrators may.

    Looks at the newest version of every process, or at one process. Nobody waits outside an
    instance, so nothing happens by itself: a program asks. What the condition cannot decide (null,
    an error, a variable that its filter wants and nobody gave) starts nothing.

    Returns the started instances, which get the variables. Raises NotPermitted, ProcessDefinitionNotFound.
    Source: Camunda 8.9, conditional events, "Evaluate root level conditional start events".
    """

    actor: Actor
    variables: Mapping[str, Any] = field(default_factory=dict)
    process_id: str | None = None

    def run(self, context: CommandContext) -> tuple[ProcessInstance, ...]:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        runtime = Runtime(context, self.actor)
        runs = []
        for deployed, start in list(self._met(runtime)):
            run = runtime.create(deployed)
            run.execution.start(self.variables, start.element_id)
            runs.append(run)
        runtime.settle()
        if not self.actor.is_system:
            details = {"variables": sorted(self.variables), "started": [run.key for run in runs]}
            note_in_system(context, self.actor, "conditions_evaluated", details)
        return tuple(run.instance for run in runs)

    def _met(self, runtime: Runtime) -> Iterator[tuple[DeployedProcess, StartEvent]]:
        context = runtime.context
        ids = None if self.process_id is None else [self.process_id]
        definitions = Resources(context.work).newest_definitions(ids)
        if self.process_id is not None and not definitions:
            raise ProcessDefinitionNotFound(self.process_id)
        for definition in definitions:
            deployed = context.definitions.deployed(context.work, definition)
            for start in deployed.executable.start_events:
                if start.kind == "conditional" and self._holds(runtime, deployed, start):
                    yield deployed, start

    def _holds(self, runtime: Runtime, deployed: DeployedProcess, start: StartEvent) -> bool:
        event = deployed.executable.elements[start.element_id].event
        if start.condition is None or event is None:
            return False
        if event.variable_names and not self.variables.keys() & set(event.variable_names):
            return False
        try:
            return start.condition.value(self.variables, runtime.now, runtime.host_functions) is True
        except FeelError:
            return False
