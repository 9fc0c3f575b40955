"""Fields with options: one of them (select, radio) or several (checklist, taglist)."""

from __future__ import annotations

import json
from typing import Any

from engine.feel import to_json
from engine.forms import messages
from engine.forms.components import Choices, Field, Option
from engine.forms.fields.kind import Surroundings, Wrong
from engine.model import Label

#: Nobody ticks more; a program that sends more is refused before it costs anything.
MOST_CHOSEN = 1_000


class ChoiceKind:
    """One of the options, by its value."""

    empty = None

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return the value of the option that was chosen; an option that is not offered is refused."""
        if isinstance(raw, list) and len(raw) == 1:
            raw = raw[0]
        if raw is None or raw == "":
            return None
        return _chosen(_by_text(options_of(field, around)), raw, around)

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """Membership was checked when it was read."""
        return None

    def missing(self, field: Field, around: Surroundings) -> Label:
        """Nothing was chosen."""
        return messages.required(around.name)


class ChoicesKind:
    """Several of the options, in the order chosen, each once."""

    empty: list[Any] = []  # noqa: RUF012 - never changed, every reader copies

    def read(self, field: Field, raw: Any, around: Surroundings) -> Any:
        """Return the values of the options that were chosen."""
        if raw is None or raw == "":
            return []
        items = raw if isinstance(raw, list) else [raw]
        if len(items) > MOST_CHOSEN:
            raise Wrong(messages.not_offered(around.name))
        by_text = _by_text(options_of(field, around))
        chosen = (_chosen(by_text, item, around) for item in items if item not in ("", None))
        return list({option_text(value): value for value in chosen}.values())

    def judge(self, field: Field, value: Any, around: Surroundings) -> Label | None:
        """Membership was checked when it was read."""
        return None

    def missing(self, field: Field, around: Surroundings) -> Label:
        """Nothing was chosen."""
        return messages.must_be_chosen(around.name)


def options_of(field: Field, around: Surroundings) -> tuple[Option, ...]:
    """Return the options of the moment; empty when their source gives none."""
    choices = field.choices or Choices()
    if choices.static is not None:
        return choices.static
    if choices.source is not None:
        return tuple(around.choices(choices.source))
    if choices.expression is not None:
        return _from_values(to_json(around.scope.value(choices.expression)))
    if choices.variable is not None:
        return _from_values(around.scope.variables.get(choices.variable))
    return ()


def option_text(value: Any) -> str:
    """Return how an option's value is written in HTML."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def _by_text(options: tuple[Option, ...]) -> dict[str, Any]:
    return {option_text(option.value): option.value for option in options}


def _chosen(by_text: dict[str, Any], raw: Any, around: Surroundings) -> Any:
    try:
        return by_text[option_text(raw)]
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Wrong(messages.not_offered(around.name)) from None


def _from_values(values: Any) -> tuple[Option, ...]:
    """Return options of a list of plain values, or of {value, label, label_id} contexts."""
    return tuple(_option(item) for item in values) if isinstance(values, list) else ()


def _option(item: Any) -> Option:
    if not isinstance(item, dict):
        return Option(item, Label(option_text(item), option_text(item)))
    value = item.get("value")
    english = str(item.get("label", option_text(value)))
    return Option(value, Label(english, str(item.get("label_id", english))))
