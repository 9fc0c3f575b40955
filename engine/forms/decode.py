"""From the pairs of an HTML form to nested values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.forms.components import Component, DynamicList, Field, Form, Group
from engine.forms.paths import Path, parse_path, value_at

#: More names are no page of ours; what is beyond is ignored, and what is missing then is an error of its field.
MOST_PAIRS = 20_000

_SEVERAL = frozenset(("checklist", "taglist", "filepicker"))
_PARTS = frozenset(("days", "hours", "minutes"))


def decode(form: Form, pairs: Iterable[tuple[str, str]], *, keeps_blank_rows: bool = False) -> dict[str, Any]:
    """Return nested values of name-value pairs such as ("steps[0].action", "Back up").

    Names that the form does not have are ignored. Names that come twice give lists in fields of several values, else
    the last one counts. Durations may come in parts (`outage.hours`). Rows in which nothing was entered, and gaps
    between row numbers, vanish, except where row n must stay row n, and where a page that is drawn again
    `keeps_blank_rows` for a person to fill. The values are texts: `check` gives them types.
    """
    entered: dict[Path, list[str]] = {}
    for count, (name, value) in enumerate(pairs):
        path = parse_path(name) if count < MOST_PAIRS and len(name) < 1_000 else None
        if path is not None:
            entered.setdefault(path, []).append(value)
    return _decoded(form.components, _tree(entered), keeps_blank_rows)


def _tree(entered: dict[Path, list[str]]) -> dict[str | int, Any]:
    """Return dicts within dicts; row numbers are keys, so that a large one costs nothing."""
    tree: dict[str | int, Any] = {}
    for path, values in entered.items():
        node = tree
        for part in path[:-1]:
            following = node.setdefault(part, {})
            if not isinstance(following, dict):
                break
            node = following
        else:
            node.setdefault(path[-1], values)
    return tree


def _decoded(components: tuple[Component, ...], tree: Any, keeps_blank: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for component in components:
        if isinstance(component, Group) and not component.path:
            values.update(_decoded(component.components, tree, keeps_blank))
        elif isinstance(component, Group):
            _merge(values, component.path, _decoded(component.components, value_at(tree, component.path), keeps_blank))
        elif isinstance(component, DynamicList):
            _merge(values, component.path, _rows(component, value_at(tree, component.path), keeps_blank))
        elif isinstance(component, Field):
            entered = _entered(component, value_at(tree, component.key))
            if entered is not None:
                _merge(values, component.key, entered)
    return values


def _entered(field: Field, found: Any) -> Any:
    if isinstance(found, list):
        return found if field.type in _SEVERAL else found[-1]
    if isinstance(found, dict) and field.properties.get("format") == "duration":
        return {str(part): texts[-1] for part, texts in found.items() if part in _PARTS and isinstance(texts, list)}
    return None


def _rows(component: DynamicList, found: Any, keeps_blank: bool) -> list[Any]:
    numbered = (
        {number: row for number, row in found.items() if isinstance(number, int)} if isinstance(found, dict) else {}
    )
    if component.keeps_rows:
        numbers = range(max(numbered, default=-1) + 1)
        return [_decoded(component.components, numbered.get(number), keeps_blank) for number in numbers]
    rows = (_decoded(component.components, numbered[number], keeps_blank) for number in sorted(numbered))
    return [row for row in rows if keeps_blank or not _is_blank(row)]


def _is_blank(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_is_blank(item) for item in value.values())
    if isinstance(value, list):
        return all(_is_blank(item) for item in value)
    return not str(value).strip() or value == "false"


def _merge(values: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        values = values.setdefault(part, {})
    if isinstance(value, dict) and isinstance(values.get(path[-1]), dict):
        values[path[-1]].update(value)
    else:
        values[path[-1]] = value
