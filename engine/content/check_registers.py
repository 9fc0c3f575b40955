"""What is wrong with registers as content says them: against their form, the groups, the kinds of links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from engine.forms import Form
from engine.model import Finding, Label

_EVERYONE = "everyone"
_OWN = frozenset({"number", "title", "state", "created_at", "updated_at"})


def register_findings(
    document: Mapping[str, Any], forms: Mapping[str, Form], groups: Collection[str], kinds: Collection[str]
) -> Iterator[Finding]:
    """Yield what a document `kind: register` refers to and is not there; `kinds` are those of links."""
    named = [*_texts(document, "read"), *_texts(document, "write")]
    for group in named:
        if groups and group not in groups and group != _EVERYONE:
            yield _missing(document, "group", group, "grup", "processes/_shared/roles.yaml")
    for kind in (document.get("links") or {}).values():
        if kinds and kind not in kinds:
            yield _missing(document, "kind of link", str(kind), "jenis tautan", "processes/_shared/links.yaml")
    form_id = document.get("form")
    if form_id is None:
        return
    form = forms.get(form_id)
    if form is None:
        yield _missing(document, "form", str(form_id), "formulir", f"forms/_shared/registers/{form_id}.form")
        return
    yield from _field_findings(document, set(form.keys))


def register_data_findings(document: Mapping[str, Any], forms: Mapping[str, Form]) -> Iterator[Finding]:
    """Yield the fields of starting data that their register's form REG_<type> does not have."""
    form = forms.get(f"REG_{document.get('type')}")
    items = document.get("items")
    if form is None or not isinstance(items, list):
        return
    for item in items:
        fields = item.get("fields") if isinstance(item, Mapping) else None
        for name in sorted(set(fields) - set(form.keys)) if isinstance(fields, Mapping) else ():
            yield _missing(item, "field", str(name), "kolom", f"the form {form.id}", place=str(item.get("number")))


def _field_findings(document: Mapping[str, Any], keys: Collection[str]) -> Iterator[Finding]:
    if "title" not in keys:
        yield _missing(document, "field", "title", "kolom", "every register's form has one")
    own = {"columns": _OWN, "filters": {"state"}, "links": set[str]()}
    for part, others in own.items():
        for name in _texts(document, part):
            if name not in keys and name not in others:
                yield _missing(document, "field", name, "kolom", f"{part} name fields of the form")


def _texts(document: Mapping[str, Any], name: str) -> Iterable[str]:
    return [str(entry) for entry in document.get(name) or ()]


def _missing(
    document: Mapping[str, Any], thing: str, name: str, indonesian: str, where: str, *, place: str = ""
) -> Finding:
    return Finding(
        "",
        None,
        place or str(document.get("type")),
        Label(f"There is no {thing} {name}.", f"Tidak ada {indonesian} {name}."),
        Label(f"Correct the name, or add it: {where}.", f"Perbaiki namanya, atau tambahkan: {where}."),
        rule=f"missing_{thing.split(maxsplit=1)[0]}",
    )
