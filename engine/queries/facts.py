"""The few facts that a diagram wants shown above a form: `clause8:facts`, a FEEL list of label and value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import feel
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.model import Label
from engine.queries.known_words import known_words
from engine.queries.record_values import ShownValue, shown_value
from engine.store.workplace.readers import Reader

FACTS_PROPERTY = "clause8:facts"


def facts(
    context: CommandContext,
    reader: Reader,
    properties: Mapping[str, str],
    variables: Mapping[str, Any],
    deployment_key: int,
) -> tuple[ShownValue, ...]:
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
    entries = [entry for entry in entries if entry.get("value") not in (None, "", "-", [], {})]
    known = known_words(context, reader, [entry["value"] for entry in entries], deployment_key)
    return tuple(shown_value(_label(entry), entry["value"], known) for entry in entries)


def _label(entry: Mapping[str, Any]) -> Label:
    label = str(entry.get("label") or "")
    return Label(label, str(entry.get("label_id") or label))
