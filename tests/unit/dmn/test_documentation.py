"""Every example of the page on decision tables is run, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.dmn import parse_decisions
from engine.feel import evaluate, unary_tests
from engine.feel.values import literal
from tests.unit.dmn.files import a_decision, a_file, a_table

DOCS = Path(__file__).resolve().parents[3] / "docs"
CELL = re.compile(r"\| `(.+)` \| [^`|]+(?:`\?`[^|]+)? \| `(.+)` \| `(true|false)` \|")
POLICY = re.compile(r"\| `([A-Z ]+)` \| `(.+)` \| .+ \|")
RULES = [("> 5", "10"), ("[5..10]", "30"), ("-", "20")]


def lines(language: str) -> list[str]:
    """Return the lines of the page."""
    return (DOCS / language / "decision-tables.md").read_text().splitlines()


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_cell_passes_as_shown(language: str) -> None:
    cells = [match.groups() for match in map(CELL.fullmatch, lines(language)) if match]
    assert len(cells) == 10
    for cell, value, passes in cells:
        assert unary_tests(cell, evaluate(value, {}), {}) is (passes == "true"), cell


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_hit_policy_gives_its_result(language: str) -> None:
    policies = [match.groups() for match in map(POLICY.fullmatch, lines(language)) if match]
    assert len(policies) == 11
    for shown, result in policies:
        aggregations = ("SUM", "MIN", "MAX", "COUNT")
        aggregation = next((name for name in aggregations if shown == f"COLLECT {name}"), "")
        policy = "COLLECT" if aggregation else shown
        table = a_table(policy, ["x:number"], RULES, aggregation=aggregation, output_values="30, 10, 20")
        decided = parse_decisions(a_file(a_decision(table)), "t.dmn").evaluate("decision", {"x": 7})
        assert literal(decided.value) == result, shown
