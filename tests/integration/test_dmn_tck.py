"""The public DMN conformance suite, strict: an exception is a failure even where null is expected.

Valued cases (those that expect something else than null) and null cases are counted apart, because an engine that
always answers null would pass all of the latter. The suite is third-party data beside the checkout, never a part of it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

from engine.dmn import evaluate

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
    cases, passed, folders, folder_passed = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    failures = []
    for case in runner.load_cases(str(SUITE / "tck")):
        status, detail, raised = runner.run_case(case, _play, SECONDS_PER_CASE)
        kind = "valued" if any(result.expected is not None for result in case.results) else "null"
        is_passed = status == "PASS" and not raised
        cases[kind] += 1
        passed[kind] += is_passed
        folders[case.folder] += 1
        folder_passed[case.folder] += is_passed
        if not is_passed:
            failures.append(f"{case.key}: {status} {detail}")
    shown = "\n".join(failures[:20])
    assert cases["valued"] > 1000, shown
    for kind in ("valued", "null"):
        assert passed[kind] >= 0.99 * cases[kind], shown
    assert [folder for folder, count in folders.items() if folder_passed[folder] < 0.9 * count] == [], shown


def _play(case: object, result: object) -> object:
    service = case.service if case.type == "decisionService" else None  # type: ignore[attr-defined]
    return evaluate(case.dmn, result.name, dict(case.inputs), service=service)  # type: ignore[attr-defined]
