"""How many rows the lists of a form have: as many as were submitted, or as there were, where rows are fixed."""

from __future__ import annotations

from typing import Any

from engine.forms.components import Component, DynamicList, Group
from engine.forms.paths import Path, put_at, row_count

#: Rows of all lists of one submission together; far above what a page can show.
MOST_ROWS = 2_000


class Shape:
    """Empty rows for every list. `overfull` are the lists of which rows had to be left out."""

    def __init__(self, components: tuple[Component, ...], submitted: Any, start: Any, locked: frozenset[Path]) -> None:
        self.values: dict[str, Any] = {}
        self.overfull: set[Path] = set()
        self._submitted = submitted
        self._start = start
        self._locked = locked
        self._left = MOST_ROWS
        self._fill(components, ())

    def _fill(self, components: tuple[Component, ...], prefix: Path) -> None:
        for component in components:
            if isinstance(component, Group):
                self._fill(component.components, (*prefix, *component.path))
            elif isinstance(component, DynamicList):
                self._fill_list(component, (*prefix, *component.path))

    def _fill_list(self, component: DynamicList, path: Path) -> None:
        count = self._count(component, path)
        put_at(self.values, path, [{} for _ in range(count)])
        for index in range(count):
            self._fill(component.components, (*path, index))

    def _count(self, component: DynamicList, path: Path) -> int:
        first = row_count(self._start, path)
        if not component.allows_add_remove or component.readonly is True or path in self._locked:
            return first
        given = row_count(self._submitted, path)
        most = min(component.max_rows, self._left)
        if given > most:
            self.overfull.add(path)
        given = min(given, most)
        self._left -= given
        return max(given, first) if component.keeps_rows else given
