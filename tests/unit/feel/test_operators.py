"""Arithmetic, comparison and logic, where the conformance suite is thin."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import compile as compile_feel
from engine.feel import evaluate, to_json


def answer(text: str, **variables: object) -> object:
    return to_json(evaluate(text, variables))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1 + 0.2 = 0.3", True),
        ("1 / 3 * 3 = 1", False),
        ("10 - 2 - 3", 5),
        ("2 + 3 * 4", 14),
        ("-2 ** 2", 4),
        ("2 ** 3 ** 2", 64),
        ("0 ** 0", 1),
        ("0 ** -1", None),
        ("0.0 ** -0.5", None),
        ("(-8) ** (1/3)", None),
        ("7 / 2", 3.5),
        ("1 / 0", None),
        ("9 ** 9 ** 9 ** 9 ** 9", None),
        ('"a" + "b"', "ab"),
        ('"a" + 1', None),
        ("null + 1", None),
        ("1.0 = 1.00", True),
        ("1 = true", None),
        ("null = null", True),
        ("null = 1", False),
        ("1 != null", True),
        ('"a" < "b"', True),
        ('1 < "b"', None),
        ("5 between 1 and 10", True),
        ("0 between 1 and 10", False),
        ("null between 1 and 10", None),
        ("5 in (1, < 3, >= 5)", True),
        ("5 in [1..5)", False),
        ("5 in ]1..5]", True),
        ("[1, 2] = [1, 2]", True),
        ("{a: 1, b: 2} = {b: 2, a: 1}", True),
        ("if null then 1 else 2", 2),
        ('if "yes" then 1 else 2', 2),
        ("1 instance of number", True),
        ("-1 instance of number", True),
        ("null instance of number", False),
        ("null instance of Null", True),
        ('[1, "a"] instance of list<number>', False),
        ("{a: 1} instance of context<a: number>", True),
        ("[1..3] instance of range<number>", True),
    ],
)
def test_operators(text: str, expected: object) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize("left", ["true", "false", "null", '"x"'])
@pytest.mark.parametrize("right", ["true", "false", "null", '"x"'])
def test_logic_has_three_values(left: str, right: str) -> None:
    """A value that is no boolean counts as null. Source: DMN 1.5, tables 48 and 49."""
    values = {"true": True, "false": False}
    a, b = values.get(left), values.get(right)
    conjunction = False if a is False or b is False else None if a is None or b is None else True
    disjunction = True if a is True or b is True else None if a is None or b is None else False
    assert evaluate(f"{left} and {right}", {}) is conjunction
    assert evaluate(f"{left} or {right}", {}) is disjunction


def test_numbers_keep_34_digits() -> None:
    assert evaluate("1 / 3", {}) == Decimal("0.3333333333333333333333333333333333")
    assert evaluate("12345678901234567890123456789012345 + 0", {}) == Decimal("1.234567890123456789012345678901234E+34")


def test_a_float_of_the_caller_is_read_as_a_person_would_write_it() -> None:
    assert answer("x + 0.2 = 0.3", x=0.1) is True
    assert answer("x", x=float("nan")) is None


def test_a_null_says_why_in_both_languages() -> None:
    value, warnings = compile_feel("count + missing * 2").explain({"count": 1})
    assert value is None
    assert [warning.label.en for warning in warnings] == [
        "there is no variable missing",
        "null has no place in *",
        "null has no place in +",
    ]
    assert warnings[0].label.id == "tidak ada variabel missing"


@pytest.mark.parametrize(
    ("tests", "value", "passes"),
    [
        ("-", 5, True),
        ("5", 5, True),
        ("< 5, > 10", 11, True),
        ("not(1, 2)", 3, True),
        ("not(1, 2)", 2, False),
        ("[1..3], null", None, True),
        ('"a", "b"', "b", True),
        ("? > 3 and limit > ?", 5, True),
        ("limit", 10, True),
        ("[1, 5, 7]", 5, True),
        ("limit > 5", "anything", True),
        ("not(null)", None, False),
    ],
)
def test_unary_tests(tests: str, value: object, passes: bool) -> None:
    expression = compile_feel(tests, unary=True)
    assert expression({"limit": 10}, input=value) is passes
