"""What a filled-in form says to those who read of it later: chosen fields with their labels, and options in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from engine.forms.check import Examination
from engine.forms.components import Field
from engine.forms.fields.choice import option_text, options_of
from engine.forms.paths import value_at
from engine.forms.walk import Place
from engine.model import Label

_EMPTY: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Answer:
    """One field that was filled in; `words` are those of the chosen options."""

    label: Label
    value: Any
    words: tuple[Label, ...] = ()


def answers(examination: Examination, names: Collection[str]) -> Iterator[Answer]:
    """Yield what was answered in the fields `names` (paths, `plan.steps[0].action`), in the order of the form.

    What is hidden or empty is not among it.
    """
    for place in examination.places:
        if isinstance(place.component, Field) and place.name in names and not place.is_out_of_sight:
            value = value_at(examination.values, place.path)
            if value not in _EMPTY:
                yield _answer(examination, place, place.component, value)


def _answer(examination: Examination, place: Place, field: Field, value: Any) -> Answer:
    around = examination.around(place)
    if field.choices is None:
        return Answer(around.name, value)
    known = {option_text(option.value): option.label for option in options_of(field, around)}
    codes = [option_text(code) for code in (value if isinstance(value, list) else [value])]
    return Answer(around.name, value, tuple(known.get(code, Label(code, code)) for code in codes))
