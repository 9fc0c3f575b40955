"""Lists, contexts, filters, iterations and functions."""

from __future__ import annotations

import pytest

from engine.feel import evaluate, to_json


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3][1]", 1),
        ("[1, 2, 3][-1]", 3),
        ("[1, 2, 3][item > 1]", [2, 3]),
        ("[][1]", None),
        ("[][item > 1]", []),
        ("5[1]", 5),
        ("[{a: 1}, {a: 2}][a > 1].a", [2]),
        ("[{a: 1}, {a: 2}].a", [1, 2]),
        ("{a: 1, b: a + 1}.b", 2),
        ('{"first name": "Ani"}.first name', "Ani"),
        ("{a: 1, a: 2}", None),
        ("for i in 1..3 return i * 2", [2, 4, 6]),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("for i in [1..3] return i", [1, 2, 3]),
        ("for i in (1..3) return i", [2]),
        ("for i in [1, 2], j in [i, 10] return i * j", [1, 10, 4, 20]),
        ("for i in 1..4 return if i = 1 then 1 else i * partial[-1]", [1, 2, 6, 24]),
        ('for d in @"2026-02-27"..@"2026-03-01" return d', ["2026-02-27", "2026-02-28", "2026-03-01"]),
        ("some i in [1, 2] satisfies i > 1", True),
        ("every i in [] satisfies i > 1", True),
        ("some i in [1, null] satisfies i > 1", None),
        ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(20)}.r", 2432902008176640000),
        ("{fs: for i in 1..3 return function() i, r: for f in fs return f()}.r", [1, 2, 3]),
        ("(function(a: number, b) a + b)(b: 1, a: 2)", 3),
        ('(function(a: number) a)("x")', None),
        ("sort([3, 1, 2], function(a, b) a > b)", [3, 2, 1]),
        ("is defined(missing)", False),
        ("is defined({a: null}.a)", True),
        ("is defined({a: null}.b)", False),
        ("get or else(missing, 3)", 3),
    ],
)
def test_collections(text: str, expected: object) -> None:
    assert to_json(evaluate(text, {})) == expected


def test_sorting_is_stable() -> None:
    people = [{"name": "b", "age": 1}, {"name": "a", "age": 1}, {"name": "c", "age": 0}]
    ordered = evaluate("sort(people, function(x, y) x.age < y.age).name", {"people": people})
    assert ordered == ["c", "b", "a"]


def test_an_entry_is_converted_only_when_it_is_read() -> None:
    class Poison:
        """No FEEL value: reading it raises."""

    context = {"wanted": 1, **{f"other{number}": Poison() for number in range(99)}}
    assert to_json(evaluate("context.wanted + 1", {"context": context, "unused": Poison()})) == 2
