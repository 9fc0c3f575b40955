"""Looking constants up gives the rules that running every cell gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dmn.column import Column, positions
from engine.feel import compile as compile_feel
from engine.feel import unary_tests
from engine.feel.evaluation import Evaluation
from engine.feel.limits import DEFAULT_LIMITS
from engine.feel.values import from_json

CELLS = [
    *("-", '"a"', '"b"', '"a", "b"', "1", "1.0", "2", "1, 2", "< 2", "[1..3)", "> limit", "limit"),
    *("true", "false", "null", "not(1)", 'not("a")', '1, "a"', "? = 1", '"a", null', "[1, 2]", "count(?) > 1"),
]
VALUES: list[object] = [1, 1.5, 2, 3, "a", "b", "", True, False, None, [1, 2], [], ["a", "b"], {"a": 1}]


def passed(texts: list[str], value: object, candidates: int) -> list[int]:
    """Return the positions of the rules that a column lets pass."""
    column = Column([compile_feel(text, unary=True) for text in texts], texts)
    evaluation = Evaluation({"limit": 2}, DEFAULT_LIMITS).prepare(None, None, value)
    return list(positions(column.passed([evaluation], from_json(value), candidates)))


@given(st.lists(st.sampled_from(CELLS), max_size=12), st.sampled_from(VALUES), st.integers(0, 2**12 - 1))
def test_a_column_passes_what_its_cells_pass_one_by_one(texts: list[str], value: object, candidates: int) -> None:
    expected = [
        position
        for position, text in enumerate(texts)
        if candidates >> position & 1 and unary_tests(text, value, {"limit": 2})
    ]
    assert passed(texts, value, candidates) == expected


@pytest.mark.parametrize(("value", "rules"), [("a", [0, 1, 3]), ("b", [1, 3]), (1, [2, 3]), (None, [3])])
def test_texts_and_numbers_may_stand_in_one_column(value: object, rules: list[int]) -> None:
    assert passed(['"a"', '"a", "b"', "1", "-"], value, 0b1111) == rules


def test_a_cell_that_does_not_compile_passes_nothing() -> None:
    column = Column([None, compile_feel("-", unary=True)], ["((", "-"])
    assert column.passed([Evaluation({}, DEFAULT_LIMITS)], None, 0b11) == 0b10
