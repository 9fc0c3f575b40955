"""What somebody changed in a form that was filled in before: field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from engine.forms.check import Examination
from engine.forms.components import DynamicList, Field
from engine.forms.fields.choice import option_text, options_of
from engine.forms.paths import Path, put_at, value_at
from engine.forms.walk import Place
from engine.model import Label

_EMPTY: tuple[Any, ...] = (None, "", [], {}, False)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field (or whole list) whose value is another now."""

    name: str  #: its path
    label: Label
    before: Any
    after: Any
    before_words: tuple[Label, ...]  #: of the chosen options
    after_words: tuple[Label, ...]
    is_material: bool


def changes(examination: Examination, before: Mapping[str, Any]) -> Iterator[FieldChange]:
    """Yield what differs from `before`, in the order of the form; what nobody may change is not among it."""
    for place, component in _editable(examination):
        old, new = value_at(before, place.path), value_at(examination.values, place.path)
        if old == new or (old in _EMPTY and new in _EMPTY):
            continue
        is_field = isinstance(component, Field)
        yield FieldChange(
            place.name,
            component.label.resolve(place.scope(examination.scope, examination.values)),
            old,
            new,
            _words(examination, place, old) if is_field else (),
            _words(examination, place, new) if is_field else (),
            component.is_material,
        )


def merged(examination: Examination, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the variables of the form with what was changed in it; what the form does not show stays."""
    names = {str(place.path[0]) for place, _ in _editable(examination)}
    result: dict[str, Any] = {name: deepcopy(before.get(name)) for name in names}
    for place, _component in _editable(examination):
        new = value_at(examination.values, place.path)
        if value_at(before, place.path) != new:
            _holders(result, place.path)
            put_at(result, place.path, new)
    return result


def _editable(examination: Examination) -> Iterator[tuple[Place, Field | DynamicList]]:
    """Yield fields and lists outside rows; a list changes as a whole."""
    for place in examination.places:
        component = place.component
        if not isinstance(component, Field | DynamicList) or place.rows or place.is_out_of_sight or place.is_readonly:
            continue
        if isinstance(component, Field) and component.expression is not None:
            continue
        yield place, component


def _holders(values: dict[str, Any], path: Path) -> None:
    """Make the contexts in which a value is to be put, where there are none."""
    for end in range(1, len(path)):
        if not isinstance(value_at(values, path[:end]), dict):
            put_at(values, path[:end], {})


def _words(examination: Examination, place: Place, value: Any) -> tuple[Label, ...]:
    field = place.component
    if not isinstance(field, Field) or field.choices is None or value in (None, "", []):
        return ()
    known = {option_text(option.value): option.label for option in options_of(field, examination.around(place))}
    codes = [option_text(code) for code in (value if isinstance(value, list) else [value])]
    return tuple(known.get(code, Label(code, code)) for code in codes)
