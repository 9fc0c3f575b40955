"""The expressions of edges.txt give what stands behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.feel import evaluate
from engine.feel.values import literal

SECTIONS = {
    section.partition("\n")[0]: [line.rpartition(" => ")[::2] for line in section.splitlines()[1:] if line]
    for section in Path(__file__).with_name("edges.txt").read_text("utf-8").split("\n## ")[1:]
}


@pytest.mark.parametrize("section", SECTIONS)
def test_expressions_at_their_edges(section: str) -> None:
    expected = SECTIONS[section]
    assert [(text, literal(evaluate(text, {}))) for text, _ in expected] == expected
    assert len(expected) > 10
