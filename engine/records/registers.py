"""What content says of a register: its form, columns, states, links, and who reads and writes it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import DefinitionInvalid
from engine.model import Finding, Label

#: In `read` and `write`: every person with an active account.
EVERYONE = "everyone"
#: Columns that every record has besides the fields of its form.
OWN_COLUMNS = frozenset({"number", "title", "state", "created_at", "updated_at"})
_TYPE = re.compile(r"[A-Z]{2,8}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_TEXTS = {
    "retention": (re.compile(r"P(?=\d)(\d+Y)?(\d+M)?(\d+D)?"), "a period such as P5Y", "masa seperti P5Y"),
    "icon": (re.compile(r"[a-z0-9-]{1,40}"), "the name of an icon", "nama ikon"),
    "form": (re.compile(r".{1,200}"), "the id of a form", "id formulir"),
}
_CONFIDENTIALITY = ("internal", "restricted")


@dataclass(frozen=True, slots=True)
class RegisterState:
    """A state of a register's records; a final one closes the record."""

    key: str
    label: Label
    is_final: bool


@dataclass(frozen=True, slots=True)
class Register:
    """A named collection of records of one type."""

    type: str
    label: Label
    help: Label
    section: Label
    icon: str
    form_id: str | None
    has_process: bool  #: its records are opened by processes; people do not add or import any
    columns: tuple[str, ...]
    filters: tuple[str, ...]
    states: tuple[RegisterState, ...]
    read: frozenset[str]
    write: frozenset[str]
    is_restricted: bool  #: only who is named in `read` sees its records, not administrators and auditors
    links: Mapping[str, str]  #: field that names records -> kind of link that is kept with it
    retention: str | None

    def reads(self, groups: Collection[str]) -> bool:
        """Return whether members of these groups read it; who writes reads."""
        return self.writes(groups) or EVERYONE in self.read or not self.read.isdisjoint(groups)

    def writes(self, groups: Collection[str]) -> bool:
        """Return whether members of these groups change it."""
        return EVERYONE in self.write or not self.write.isdisjoint(groups)

    @property
    def first_state(self) -> str:
        """Return the state of a new record."""
        return self.states[0].key if self.states else "open"

    def is_final(self, state: str) -> bool:
        """Return whether the state closes a record."""
        return any(known.key == state and known.is_final for known in self.states)


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A kind of link as it reads from both ends. `impact` tells which way trouble travels along it."""

    key: str
    label: Label
    reverse: Label
    impact: str  #: `to_start`: trouble at its end reaches its start; `to_end`; or `none`


def parse_register(document: Mapping[str, Any], file_name: str = "") -> Register:
    """Return the register of a document `kind: register`; raises DefinitionInvalid with all that is wrong."""
    findings = [*_findings(document)]
    if findings:
        raise DefinitionInvalid([_finding(file_name, *one) for one in findings])
    section = document.get("section") or {}
    label = _label(document, str(document["type"]))
    return Register(
        type=document["type"],
        label=label,
        help=_label(document.get("help") or {}, ""),
        section=_label(section if isinstance(section, Mapping) else {}, ""),
        icon=document.get("icon") or "list-details",
        form_id=document.get("form"),
        has_process=document.get("has_process") is True,
        columns=tuple(document.get("columns") or ("title",)),
        filters=tuple(document.get("filters") or ()),
        states=tuple(
            RegisterState(str(state["key"]), _label(state, str(state["key"])), state.get("final") is True)
            for state in document.get("states") or ()
        ),
        read=frozenset(document.get("read") or ()),
        write=frozenset(document.get("write") or ()),
        is_restricted=document.get("confidentiality") == "restricted",
        links=dict(document.get("links") or {}),
        retention=document.get("retention"),
    )


def parse_link_kinds(document: Mapping[str, Any], file_name: str = "") -> dict[str, LinkKind]:
    """Return the kinds of links of a document `kind: links`; raises DefinitionInvalid."""
    kinds = document.get("links")
    wrong = [
        (
            "links",
            "a list of {key, en, id, reverse: {en, id}, impact}",
            "daftar {key, en, id, reverse: {en, id}, impact}",
        )
        for entry in (kinds if isinstance(kinds, list) and kinds else [None])
        if not _is_link(entry)
    ]
    if wrong:
        raise DefinitionInvalid([_finding(file_name, *wrong[0])])
    return {
        entry["key"]: LinkKind(
            entry["key"],
            _label(entry, entry["key"]),
            _label(entry.get("reverse") or {}, entry["key"]),
            entry.get("impact") or "none",
        )
        for entry in kinds or ()
    }


def _is_link(entry: Any) -> bool:
    return (
        isinstance(entry, Mapping)
        and isinstance(entry.get("key"), str)
        and _NAME.fullmatch(entry["key"]) is not None
        and entry.get("impact") in (None, "none", "to_start", "to_end")
        and isinstance(entry.get("reverse", {}), Mapping)
    )


def _findings(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (place, what is expected in English, in Indonesian)."""
    kind = document.get("type")
    if not (isinstance(kind, str) and _TYPE.fullmatch(kind)):
        yield "type", "two to eight capital letters", "dua sampai delapan huruf besar"
    if document.get("prefix") not in (None, kind):
        yield "prefix", f"the same as type, {kind}", f"sama dengan type, {kind}"
    for name in ("columns", "filters"):
        if not _are_names(document.get(name), _NAME):
            yield name, "a list of names of fields", "daftar nama kolom"
    for name in ("read", "write"):
        if not _are_names(document.get(name), re.compile(r"[\w.-]{1,200}")):
            yield name, "a list of groups, or [everyone]", "daftar grup, atau [everyone]"
    if document.get("confidentiality") not in (None, *_CONFIDENTIALITY):
        yield "confidentiality", "internal or restricted", "internal atau restricted"
    for name, (pattern, english, indonesian) in _TEXTS.items():
        found = document.get(name)
        if not (found is None or (isinstance(found, str) and pattern.fullmatch(found))):
            yield name, english, indonesian
    yield from _findings_of_states(document.get("states"))
    yield from _findings_of_links(document.get("links"))


def _findings_of_links(links: Any) -> Iterator[tuple[str, str, str]]:
    if links is not None and not (
        isinstance(links, Mapping) and all(_NAME.fullmatch(str(part)) for pair in links.items() for part in pair)
    ):
        yield "links", "field: kind of link", "kolom: jenis tautan"


def _findings_of_states(states: Any) -> Iterator[tuple[str, str, str]]:
    if states is None:
        return
    keys = (
        [state.get("key") if isinstance(state, Mapping) else None for state in states] if _is_list(states) else [None]
    )
    if not all(isinstance(key, str) and _NAME.fullmatch(key) for key in keys):
        yield "states", "a list of {key, en, id, final}", "daftar {key, en, id, final}"
    elif len(set(keys)) < len(keys):
        yield "states", "each key once", "setiap key satu kali"


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _are_names(value: Any, pattern: re.Pattern[str]) -> bool:
    if value is None:
        return True
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(name, str) and pattern.fullmatch(name) for name in value)
    )


def _finding(file_name: str, place: str, english: str, indonesian: str) -> Finding:
    return Finding(
        file_name,
        None,
        place,
        Label(f"{place} of the register is wrong.", f"{place} pada register salah."),
        Label(f"Expected: {english}.", f"Seharusnya: {indonesian}."),
        rule="register",
    )


def _label(entry: Mapping[str, Any], otherwise: str) -> Label:
    english = str(entry.get("en") or otherwise)
    return Label(english, str(entry.get("id") or english))
