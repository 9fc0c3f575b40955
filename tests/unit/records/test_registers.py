"""Documents of registers and kinds of links: what is read, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import DefinitionInvalid
from engine.records import parse_link_kinds, parse_register
from engine.records.cells import NO_WORDS, CellWords, cell_of, value_of

GOOD: dict[str, Any] = {"kind": "register", "type": "THG", "en": "Things", "id": "Barang", "form": "REG_THG"}


def test_a_register_says_who_reads_and_writes() -> None:
    open_to_all = parse_register({**GOOD, "read": ["everyone"], "write": ["keepers"]})
    assert (open_to_all.reads([]), open_to_all.writes([]), open_to_all.writes(["keepers"])) == (True, False, True)
    closed = parse_register({**GOOD, "write": ["keepers"], "confidentiality": "restricted"})
    assert (closed.reads([]), closed.reads(["keepers"]), closed.is_restricted) == (False, True, True)
    assert not parse_register(GOOD).reads(["administrator"])


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"type": "things"}, "type"),
        ({"type": None}, "type"),
        ({"prefix": "TNG"}, "prefix"),
        ({"columns": "title"}, "columns"),
        ({"columns": ["a.b"]}, "columns"),
        ({"filters": [1]}, "filters"),
        ({"read": "everyone"}, "read"),
        ({"write": [None]}, "write"),
        ({"confidentiality": "secret"}, "confidentiality"),
        ({"retention": "ten years"}, "retention"),
        ({"retention": "P"}, "retention"),
        ({"icon": "<svg>"}, "icon"),
        ({"form": 7}, "form"),
        ({"states": "open"}, "states"),
        ({"states": [{"en": "Open"}]}, "states"),
        ({"states": [{"key": "a"}, {"key": "a"}]}, "states"),
        ({"links": ["needs"]}, "links"),
        ({"links": {"needs": "a b"}}, "links"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, Any], place: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse_register({**GOOD, **wrong}, "THG.yaml")
    assert place in [finding.element_id for finding in refused.value.findings]


@pytest.mark.parametrize(
    "links", [None, [], "x", [{"en": "a"}], [{"key": "a", "impact": "sideways"}], [{"key": "a b"}]]
)
def test_kinds_of_links_are_checked(links: Any) -> None:
    with pytest.raises(DefinitionInvalid):
        parse_link_kinds({"kind": "links", "links": links})


@pytest.mark.parametrize(
    ("cell", "field_type", "value"),
    [
        ("", "textfield", None),
        (" a ", "textfield", "a"),
        ("ya", "checkbox", True),
        ("No", "checkbox", False),
        ("perhaps", "checkbox", "perhaps"),
        ("Merah", "select", "red"),
        ("green", "select", "green"),
        ("Merah; biru;", "taglist", ["red", "biru"]),
        ("17/8/2026", "datetime", "2026-08-17"),
        ("2026-08-17", "datetime", "2026-08-17"),
        ('[{"a": 1}]', "dynamiclist", [{"a": 1}]),
        ("[" * 100_000, "dynamiclist", "[" * 100_000),
    ],
)
def test_cells_become_what_a_form_is_sent(cell: str, field_type: str, value: Any) -> None:
    assert value_of(cell, field_type, CellWords({}, {"merah": "red"})) == value


def test_values_become_cells() -> None:
    assert [cell_of(value, NO_WORDS) for value in (None, 1.5, "=a", ["a", "b"], [{"a": 1}], True)] == [
        "",
        1.5,
        "=a",
        "a; b",
        '[{"a": 1}]',
        "true",
    ]
