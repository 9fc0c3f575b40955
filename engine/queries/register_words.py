"""What a register document says about its records: names of type, states and fields, and what their values mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.model import Label

_OPTIONS = re.compile(r"(?:one|many)\[(.*)\]", re.DOTALL)


#: States that records have before content names one.
_STATES = {"open": Label("Open", "Terbuka"), "closed": Label("Closed", "Ditutup")}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a register; `options` are those that its type `one[a=English/Indonesian, ...]` names."""

    name: str
    label: Label
    options: Mapping[str, Label]


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """A register's words; a record type without a document has none, and its own codes are shown."""

    label: Label
    states: Mapping[str, Label]
    fields: Mapping[str, FieldWords]

    def field(self, name: str) -> FieldWords:
        """Return a field's words, made of its name where the document does not know it."""
        return self.fields.get(name) or FieldWords(name, humanised(name), {})

    def state(self, state: str) -> Label:
        """Return the words of a state."""
        return self.states.get(state) or _STATES.get(state) or humanised(state)

    def in_order(self, names: Iterable[str]) -> list[str]:
        """Return field names in the document's order, unknown ones after them."""
        known = list(self.fields)
        return sorted(names, key=lambda name: known.index(name) if name in self.fields else len(known))


def register_words(context: CommandContext, record_type: str) -> RegisterWords:
    """Return the words of a register from the newest shared documents."""
    documents = context.definitions.documents(context.work).of_kind("register")
    document = next((found for found in documents if found.get("type") == record_type), {})
    return RegisterWords(
        label=_label(document, record_type),
        states={str(entry.get("key")): _label(entry, "key") for entry in document.get("states") or ()},
        fields={str(entry.get("key")): _field(entry) for entry in document.get("fields") or ()},
    )


def humanised(code: str) -> Label:
    """Return a code as words, where nobody gave it any."""
    words = code.replace("_", " ").capitalize()
    return Label(words, words)


def _field(entry: Mapping[str, Any]) -> FieldWords:
    name, kind = str(entry.get("key")), str(entry.get("type") or "text")
    return FieldWords(name, _label(entry, name), _options(kind))


def _options(kind: str) -> dict[str, Label]:
    """Return the options of `one[a=English/Indonesian, b=...]`."""
    found = _OPTIONS.fullmatch(kind)
    parts = [part.partition("=") for part in found[1].split(",")] if found else []
    return {code.strip(): _two(words or code) for code, _, words in parts}


def _two(words: str) -> Label:
    english, _, indonesian = words.strip().partition("/")
    return Label(english, indonesian or english)


def _label(entry: Mapping[str, Any], otherwise: str) -> Label:
    english = str(entry.get("en") or otherwise)
    return Label(english, str(entry.get("id") or english))
