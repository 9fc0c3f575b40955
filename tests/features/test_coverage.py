"""Every piece of BPMN runs or is refused with its reason, and docs/bpmn-coverage.md says which."""

from __future__ import annotations

import pytest

from tests.features.coverage import PAGE, outcome_of, page
from tests.features.coverage_pieces import PIECES, Piece


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: piece.name.en)
def test_reloading_makes_no_difference_to(piece: Piece) -> None:
    assert outcome_of(piece, reloads=True) == outcome_of(piece)


def test_the_page_says_what_happens() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.features.coverage"
