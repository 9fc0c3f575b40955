"""What the filters of the list of instances can be set to."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.store.monitoring import processes

#: Elements that an instance can be found at; the others are left in the moment they are entered.
_PASSED = frozenset({"exclusiveGateway", "inclusiveGateway", "startEvent", "endEvent"})


@dataclass(frozen=True, slots=True)
class InstanceFilterChoices:
    """Choices by (value, label)."""

    processes: tuple[tuple[str, Label], ...]
    versions: tuple[int, ...]  #: of the chosen process, newest first
    elements: tuple[tuple[str, Label], ...]  #: of the newest version of the chosen process, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceFilters:
    """Ask for choices; versions and elements only when a process is chosen. Three statements."""

    actor: Actor
    process_id: str = ""

    def run(self, context: CommandContext) -> InstanceFilterChoices:
        """Answer; raises NotPermitted."""
        require_observer(context, self.actor)
        newest = processes.newest_versions(context.work)
        versions = processes.versions_of(context.work, self.process_id) if self.process_id else []
        return InstanceFilterChoices(
            processes=tuple((version.process_id, version.name) for version in newest),
            versions=tuple(version.version for version in versions),
            elements=_elements(context, versions[0].key) if versions else (),
        )


def _elements(context: CommandContext, definition_key: int) -> tuple[tuple[str, Label], ...]:
    names = ElementNames(context)
    elements = names.elements(definition_key)
    waiting = [element_id for element_id, element in elements.items() if element.type not in _PASSED]
    named = [(element_id, names.of(definition_key, element_id)) for element_id in waiting]
    return tuple(sorted(named, key=lambda choice: choice[1].en.casefold()))
