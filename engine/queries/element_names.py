"""Names of elements, from the parsed diagram of the version that they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bpmn import ElementInfo
from engine.commands.context import CommandContext
from engine.commands.definitions import DeployedProcess
from engine.errors import ProcessDefinitionNotFound
from engine.model import Label


class ElementNames:
    """Looks elements up in the cached definitions; a version is parsed once in the life of the server."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context

    def of(self, definition_key: int, element_id: str) -> Label:
        """Return the element's name, its id where it has none."""
        element = self.elements(definition_key).get(element_id)
        if element is None or not (element.name.en or element.name.id):
            return Label(element_id, element_id)
        return element.name

    def process(self, definition_key: int, process_id: str) -> Label:
        """Return the name of the process, its id where the version is unknown."""
        deployed = self._deployed(definition_key)
        return deployed.definition.name if deployed else Label(process_id, process_id)

    def elements(self, definition_key: int) -> Mapping[str, ElementInfo]:
        """Return the elements of a version by id; none when the version is unknown."""
        deployed = self._deployed(definition_key)
        return deployed.executable.elements if deployed else {}

    def _deployed(self, definition_key: int) -> DeployedProcess | None:
        try:
            return self._context.definitions.process(self._context.work, definition_key)
        except ProcessDefinitionNotFound:
            return None
