"""The shared conformance scenarios, kept in memory and reloaded between any two steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.features.scenario import ScenarioRun

FOLDER = Path(__file__).parents[1] / "scenarios" / "bpmn"
SCENARIOS = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("reloads", [False, True], ids=["straight", "reloaded"])
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_scenario_holds(path: Path, reloads: bool) -> None:
    ScenarioRun(path, reloads).play()
