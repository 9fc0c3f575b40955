"""Hostile expressions: none reaches Python, takes a second, 256 MB or leaves anything but a FEEL error or null."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.feel import FeelLimitExceeded, Limits, evaluate, to_json
from engine.feel import compile as compile_feel
from tests.unit.feel.hostile import HOSTILE, Measured

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def measurements() -> dict[str, Measured]:
    """What each hostile expression took in a process of its own."""
    command = [sys.executable, "-m", "tests.unit.feel.hostile"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {line["name"]: Measured(**line) for line in map(json.loads, found.splitlines())}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_expression_ends_soon_and_clearly(name: str, measurements: dict[str, Measured]) -> None:
    """Within one second of processor time, 0.8 of which are the limit of an evaluation."""
    taken = measurements[name]
    assert taken.outcome in ("value", "FeelLimitExceeded", "FeelSyntaxError")
    assert taken.seconds < 1
    assert taken.bytes < 256_000_000


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
