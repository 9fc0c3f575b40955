"""The few facts that a diagram wants shown above a form: `clause8:facts`, a FEEL list of label and value.

An entry is {label, label_id, value, value_id}; the Indonesian twins may be left out. A value that is a
login, a record's number or a code of a form of the deployment (or a list of those) is shown in words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from engine import feel
from engine.commands.context import CommandContext
from engine.commands.host_functions import lazy_host_functions
from engine.model import Label
from engine.queries.known_words import KnownWords, known_words
from engine.queries.record_values import ShownValue, shown_value
from engine.store.workplace.readers import Reader

FACTS_PROPERTY = "clause8:facts"


def facts(
    context: CommandContext,
    reader: Reader,
    properties: Mapping[str, str],
    variables: Mapping[str, Any],
    deployment_keys: Collection[int],
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
    return shown_facts(context, reader, found, deployment_keys)


def shown_facts(
    context: CommandContext, reader: Reader, found: Any, deployment_keys: Collection[int]
) -> tuple[ShownValue, ...]:
    """Return a list of {label, label_id, value, value_id} as people read it, without what has no value."""
    entries = [entry for entry in found if isinstance(entry, Mapping)] if isinstance(found, list) else []
    entries = [entry for entry in entries if entry.get("value") not in (None, "", "-", [], {})]
    known = known_words(context, reader, [entry["value"] for entry in entries], deployment_keys)
    return tuple(_shown(entry, known) for entry in entries)


def _shown(entry: Mapping[str, Any], known: KnownWords) -> ShownValue:
    label = _both(entry, "label")
    if entry.get("value_id"):
        return ShownValue(label, entry["value"], words=(_both(entry, "value"),))
    return shown_value(label, entry["value"], known)


def _both(entry: Mapping[str, Any], name: str) -> Label:
    text = str(entry.get(name) or "")
    return Label(text, str(entry.get(f"{name}_id") or text))
