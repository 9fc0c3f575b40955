"""A process instance begins: by form, or by a program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.bpmn import StartEvent
from engine.commands.attaching import finish_files
from engine.commands.authorisation import Permissions, read_permissions, require_program, require_starter
from engine.commands.context import CommandContext
from engine.commands.definitions import DeployedProcess
from engine.commands.form_values import checked_values
from engine.commands.runtime import Runtime, start_run
from engine.errors import ProcessDefinitionNotFound
from engine.files import FileRefusal
from engine.model import Actor, ProcessInstance
from engine.store.resources import Resources


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProcessInstance:
    """Start a process with plain variables; the newest version unless one is named.

    Anybody who may start it by form may when it asks nothing; with variables, or instead of its form, only programs
    and administrators. Raises ProcessDefinitionNotFound or NotPermitted.
    """

    process_id: str
    actor: Actor
    variables: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    start_element_id: str | None = None
    business_id: str | None = None

    def run(self, context: CommandContext) -> ProcessInstance:
        """Do it in the caller's transaction."""
        deployed, permissions = _startable(context, self.process_id, self.actor, self.version)
        if self.variables or self.business_id or deployed.definition.start_form_id is not None:
            require_program(permissions)
        runtime = Runtime(context, self.actor)
        run = start_run(
            runtime,
            deployed,
            self.variables,
            start_element_id=self.start_element_id,
            business_id=self.business_id,
        )
        runtime.settle()
        return run.instance


@dataclass(frozen=True, slots=True, kw_only=True)
class StartByForm:
    """Start the newest version of a process with what its start form submitted.

    The variables are the form's values, `initiator` (who starts) and `requester` (the same person,
    unless the form names another). Raises FormRejected, ProcessDefinitionNotFound or NotPermitted.
    """

    process_id: str
    actor: Actor
    submitted: Mapping[str, Any]
    refused_files: tuple[FileRefusal, ...] = ()  #: not taken; the record is made all the same and says so (BI-10)

    def run(self, context: CommandContext) -> ProcessInstance:
        """Do it in the caller's transaction."""
        deployed, permissions = _startable(context, self.process_id, self.actor, None)
        start = form_start(deployed)
        defaults = {"initiator": self.actor.user, "requester": self.actor.user}
        form_key = start_form_key(context, deployed, start)
        seen = {**defaults, "current_user": permissions.as_variable()}
        values = checked_values(context, self.actor, form_key, self.submitted, seen)
        runtime = Runtime(context, self.actor)
        run = start_run(runtime, deployed, defaults | values, start_element_id=start.element_id)
        runtime.settle()
        finish_files(context, self.actor, run.instance.record_key, values, self.refused_files)
        return run.instance


def form_start(deployed: DeployedProcess) -> StartEvent:
    """Return the start event that a person starts; raises ProcessDefinitionNotFound when there is none."""
    starts = [start for start in deployed.executable.start_events if start.kind in ("form", "none")]
    with_form = [start for start in starts if start.form_id]
    if not starts:
        raise ProcessDefinitionNotFound(deployed.definition.process_id)
    return (with_form or starts)[0]


def start_form_key(context: CommandContext, deployed: DeployedProcess, start: StartEvent) -> int | None:
    """Return the deployed form of a start event; None when it has none."""
    if start.form_id is None:
        return None
    deployment_key = deployed.definition.deployment_key
    return context.definitions.form_key(
        context.work, start.form_id, start.form_binding, deployment_key, start.form_version_tag
    )


def _startable(
    context: CommandContext, process_id: str, actor: Actor, version: int | None
) -> tuple[DeployedProcess, Permissions]:
    definition = Resources(context.work).find_definition(process_id, version=version)
    if definition is None:
        raise ProcessDefinitionNotFound(process_id)
    permissions = read_permissions(context, actor)
    require_starter(permissions, definition)
    return context.definitions.deployed(context.work, definition), permissions
