"""Our FEEL and that of the npm package feelin, which has no line in common with it, must give the same values.

Where they differ the standard decides: DISAGREEMENTS says who is right and why. Random expressions keep away.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from engine.feel import FeelError, evaluate, to_json
from tests.integration.feel_expressions import VARIABLES, Expressions
from tests.unit.feel.test_documentation import rows

ROOT = Path(__file__).resolve().parents[2]
FEELIN = ROOT / "webapp" / "frontend" / "node_modules" / "feelin" / "dist" / "index.js"
CURE = "Install Node 20 or newer, then `make setup` (or `npm ci` in webapp/frontend)."

#: Functions that Camunda or DMN 1.4 and 1.5 have and feelin has not: it answers null or refuses them.
UNKNOWN_TO_FEELIN = frozenset(
    (
        *("assert", "coincides", "during", "duplicate values", "extract", "finished by", "finishes", "from json"),
        *("fromAi", "get or else", "is blank", "is defined", "is empty", "last day of month", "overlaps after"),
        *("overlaps before", "partition", "put", "put all", "random number", "range", "started by", "starts"),
        *("to base64", "to json", "trim", "uuid"),
    )
)

BINARY = "numbers are decimals of 34 digits, not binary floats (10.3.2.3.1)"
UNKNOWN = "the value is of a kind feelin does not calculate with (10.3.2.5)"
KINDS = "values of different kinds cannot be compared, which is null"

#: Expression, our value, and why feelin's other value is wrong: the place is one of DMN 1.5.
DISAGREEMENTS: dict[str, tuple[object, str]] = {
    "0.1 + 0.2 = 0.3": (True, BINARY),
    "decimal(2.345, 2)": (2.34, "decimal rounds half to even (10.3.4.5)"),
    "decimal(1/3, 2.5)": (0.33, "a scale is a whole number of digits (10.3.4.5)"),
    "round up(5.5, 6177)": (None, "the scale ends at 6176 (10.3.4.5)"),
    "1 between 1 and 0": (False, "between is v >= low and v <= high, in this order"),
    "[1, 2] = []": (False, "lists of different length are not equal"),
    '"a" < 1': (None, KINDS),
    'duration("P1Y") = duration("P365D")': (None, "the two durations are different types (10.3.2.3.7 and 8)"),
    'substring("\U0001f40e b", -2, 1)': (" ", "positions count characters from the end too (10.3.4.3)"),
    'is(@"P0Y", @"P0D")': (False, "is compares the type as well"),
    '"foo"[true]': (["foo"], "a filter that is no index gives a list"),
    '@"P1D" * 2': ("P2D", UNKNOWN),
    '@"P10D" / @"P5D"': (2, UNKNOWN),
    '-@"P1D"': ("-P1D", UNKNOWN),
    '@"10:10:10" + @"P1Y"': (None, "a time has no months that a duration could be added to"),
    '@"2021-01-01" + @"PT36H"': ("2021-01-02", "a date plus a duration is a date"),
    '@"2021-01-01T10:10:10" - @"2021-01-01T10:10:10Z"': (None, "one has a zone and the other has none"),
    '@"2021-01-01T24:00:00" + @"PT1S"': ("2021-01-02T00:00:01", "24:00:00 is the next midnight (XML Schema)"),
    'date("-2017-01-01")': ("-2017-01-01", "years go down to -999,999,999 (10.3.2.3.4)"),
    'duration("P999999999M")': ("P83333333Y3M", "there is no such upper limit of months"),
    'date and time("2017-12-31T13:20:00+02:00@Europe/Paris")': (None, "offset or zone, not both (10.3.2.3.5)"),
    'date and time("2017-12-31T13:20:00+19:00")': (None, "an offset has at most 18 hours (ISO 8601 as in java.time)"),
    'date and time(@"2026-01-01T00:00:00Z", "Asia/Jakarta")': ("2026-01-01T07:00:00@Asia/Jakarta", "Camunda's"),
    'years and months duration(@"2025-08-30", @"2026-02-28")': ("P5M", "whole months only (10.3.4.1)"),
    'get value({a: {b: 1}}, ["a", "b"])': (1, "Camunda's overload with several keys"),
    'for i in @"1980-01-01"..@"1980-01-02" return i': (
        ["1980-01-01", "1980-01-02"],
        "days can be gone through",
    ),
    'for i in ["a".."c"] return i': (None, "only whole numbers and days can be gone through"),
    "5 in (null..10]": (None, "a null end is unknown, (<= 10) has no end: the conformance suite"),
    "(< 10) = (null..10)": (False, "as above"),
    "list replace([1, 2, 3], 4, 4)": (None, "there is no such position (10.3.4.4)"),
    'matches("X", "[A-Z-[OI]]", "i")': (True, "XPath's classes subtract"),
    'matches("hello world", "he ll o[ ]worl d", "x")': (True, "XPath's flag x removes spaces"),
}


class Feelin:
    """A running Node that answers line by line."""

    def __init__(self) -> None:
        node = shutil.which("node") or pytest.fail(f"there is no node. {CURE}")
        script = Path(__file__).with_name("feelin.mjs")
        self.process = subprocess.Popen(
            [node, str(script), FEELIN.as_uri()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )

    def answer(self, expression: str, variables: Mapping[str, object]) -> object:
        """Return the value as JSON, REFUSED for what is no expression."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"expression": expression, "variables": variables}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer.get("value", REFUSED)

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


REFUSED = "(refused)"


@pytest.fixture(scope="module")
def feelin() -> Iterator[Feelin]:
    """The other engine."""
    if not FEELIN.exists():
        pytest.fail(f"the package feelin is not installed: {FEELIN}. {CURE}")
    running = Feelin()
    yield running
    running.close()


def ours(expression: str, variables: Mapping[str, object]) -> object:
    """Return our value as JSON, REFUSED for what is no expression."""
    try:
        return to_json(evaluate(expression, variables))
    except FeelError:
        return REFUSED


def is_same(one: object, other: object) -> bool:
    """Whether two JSON values are the same; feelin's numbers are binary."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(1, abs(one))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(is_same(one[key], other[key]) for key in one)
    return one == other


@settings(
    max_examples=600,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(expression=Expressions(2).all())
def test_random_expressions_have_the_same_value(feelin: Feelin, expression: str) -> None:
    # An empty text has no first position: null by DMN 1.5, table 75; feelin gives an empty text.
    assume(not ("substring(" in expression and '""' in expression))
    assert is_same(ours(expression, VARIABLES), feelin.answer(expression, VARIABLES)), expression


def test_the_examples_of_the_documentation_have_the_same_value(feelin: Feelin) -> None:
    known = [(name, text) for name, text, _ in rows("en") if name not in UNKNOWN_TO_FEELIN | {"now"}]
    differing = [text for _, text in known if not is_same(ours(text, {}), feelin.answer(text, {}))]
    assert len(known) > 80
    assert [text for text in differing if text not in DISAGREEMENTS] == []


@pytest.mark.parametrize("expression", DISAGREEMENTS)
def test_where_they_differ_the_standard_decided(feelin: Feelin, expression: str) -> None:
    """An entry whose two values have become the same is out of date."""
    value, reason = DISAGREEMENTS[expression]
    assert reason
    assert is_same(ours(expression, VARIABLES), value)
    assert not is_same(feelin.answer(expression, VARIABLES), value)
