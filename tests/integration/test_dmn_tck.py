"""The public DMN conformance suite, strict: an exception is a failure even where null is expected.

Valued cases (those that expect something else than null) and null cases are counted apart, because an engine that
always answers null would pass all of the latter. The suite is third-party data beside the checkout, never a part of it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from engine import feel
from engine.dmn import evaluate
from tests.integration import dmn_expressions

SUITE = Path(__file__).resolve().parents[2].parent / "shared" / "conformance" / "dmn"
SECONDS_PER_CASE = 5


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    """The runner that comes with the suite."""
    if not SUITE.exists():
        if os.environ.get("CI"):
            pytest.fail(f"the DMN conformance suite is missing: {SUITE}")
        pytest.skip(f"the DMN conformance suite is not here ({SUITE}); nothing else is skipped")
    spec = importlib.util.spec_from_file_location("tck_runner", SUITE / "tck_runner.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["tck_runner"] = module
    spec.loader.exec_module(module)
    return module


def test_the_conformance_suite_is_passed(runner: ModuleType) -> None:
    score = _score(runner, _play)
    assert score.passed["valued"] >= 0.99 * score.cases["valued"], score.failures
    assert score.passed["null"] >= 0.99 * score.cases["null"], score.failures
    assert score.folders_below(0.9) == []


def test_the_expressions_of_the_suite_are_right_in_another_host_too(runner: ModuleType) -> None:
    """The runner has decisions, tables and services of its own (one folder of them is wrong: `some` over null)."""
    hosts = lru_cache(maxsize=1)(
        lambda path: runner.Host(path, dmn_expressions.evaluate, dmn_expressions.evaluate.passes)
    )

    def play(case: Any, result: Any) -> object:
        service = case.service if case.type == "decisionService" else None
        return hosts(case.dmn).evaluate(result.name, dict(case.inputs), service)

    score = _score(runner, play)
    assert score.passed["valued"] >= 0.99 * score.cases["valued"], score.failures
    assert score.passed["null"] >= 0.99 * score.cases["null"], score.failures


def test_expressions_with_nothing_but_variables_are_right_as_far_as_these_say_it(runner: ModuleType) -> None:
    """Without the model's names, types and functions: decision 7 tells which cases that costs."""
    hosts = lru_cache(maxsize=1)(lambda path: runner.Host(path, feel.evaluate, feel.unary_tests))
    score = _score(runner, lambda case, result: hosts(case.dmn).evaluate(result.name, dict(case.inputs), case.service))
    assert score.passed["valued"] >= 0.97 * score.cases["valued"], score.failures


@dataclass
class Score:
    """Cases by kind and by folder, and what went wrong."""

    cases: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def add(self, case: Any, status: str, detail: str) -> None:
        """Count one case, in its kind and in its folder."""
        kind = "valued" if any(result.expected is not None for result in case.results) else "null"
        for key in (kind, case.folder):
            self.cases[key] += 1
            self.passed[key] += status == "PASS"
        if status != "PASS":
            self.failures.append(f"{case.key}: {status} {detail}")

    def folders_below(self, share: float) -> list[str]:
        """Return the folders of which less than `share` is passed."""
        return [key for key, count in self.cases.items() if "/" in key and self.passed[key] < share * count]


def _score(runner: ModuleType, play: Callable[[Any, Any], object]) -> Score:
    score = Score()
    for case in runner.load_cases(str(SUITE / "tck")):
        status, detail, raised = runner.run_case(case, play, SECONDS_PER_CASE)
        score.add(case, "RAISED" if status == "PASS" and raised else status, detail)
    assert score.cases["valued"] > 1000
    return score


def _play(case: Any, result: Any) -> object:
    service = case.service if case.type == "decisionService" else None
    return evaluate(case.dmn, result.name, dict(case.inputs), service=service)
