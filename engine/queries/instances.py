"""Lists of process instances with filters and keyset paging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.queries.paging import Page, page_of, read_place
from engine.store.monitoring import instance_list
from engine.store.monitoring.instance_list import InstanceFilter, ListedInstance, PlaceOfInstance
from engine.store.monitoring.processes import SCOPE_TYPES
from engine.store.workplace.inbox_list import Place

PAGE_SIZE = 25
_CONTENTS = Label(
    "searching by variables needs the role administrator or auditor.",
    "mencari menurut variabel memerlukan peran administrator atau auditor.",
)


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Where an instance waits."""

    element_id: str
    name: Label
    since: datetime  #: of the one that has waited longest
    is_fault: bool
    count: int = 1  #: element instances of it, as in a multi-instance


@dataclass(frozen=True, slots=True)
class InstanceLine:
    """One line of the list."""

    instance: ListedInstance
    process_name: Label
    places: tuple[NamedPlace, ...]

    @property
    def has_fault(self) -> bool:
        """Return whether one of its elements is stuck."""
        return any(place.is_fault for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instances:
    """Ask for a page of instances. Three statements, whatever the number of instances."""

    actor: Actor
    wanted: InstanceFilter = field(default_factory=InstanceFilter)
    after: str | None = None
    limit: int = PAGE_SIZE

    def run(self, context: CommandContext) -> Page[InstanceLine]:
        """Answer; raises NotPermitted, InputInvalid for a page mark that is none."""
        reader = require_observer(context, self.actor)
        if self.wanted.variable_name and not reader.reads_all:
            raise NotPermitted("contents", _CONTENTS)
        after = read_place(self.after)
        found = instance_list.list_instances(context.work, self.wanted, after=after, limit=self.limit + 1)
        page = page_of(found, lambda instance: Place(instance.started_at, instance.key), self.limit)
        keys = [instance.key for instance in page.lines]
        places = instance_list.places(context.work, keys) if keys else {}
        return Page(_lines(context, page.lines, places), page.next)


def _lines(
    context: CommandContext, shown: Sequence[ListedInstance], places: Mapping[int, Sequence[PlaceOfInstance]]
) -> tuple[InstanceLine, ...]:
    names = ElementNames(context)
    return tuple(
        InstanceLine(
            instance=instance,
            process_name=names.process(instance.process_definition_key, instance.process_id),
            places=_named(names, places.get(instance.key, ())),
        )
        for instance in shown
    )


def _named(names: ElementNames, places: Sequence[PlaceOfInstance]) -> tuple[NamedPlace, ...]:
    telling = [place for place in places if place.element_type not in SCOPE_TYPES or place.is_fault] or places
    by_element: dict[str, list[PlaceOfInstance]] = {}
    for place in telling:
        by_element.setdefault(place.element_id, []).append(place)
    return tuple(
        NamedPlace(
            element_id,
            names.of(same[0].process_definition_key, element_id),
            since=same[0].entered_at,
            is_fault=any(place.is_fault for place in same),
            count=len(same),
        )
        for element_id, same in by_element.items()
    )
