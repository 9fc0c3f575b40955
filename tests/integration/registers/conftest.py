"""A small organisation with registers of things, places and secrets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from engine import SYSTEM, Actor, LoadPeople, ResourceFile, SaveEntry
from engine.testing import Harness

_REGISTERS = {
    "PLC": "write: [keepers]\nread: [everyone]\n",
    "SEC": "write: [watchers]\nread: [watchers]\nconfidentiality: restricted\nlinks: {places: affects}\n",
    "THG": (
        "write: [keepers]\nread: [everyone]\nlinks: {needs: needs, places: part_of}\n"
        "retention: P1Y\ncolumns: [title, colour, weight, owner]\nfilters: [colour]\n"
        "states: [{key: open, en: In use, id: Dipakai}, {key: gone, en: Gone, id: Hilang, final: true}]\n"
    ),
}
_LINKS = """kind: links
links:
  - {key: needs, en: needs, id: butuh, reverse: {en: needed by, id: dibutuhkan}, impact: to_start}
  - {key: part_of, en: part of, id: bagian, reverse: {en: has, id: punya}, impact: to_end}
  - {key: affects, en: affects, id: berdampak, reverse: {en: affected by, id: terdampak}, impact: to_end}
"""
_COLOURS = [
    {"value": "red", "label": "Red", "label_id": "Merah"},
    {"value": "blue", "label": "Blue", "label_id": "Biru"},
]
_FIELDS: dict[str, list[dict[str, Any]]] = {
    "PLC": [],
    "SEC": [{"type": "taglist", "key": "places", "label": "Places", "properties": {"choices": "register:PLC"}}],
    "THG": [
        {"type": "select", "key": "colour", "label": "Colour", "label_id": "Warna", "values": _COLOURS},
        {"type": "number", "key": "weight", "label": "Weight", "label_id": "Berat", "validate": {"min": 0}},
        {"type": "select", "key": "owner", "label": "Owner", "properties": {"choices": "people"}},
        {"type": "textarea", "key": "story", "label": "Story"},
        {"type": "filepicker", "key": "papers", "label": "Papers", "multiple": True},
        {"type": "taglist", "key": "needs", "label": "Needs", "properties": {"choices": "register:THG"}},
        {"type": "taglist", "key": "places", "label": "Places", "properties": {"choices": "register:PLC"}},
    ],
}
PEOPLE = {
    "people": [
        {"name": "keke", "display_name": "Keke Rahayu", "groups": ["keepers"]},
        {"name": "wira", "display_name": "Wira Yudha", "groups": ["watchers"]},
        {"name": "tamu", "display_name": "Tamu Biasa", "groups": []},
        {"name": "adi", "display_name": "Adi Putra", "groups": ["administrator"]},
    ]
}
KEEPER, WATCHER, GUEST, ADMIN = (Actor(name) for name in ("keke", "wira", "tamu", "adi"))


def _form(kind: str) -> ResourceFile:
    title = {"type": "textfield", "key": "title", "label": "Title", "label_id": "Judul", "validate": {"required": True}}
    components = [{"id": f"f{place}", **field} for place, field in enumerate([title, *_FIELDS[kind]])]
    form = {"type": "default", "id": f"REG_{kind}", "schemaVersion": 19, "components": components}
    return ResourceFile(f"REG_{kind}.form", json.dumps(form).encode())


def _register(kind: str, more: str) -> ResourceFile:
    head = f"kind: register\ntype: {kind}\nform: REG_{kind}\nen: {kind} register\nid: Register {kind}\n"
    return ResourceFile(f"{kind}.yaml", (head + more).encode())


@pytest.fixture
def house(database_url: str) -> Iterator[Harness]:
    """Give an engine with the registers and people."""
    roles = b"kind: roles\ngroups: [{name: keepers}, {name: watchers}, {name: administrator}]\n"
    files = [ResourceFile("roles.yaml", roles), ResourceFile("links.yaml", _LINKS.encode())]
    files += [part for kind, more in _REGISTERS.items() for part in (_register(kind, more), _form(kind))]
    with Harness(database_url) as harness:
        harness.deploy(*files)
        harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM))
        yield harness


def add(house: Harness, kind: str = "THG", *, by: Actor = KEEPER, state: str | None = None, **values: Any) -> str:
    """Add an entry and return its number."""
    number: str = house.engine.execute(SaveEntry(type=kind, submitted=values, actor=by, state=state))
    return number
