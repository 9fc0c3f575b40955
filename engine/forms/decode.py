"""From the pairs of an HTML form to nested values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.forms.components import Component, DynamicList, Field, Form, Group
from engine.forms.paths import Path, parse_path, put_at

#: More names are no page of ours; what is beyond is ignored, and what is missing then is an error of its field.
MOST_PAIRS = 20_000

_SEVERAL = frozenset(("checklist", "taglist", "filepicker"))
_PARTS = ("days", "hours", "minutes")


def decode(form: Form, pairs: Iterable[tuple[str, str]], *, keeps_blank_rows: bool = False) -> dict[str, Any]:
    """Return nested values of name-value pairs such as ("steps[0].action", "Back up").

    Names that the form does not have are ignored. Names that come twice give lists in fields of several values, else
    the last one counts. Durations may come in parts (`outage.hours`). Rows in which nothing was entered, and gaps
    between row numbers, vanish, except where row n must stay row n, and where a page that is drawn again
    `keeps_blank_rows` for a person to fill. The values are texts: `check` gives them types.
    """
    return _Decoding(pairs, keeps_blank_rows).values(form.components, ())


class _Decoding:
    def __init__(self, pairs: Iterable[tuple[str, str]], keeps_blank_rows: bool) -> None:
        self._keeps_blank_rows = keeps_blank_rows
        self._entered: dict[Path, list[str]] = {}
        self._row_numbers: dict[Path, set[int]] = {}
        for count, (name, value) in enumerate(pairs):
            path = parse_path(name) if count < MOST_PAIRS and len(name) < 1_000 else None
            if path is not None:
                self._enter(path, value)

    def _enter(self, path: Path, value: str) -> None:
        self._entered.setdefault(path, []).append(value)
        for position, part in enumerate(path):
            if isinstance(part, int):
                self._row_numbers.setdefault(path[:position], set()).add(part)

    def values(self, components: tuple[Component, ...], prefix: Path) -> dict[str, Any]:
        """Return what was entered for the components of one object: the form, a group, a row."""
        values: dict[str, Any] = {}
        self._collect(components, prefix, (), values)
        return values

    def _collect(self, components: tuple[Component, ...], prefix: Path, inside: Path, values: dict[str, Any]) -> None:
        for component in components:
            if isinstance(component, Group):
                self._collect(component.components, prefix, (*inside, *component.path), values)
            elif isinstance(component, DynamicList):
                path = (*inside, *component.path)
                put_at(values, path, self._rows(component, (*prefix, *path)))
            elif isinstance(component, Field):
                path = (*inside, *component.key)
                entered = self._value(component, (*prefix, *path))
                if entered is not None:
                    put_at(values, path, entered)

    def _value(self, field: Field, path: Path) -> Any:
        if field.properties.get("format") == "duration":
            parts = {part: self._entered[*path, part][-1] for part in _PARTS if (*path, part) in self._entered}
            if parts:
                return parts
        found = self._entered.get(path)
        if found is None:
            return None
        return found if field.type in _SEVERAL else found[-1]

    def _rows(self, component: DynamicList, path: Path) -> list[Any]:
        numbers = sorted(self._row_numbers.get(path, ()))
        if component.keeps_rows:
            # A row too many shows `check` that there are too many; a row of number 9999 costs no 9999 rows.
            last = min(numbers[-1], component.max_rows) if numbers else -1
            return [self.values(component.components, (*path, number)) for number in range(last + 1)]
        rows = (self.values(component.components, (*path, number)) for number in numbers)
        return [row for row in rows if self._keeps_blank_rows or not _is_blank(row)]


def _is_blank(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_blank(item) for item in value.values())
    if isinstance(value, list):
        return all(_is_blank(item) for item in value)
    return not str(value).strip() or value == "false"
