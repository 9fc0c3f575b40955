"""What a register document says about its records: names of type, states and fields, and what their values mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.context import CommandContext
from engine.forms import Component, DynamicList, Field, Group
from engine.forms.scope import Scope
from engine.model import Label, ResourceKind
from engine.store.resources import Resources

_OPTIONS = re.compile(r"(?:one|many)\[(.*)\]", re.DOTALL)


#: States that records have before content names one.
_STATES = {"open": Label("Open", "Terbuka"), "closed": Label("Closed", "Ditutup")}


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a register; `options` are those that its type `one[a=English/Indonesian, ...]` names."""

    name: str
    label: Label
    options: Mapping[str, Label]
    type: str = "textfield"  #: of the form's field
    source: str = ""  #: of its choices: `register:SVC`, `people`
    columns: tuple[FieldWords, ...] = ()  #: of a list of rows


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
    """Return the words of a register from the newest shared documents, and from its form where it has one."""
    documents = context.definitions.documents(context.work).of_kind("register")
    document = next((found for found in documents if found.get("type") == record_type), {})
    return RegisterWords(
        label=_label(document, record_type),
        states={str(entry.get("key")): _label(entry, "key") for entry in document.get("states") or ()},
        fields={str(entry.get("key")): _field(entry) for entry in document.get("fields") or ()}
        | _of_form(context, document.get("form")),
    )


def _of_form(context: CommandContext, form_id: Any) -> dict[str, FieldWords]:
    """Return the words of a form's fields and lists of rows; all but the title, which every record has."""
    stored = Resources(context.work).newest(ResourceKind.FORM, [form_id]) if isinstance(form_id, str) else {}
    if form_id not in stored:
        return {}
    form = context.definitions.form(context.work, stored[form_id].key)
    parts = (_of_component(part, context.now) for part in _bound(form.components))
    return {words.name: words for words in parts if words.name != "title"}


def _bound(components: Iterable[Component]) -> Iterator[Field | DynamicList]:
    for component in components:
        if isinstance(component, Field | DynamicList):
            yield component
        elif isinstance(component, Group) and not component.path:
            yield from _bound(component.components)


def _of_component(part: Field | DynamicList, now: datetime) -> FieldWords:
    name = part.key[0] if isinstance(part, Field) else part.path[0]
    label = part.label.resolve(Scope({}, now=now, functions={}))
    label = Label(label.en or humanised(name).en, label.id or label.en or humanised(name).id)
    choices = part.choices if isinstance(part, Field) else None
    static = (choices.static or ()) if choices else ()
    options = {str(option.value): option.label for option in static}
    columns = () if isinstance(part, Field) else tuple(_of_component(one, now) for one in _bound(part.components))
    return FieldWords(name, label, options, part.type, (choices.source or "") if choices else "", columns)


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
