"""Lists of process instances with filters and keyset paging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from engine.commands.context import CommandContext
from engine.errors import InputInvalid
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.store.monitoring import instance_list
from engine.store.monitoring.instance_list import InstanceFilter, ListedInstance, PlaceOfInstance, Position

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """Where an instance waits."""

    element_id: str
    name: Label
    since: datetime
    is_fault: bool


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


@dataclass(frozen=True, slots=True)
class InstancesPage:
    """One page of the list; `next` is what to ask for to get the following one, None at the end."""

    lines: tuple[InstanceLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instances:
    """Ask for a page of instances. Three statements, whatever the number of instances."""

    actor: Actor
    wanted: InstanceFilter = field(default_factory=InstanceFilter)
    after: str | None = None
    limit: int = PAGE_SIZE

    def run(self, context: CommandContext) -> InstancesPage:
        """Answer; raises NotPermitted, InputInvalid for a page mark that is none."""
        require_observer(context, self.actor)
        position = read_position(self.after) if self.after else None
        found = instance_list.list_instances(context.work, self.wanted, after=position, limit=self.limit + 1)
        shown = found[: self.limit]
        places = instance_list.places(context.work, [instance.key for instance in shown]) if shown else {}
        end = write_position(shown[-1].started_at, shown[-1].key) if len(found) > self.limit else None
        return InstancesPage(_lines(context, shown, places), end)


def read_position(text: str) -> Position:
    """Turn a page mark (`milliseconds.key`) into a position; raises InputInvalid."""
    moment, _, key = text.partition(".")
    if not (moment.isdecimal() and key.isdecimal() and len(moment) <= 15 and len(key) <= 19):
        raise InputInvalid(Label(f"{text!r} is no mark of a page.", f"{text!r} bukan penanda halaman."))
    return Position(datetime.fromtimestamp(int(moment) / 1000, UTC), int(key))


def write_position(moment: datetime, key: int) -> str:
    """Turn a position into a page mark."""
    return f"{round(moment.timestamp() * 1000)}.{key}"


def _lines(
    context: CommandContext, shown: Sequence[ListedInstance], places: Mapping[int, Sequence[PlaceOfInstance]]
) -> tuple[InstanceLine, ...]:
    names = ElementNames(context)
    return tuple(
        InstanceLine(
            instance=instance,
            process_name=names.process(instance.process_definition_key, instance.process_id),
            places=tuple(_named(names, place) for place in places.get(instance.key, ())),
        )
        for instance in shown
    )


def _named(names: ElementNames, place: PlaceOfInstance) -> NamedPlace:
    name = names.of(place.process_definition_key, place.element_id)
    return NamedPlace(place.element_id, name, place.entered_at, place.is_fault)
