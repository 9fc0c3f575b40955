"""What a name means at compile time: a slot of the frame, an entry of a filtered item, or a variable.

At run time a frame is a list: the Evaluation, then one slot per name that the expression itself declares. A function
copies the frame it was made in, so that loops going on later do not change what it sees.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..ast import Node
from ..limits import Limits
from ..reasons import Reason
from ..types import Type

#: [Evaluation, slot, slot, ...]; Any, because a slot holds any value and the first item is read most.
Frame = list[Any]
Closure = Callable[[Frame], Any]
Compiler = Callable[[Any, "Scope"], Closure]


@dataclass(slots=True)
class Unit:
    """What belongs to one compiled text as a whole."""

    limits: Limits
    declared: frozenset[str]  #: names of the model, which go before built-in functions
    types: Mapping[str, Type]
    slots: int = 1
    names: set[str] = field(default_factory=set)  #: variables read
    certain_names: set[str] = field(default_factory=set)  #: those of `names` that are no entry of a filtered item
    called: dict[str, Node] = field(default_factory=dict)  #: functions called that are not built in, with a place
    constants: tuple[object, ...] | None = None  #: the texts or numbers of a table cell that consists of them
    findings: list[tuple[Node, Reason]] = field(default_factory=list)  #: what can never work, with its place

    def new_slot(self) -> int:
        """Return the index of a further slot."""
        self.slots += 1
        return self.slots - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name may be found: in a slot, or, when `is_entry`, as an entry of the context in that slot."""

    slot: int
    is_entry: bool = False
    is_growing: bool = False  #: the list of results so far, to be copied when read


class Scope:
    """The names declared at one place of the text, and what surrounds it."""

    __slots__ = ("names", "outer", "place", "unit")

    def __init__(
        self, unit: Unit, outer: Scope | None = None, names: tuple[str, ...] = (), place: Place | None = None
    ) -> None:
        self.unit = unit
        self.outer = outer
        self.names = names
        self.place = place

    def bind(self, name: str, *, is_growing: bool = False) -> tuple[Scope, int]:
        """Return a scope that also knows `name`, and the slot of its value."""
        slot = self.unit.new_slot()
        return Scope(self.unit, self, (name,), Place(slot, is_growing=is_growing)), slot

    def filtered(self) -> tuple[Scope, int]:
        """Return the scope inside a filter, and the slot of its `item`."""
        slot = self.unit.new_slot()
        item = Scope(self.unit, self, ("item",), Place(slot))
        return Scope(self.unit, item, (), Place(slot, is_entry=True)), slot

    def places(self, name: str) -> list[Place]:
        """Return where to look for a name, inside out; the last one is no entry if the name is declared."""
        found: list[Place] = []
        scope: Scope | None = self
        while scope is not None:
            place = scope.place
            if place is not None and (place.is_entry or name in scope.names):
                found.append(place)
                if not place.is_entry:
                    break
            scope = scope.outer
        return found
