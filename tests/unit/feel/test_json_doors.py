"""What comes in from JSON and what goes out."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from engine.feel import FeelValueError, evaluate, from_json, to_json


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", 1),
        ("1.0", 1),
        ("1.5", 1.5),
        ("9007199254740993", 9007199254740993),
        ("1e300 * 1e300", None),
        ("[1..3)", "[1..3)"),
        ("(< 5)", "(<5)"),
        ("function(x) x", None),
        ('{d: @"2026-01-01", t: [@"10:00:00"]}', {"d": "2026-01-01", "t": ["10:00:00"]}),
    ],
)
def test_results_are_json(text: str, expected: object) -> None:
    value = to_json(evaluate(text, {}))
    assert value == expected
    assert json.loads(json.dumps(value)) == expected


def test_whole_numbers_are_int_and_others_float() -> None:
    assert type(to_json(Decimal("2.0"))) is int
    assert type(to_json(Decimal("2.5"))) is float


def test_a_python_object_is_refused() -> None:
    with pytest.raises(FeelValueError, match="Python object"):
        from_json(object())
    with pytest.raises(FeelValueError):
        evaluate("f", {"f": len})
