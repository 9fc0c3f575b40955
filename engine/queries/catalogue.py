"""What a person may start: published processes with a start form, in the portal's catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, Label, ProcessDefinition
from engine.queries.readers import reader_of
from engine.store.resources import Resources

_PREFIX = "clause8:"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A process that the actor may start by its form."""

    process_id: str
    name: Label
    description: Label
    icon: str  #: name of a Tabler icon; empty = the page chooses


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """List what the actor may start, by name in English."""

    actor: Actor

    def run(self, context: CommandContext) -> tuple[CatalogueEntry, ...]:
        """Answer in two statements."""
        reader = reader_of(context, self.actor)
        newest = Resources(context.work).newest_definitions()
        offered = [definition for definition in newest if _is_offered(definition, reader.groups)]
        return tuple(sorted((entry_of(definition) for definition in offered), key=lambda entry: entry.name.en))


def _is_offered(definition: ProcessDefinition, groups: frozenset[str]) -> bool:
    is_published = definition.properties.get(f"{_PREFIX}catalogue") == "yes"
    may_start = not definition.starters or not groups.isdisjoint(definition.starters)
    return is_published and bool(definition.start_form_id) and may_start


def entry_of(definition: ProcessDefinition) -> CatalogueEntry:
    """Return how the catalogue shows a process."""
    description = definition.properties.get(f"{_PREFIX}description", "")
    return CatalogueEntry(
        process_id=definition.process_id,
        name=definition.name,
        description=Label(description, definition.properties.get(f"{_PREFIX}description.id", description)),
        icon=definition.properties.get(f"{_PREFIX}icon", ""),
    )
