"""Every scenario of this folder, straight and with everything parsed forgotten between any two steps."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.testing import find_scenarios, play_file

_FOLDER = Path(__file__).parent / "bpmn"
_SCENARIOS = list(find_scenarios([_FOLDER]))


def test_the_folder_holds_every_scenario() -> None:
    assert len(_SCENARIOS) == 125


@pytest.mark.parametrize("forgets", [False, True], ids=["straight", "forgetting"])
@pytest.mark.parametrize("path", _SCENARIOS, ids=lambda path: path.stem)
def test_the_scenario_holds(path: Path, forgets: bool, database_url: str) -> None:
    assert play_file(path, database_url, forgets=forgets) == []
