"""A form unrolled over values: every component with its place, lists with one set of components per row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.forms.components import Component, DynamicList, Field, Form, Group
from engine.forms.paths import Path, path_text, row_count, value_at
from engine.forms.scope import Scope
from engine.model import Label


@dataclass(slots=True, eq=False)
class Place:
    """One component at one place. `rows` are the paths of the rows around it, outermost first."""

    component: Component
    path: Path
    rows: tuple[Path, ...]
    parent: Place | None
    children: list[Place] = field(default_factory=list)
    is_hidden: bool = False  #: by its own condition
    is_readonly: bool = False
    is_required: bool = False
    error: Label | None = None

    @property
    def name(self) -> str:
        """Return the path as HTML names have it; empty for what binds no value."""
        return path_text(self.path) if isinstance(self.component, Field | DynamicList) else ""

    @property
    def is_out_of_sight(self) -> bool:
        """Return whether this component or one around it is hidden."""
        place: Place | None = self
        while place is not None:
            if place.is_hidden:
                return True
            place = place.parent
        return False

    def scope(self, outer: Scope, values: dict[str, Any]) -> Scope:
        """Return what expressions of this component see: the values, and those of the rows around it."""
        scope = outer.within(values)
        for row in self.rows:
            index, content = row[-1], value_at(values, row)
            if isinstance(index, int) and isinstance(content, dict):
                scope = scope.row(content, index)
        return scope


def unroll(form: Form, values: dict[str, Any]) -> list[Place]:
    """Return all places, a container before its content, in the order of the form; lists as long as in `values`."""
    return list(_places(form.components, values, (), (), None))


def _places(
    components: tuple[Component, ...],
    values: dict[str, Any],
    prefix: Path,
    rows: tuple[Path, ...],
    parent: Place | None,
) -> Iterator[Place]:
    for component in components:
        place = Place(component, (*prefix, *_own_path(component)), rows, parent)
        if parent is not None:
            parent.children.append(place)
        yield place
        if isinstance(component, Group):
            yield from _places(component.components, values, place.path, rows, place)
        elif isinstance(component, DynamicList):
            for index in range(row_count(values, place.path)):
                row = (*place.path, index)
                yield from _places(component.components, values, row, (*rows, row), place)


def _own_path(component: Component) -> Path:
    if isinstance(component, Field):
        return component.key
    return component.path if isinstance(component, Group | DynamicList) else ()
