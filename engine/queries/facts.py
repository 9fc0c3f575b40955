"""The few facts that a diagram wants shown above a form: `clause8:facts`, a FEEL list of label and value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import feel
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.model import Label

FACTS_PROPERTY = "clause8:facts"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and a JSON value."""

    label: Label
    value: Any


def facts(context: CommandContext, properties: Mapping[str, str], variables: Mapping[str, Any]) -> tuple[Fact, ...]:
    """Return the facts that have a value; an expression that fails shows nothing, as it must not block the task."""
    source = properties.get(FACTS_PROPERTY, "").strip().removeprefix("=")
    if not source:
        return ()
    try:
        value = feel.compile(source)(variables, now=context.now, functions=lazy_host_functions(context))
        found = feel.to_json(value)
    except feel.FeelError:
        return ()
    entries = [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []
    return tuple(_fact(entry) for entry in entries if entry.get("value") not in (None, "", [], {}))


def _fact(entry: Mapping[str, Any]) -> Fact:
    label = str(entry.get("label") or "")
    return Fact(Label(label, str(entry.get("label_id") or label)), entry["value"])
