"""The file of a deployed version, byte for byte, and what is where in its diagram."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import ProcessDefinitionNotFound
from engine.model import Actor, ProcessDefinition
from engine.store.resources import Resources


@dataclass(frozen=True, slots=True)
class DiagramFile:
    """A BPMN file and the version that it was deployed as."""

    definition: ProcessDefinition
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """Ask for the diagram of a version. How a procedure goes is no secret: every active person may look."""

    process_definition_key: int
    actor: Actor

    def run(self, context: CommandContext) -> DiagramFile:
        """Answer; raises NotPermitted, ProcessDefinitionNotFound."""
        read_permissions(context, self.actor).require_active()
        resources = Resources(context.work)
        definition = resources.definition(self.process_definition_key)
        content = resources.content(definition.resource_key) if definition else None
        if definition is None or content is None:
            raise ProcessDefinitionNotFound(self.process_definition_key)
        return DiagramFile(definition, content)
