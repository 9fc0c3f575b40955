"""What two versions of a form ask differently: fields, labels, rules, conditions, options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from engine.errors import DefinitionInvalid
from engine.model import Change, ChangeKind, Finding, Label

_WORDS = {
    "label": Label("label", "label"),
    "label_id": Label("Indonesian label", "label Indonesia"),
    "description": Label("help text", "teks bantuan"),
    "description_id": Label("Indonesian help text", "teks bantuan Indonesia"),
    "key": Label("key", "kunci"),
    "path": Label("key", "kunci"),
    "type": Label("type", "jenis"),
    "text": Label("text", "teks"),
    "text_id": Label("Indonesian text", "teks Indonesia"),
    "values": Label("options", "pilihan"),
    "valuesExpression": Label("options", "pilihan"),
    "readonly": Label("read only", "hanya baca"),
    "defaultValue": Label("default", "nilai awal"),
    "validate.required": Label("required", "wajib"),
    "conditional.hide": Label("hidden if", "disembunyikan bila"),
    "position": Label("place", "tempat"),
}
#: Where a component stands on the page, and what tools note for themselves.
_LEFT_OUT = frozenset({"id", "layout", "components"})


@dataclass(frozen=True, slots=True)
class _Part:
    id: str
    type: str
    name: Label
    facts: Mapping[str, str]


def compare_forms(before: bytes, after: bytes, file_name: str) -> list[Change]:
    """Return the differences of meaning, in the order of the newer form.

    Raises DefinitionInvalid when one of them is no JSON object.
    """
    old, new = _parts(before, file_name), _parts(after, file_name)
    changes: list[Change] = []
    for part in new.values():
        known = old.get(part.id)
        changes += _changed(known, part) if known else [_whole(ChangeKind.ADDED, part)]
    gone = [_whole(ChangeKind.REMOVED, part) for part in old.values() if part.id not in new]
    return [*changes, *gone, *_reordered(old, new)]


def _reordered(old: Mapping[str, _Part], new: Mapping[str, _Part]) -> Iterator[Change]:
    """Yield one change when what both forms have stands in another order."""
    before = [part.name.en for part in old.values() if part.id in new]
    after = [part.name.en for part in new.values() if part.id in old]
    if [known for known in old if known in new] != [known for known in new if known in old]:
        form = next(iter(new.values()))
        aspect = Label("order of the fields", "urutan isian")
        yield Change(ChangeKind.CHANGED, form.id, form.type, form.name, aspect, ", ".join(before), ", ".join(after))


def _whole(kind: ChangeKind, part: _Part) -> Change:
    return Change(kind, part.id, part.type, part.name, Label("", ""))


def _changed(old: _Part, new: _Part) -> Iterator[Change]:
    for key in dict.fromkeys([*old.facts, *new.facts]):
        before, after = old.facts.get(key, ""), new.facts.get(key, "")
        if before != after:
            aspect = _WORDS.get(key, Label(key, key))
            yield Change(ChangeKind.CHANGED, new.id, new.type, new.name, aspect, before, after)


def _parts(source: bytes, file_name: str) -> dict[str, _Part]:
    try:
        form = orjson.loads(source)
    except orjson.JSONDecodeError as error:
        raise _no_form(file_name, str(error), error.lineno) from None
    if not isinstance(form, dict):
        raise _no_form(file_name, "no object", 1)
    own = _Part(f"form:{form.get('id')}", "form", Label(str(form.get("id")), str(form.get("id"))), {})
    return {part.id: part for part in (own, *_components(form.get("components"), ""))}


def _components(components: Any, path: str) -> Iterator[_Part]:
    for number, component in enumerate(components if isinstance(components, list) else (), start=1):
        if not isinstance(component, dict):
            continue
        key = str(component.get("key") or component.get("path") or "")
        place = f"{path}.{key}".strip(".") if key else path
        known = str(component.get("id") or f"{place}#{number}")
        facts = dict(_facts(component, "")) | {"position": path}
        yield _Part(known, str(component.get("type")), _name(component, key, known), facts)
        yield from _components(component.get("components"), place)


def _name(component: Mapping[str, Any], key: str, known: str) -> Label:
    name = str(component.get("label") or component.get("text") or key or known)
    return Label(name, str(component.get("label_id") or component.get("text_id") or name))


def _facts(value: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, inner in value.items():
        if isinstance(inner, dict) and key not in _LEFT_OUT:
            yield from _facts(inner, f"{prefix}{key}.")
        elif key not in _LEFT_OUT or prefix:
            yield f"{prefix}{key}", inner if isinstance(inner, str) else orjson.dumps(inner).decode()


def _no_form(file_name: str, why: str, line: int) -> DefinitionInvalid:
    reason = Label(f"The form is no JSON: {why}", f"Formulir bukan JSON: {why}")
    cure = Label("Save the form again in the editor.", "Simpan ulang formulir di penyunting.")
    return DefinitionInvalid([Finding(file_name, line, None, reason, cure, rule="json")])
