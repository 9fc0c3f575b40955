"""Hostile expressions: none reaches Python, takes a second or leaves anything but a FEEL error or null."""

from __future__ import annotations

import contextlib
import sys
import time
import tracemalloc

import pytest

from engine.feel import FeelError, FeelLimitExceeded, Limits, evaluate, to_json
from engine.feel import compile as compile_feel


def doubled(start: str, step: str, end: str) -> str:
    """Return an expression whose entries double 40 times."""
    entries = ", ".join(f"a{i}: {step.replace('#', f'a{i - 1}')}" for i in range(1, 40))
    return f"{{a0: {start}, {entries}, r: {end.replace('#', 'a39')}}}.r"


HOSTILE = {
    "brackets": "(" * 5000 + "1" + ")" * 5000,
    "lists": "[" * 300 + "]" * 300,
    "minus": "-" * 5000 + "1",
    "if": "if true then " * 500 + "1" + " else 2" * 500,
    "sum": "1" + "+1" * 3000,
    "power": "9**9**9**9**9",
    "root": "(-8) ** (1/3)",
    "range": "count(for i in 1..10000000000 return i)",
    "loops": "for a in 1..1000, b in 1..1000, c in 1..1000 return 1",
    "regex": 'matches("' + "a" * 60 + 'b", "(a|aa)+$")',
    "replace": 'replace("' + "a" * 60 + 'b", "(a|aa)+$", "x")',
    "groups": 'matches("a", "' + "(" * 900 + "a" + ")" * 900 + '")',
    "counts": 'matches("a", "(a{999}){999}")',
    "regexes in a loop": 'for i in 1..1000 return matches("' + "a" * 24 + 'b", "(a|aa)+$")',
    "endless recursion": "{f: function(n) f(n + 1), r: f(1)}.r",
    "mutual recursion": "{f: function(g) g(g), r: f(f)}.r",
    "fibonacci": "{f: function(n) if n < 2 then n else f(n-1) + f(n-2), r: f(50)}.r",
    "flatten": doubled("[1]", "[#, #]", "flatten(#)"),
    "shown": doubled("[1]", "[#, #]", "string(#)"),
    "json": doubled("[1]", "[#, #]", "to json(#)"),
    "returned": doubled("[1]", "[#, #]", "#"),
    "path": doubled("[{x: 1}]", "[#, #]", "#.x"),
    "distinct": doubled("[1]", "[#, #]", "distinct values(#)"),
    "concatenate": doubled("[1]", "concatenate(#, #)", "count(#)"),
    "text": doubled('"0123456789"', "# + #", "#"),
    "partial": "for i in 1..1000000 return partial",
    "deep result": "for i in 1..5000 return [partial[-1]]",
    "deep context": 'context put({}, for i in 1..10000 return "a", 1)',
    "class": '"".__class__.__mro__',
    "import": '__import__("os").system("true")',
    "zone": 'time("10:00:00@/etc/localtime")',
    "literal of 3 MB": "9" * 3_000_000,
    "text of 3 MB": '"' + "x" * 3_000_000 + '"',
    "surrogate": '"\ud800"',
    "escaped surrogate": '"\\ud800"',
    "duration": 'duration("P1Y") * 1e6000',
    "exponent": "1e999999999",
    "round": "round up(1e6000, -5000)",
    "sort": "sort(for i in 1..100000 return i, function(x, y) x > y)",
    "duplicates": "duplicate values(for i in 1..5000 return i)",
    "join": 'string join(for i in 1..200000 return "xxxxxxxxxxxxxxxxxxxxxxxxxx")',
    "from json": 'from json("' + "[" * 50_000 + '")',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_expression_ends_soon_and_clearly(name: str) -> None:
    tracemalloc.start()
    started = time.process_time()
    try:
        with contextlib.suppress(FeelError):
            to_json(evaluate(HOSTILE[name], {}))
    finally:
        seconds = time.process_time() - started
        _, most_bytes = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    # Tracing memory slows everything several times; the limit of the product is one second without it.
    assert seconds < 5
    assert most_bytes < 256_000_000


def test_no_expression_leaves_the_interpreter_changed() -> None:
    before = sys.getrecursionlimit()
    for name in ("brackets", "endless recursion", "mutual recursion"):
        with pytest.raises(FeelLimitExceeded):
            evaluate(HOSTILE[name], {})
    assert sys.getrecursionlimit() == before
    assert to_json(evaluate("1 + 1", {})) == 2


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("1" * 200, "expression length"),
        ("((((((1))))))", "nesting"),
        ("1+1+1+1+1+1", "operators in a row"),
        ("for i in 1..100 return i", "elements"),
        ('"aaaaaaaa" + "aaaaaaaa"', "string length"),
        ('matches("a", "aaaaaaaaa")', "pattern length"),
        ("{f: function(n) f(n), r: f(1)}.r", "call depth"),
    ],
)
def test_every_limit_is_a_setting_that_its_error_names(text: str, limit: str) -> None:
    limits = Limits(
        expression_length=100,
        nesting=5,
        operators_in_a_row=5,
        elements=50,
        string_length=10,
        pattern_length=8,
        call_depth=3,
    )
    with pytest.raises(FeelLimitExceeded) as raised:
        compile_feel(text, limits=limits)({})
    assert raised.value.limit == limit


def test_time_is_a_limit_too() -> None:
    limits = Limits(seconds=0.01, elements=100_000_000)
    with pytest.raises(FeelLimitExceeded) as raised:
        compile_feel("some i in 1..100000000 satisfies i < 0", limits=limits)({})
    assert raised.value.limit == "seconds"
