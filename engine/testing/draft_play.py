"""Plays scenarios against files that are not published, in a process of its own: `python -m engine.testing.draft_play`.

It reads one JSON line: {"folder", "scenarios": [paths in the folder], "files": [paths in the folder]}, and writes one
JSON line for each thing that happens: a step begins, a scenario ends, and at last what was gone through. Its only
databases are SQLite files in the folder, it sends nothing, and it may use a bounded amount of processor and memory.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.clock import MovableClock
from engine.errors import DefinitionInvalid, EngineError
from engine.model import ResourceFile
from engine.store import migrate
from engine.testing.harness import Harness
from engine.testing.playing import Failure, first_failure
from engine.testing.scenario import Scenario, ScenarioInvalid, Step, load_scenario
from engine.testing.stage import set_up

_CPU_SECONDS = 600
_MEMORY_BYTES = 2 * 1024**3
_NICENESS = 10


class DraftPlay:
    """A folder with scenarios and files, and what playing them found."""

    def __init__(self, folder: Path, files: Sequence[Path]) -> None:
        self._folder = folder
        self._files = [ResourceFile(path.name, path.read_bytes()) for path in files]
        self._empty = folder / "empty.db"
        self._stages: dict[datetime | None, Path] = {}
        self._visited: Counter[tuple[str, str]] = Counter()
        migrate(f"sqlite:///{self._empty}")

    def play(self, number: int, path: Path) -> dict[str, Any]:
        """Play one scenario file; return {"scenario", "passed", "problems", "step", "elements"}."""
        try:
            scenario = load_scenario(path)
            self._require_inside(scenario)
            failure = self._play(number, scenario)
        except ScenarioInvalid as error:
            return _failed(number, [_both(error.reason)])
        except DefinitionInvalid as error:
            found = [f for f in error.findings if f.is_error]
            problems = [
                {"en": f"{f.file}: {f.reason.en} {f.cure.en}", "id": f"{f.file}: {f.reason.id} {f.cure.id}"}
                for f in found
            ]
            return _failed(number, problems, elements=[f.element_id for f in found if f.element_id])
        except EngineError as error:
            return _failed(number, [{"en": error.label.en, "id": error.label.id}])
        except (TypeError, ValueError, AttributeError, LookupError, RecursionError) as error:
            # What a step gives has a shape that nothing can be done with.
            return _failed(number, [_both(f"{type(error).__name__}: {error}")])
        if failure is None:
            return {"scenario": number, "passed": True, "problems": [], "elements": []}
        problems = [{"en": said.label.en, "id": said.label.id} for said in failure.problems]
        return _failed(number, problems, elements=_elements(failure), step=_step(failure.step))

    def coverage(self) -> dict[str, dict[str, int]]:
        """Return process id -> element or flow -> how often it was gone through, over all scenarios."""
        found: dict[str, dict[str, int]] = {}
        for (process_id, element_id), count in self._visited.items():
            found.setdefault(process_id, {})[element_id] = count
        return found

    def _play(self, number: int, scenario: Scenario) -> Failure | None:
        clock = MovableClock(scenario.clock) if scenario.clock else MovableClock()
        has_content = not (scenario.bpmn or scenario.deploy)
        database = self._folder / "scenario.db"
        shutil.copyfile(self._stage(scenario.clock) if has_content else self._empty, database)

        def began(step: Step) -> None:
            tell({"scenario": number, "step": step.number, "steps": len(scenario.steps)})

        with Harness(f"sqlite:///{database}", clock=clock) as harness:
            set_up(scenario, harness, has_content=has_content)
            failure = first_failure(scenario, harness, before_step=began)
            with harness.census() as census:
                self._visited.update(census.visited())
        return failure

    def _stage(self, begins_at: datetime | None) -> Path:
        """Return a database with the content, deployed at the moment at which the scenario begins."""
        if begins_at not in self._stages:
            path = self._folder / f"stage-{len(self._stages)}.db"
            shutil.copyfile(self._empty, path)
            clock = MovableClock(begins_at) if begins_at else MovableClock()
            with Harness(f"sqlite:///{path}", clock=clock) as harness:
                harness.deploy(*self._files)
            self._stages[begins_at] = path
        return self._stages[begins_at]

    def _require_inside(self, scenario: Scenario) -> None:
        """Refuse a scenario, which anybody may have written, that names files elsewhere on this computer."""
        for name in scenario.named_files:
            if not (scenario.path.parent / name).resolve().is_relative_to(self._folder.resolve()):
                raise ScenarioInvalid(scenario.path, f"it names the file {name}, which is not beside it")


def tell(fact: Mapping[str, Any]) -> None:
    """Write one line for the process that waits for it."""
    sys.stdout.write(f"{json.dumps(fact)}\n")
    sys.stdout.flush()


def main() -> None:
    """Play what standard input names."""
    os.nice(_NICENESS)
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    logging.disable(logging.CRITICAL)
    asked = json.loads(sys.stdin.readline())
    folder = Path(asked["folder"])
    play = DraftPlay(folder, [folder / name for name in asked["files"]])
    for number, name in enumerate(asked["scenarios"]):
        tell(play.play(number, folder / name))
    tell({"coverage": play.coverage()})


def _failed(
    number: int,
    problems: Sequence[Mapping[str, str]],
    *,
    elements: Sequence[str] = (),
    step: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    return {"scenario": number, "passed": False, "problems": problems, "elements": list(elements), "step": step}


def _both(text: str) -> dict[str, str]:
    return {"en": text, "id": text}


def _step(step: Step) -> dict[str, Any]:
    what = next((step.arguments[name] for name in ("task", "process", "name") if name in step.arguments), "")
    return {"number": step.number, "do": step.do, "what": str(what), "by": str(step.arguments.get("by") or "")}


def _elements(failure: Failure) -> list[str]:
    named = [failure.step.arguments["task"]] if isinstance(failure.step.arguments.get("task"), str) else []
    told = [element for problem in failure.problems for element in problem.elements]
    return list(dict.fromkeys([*named, *told]))


if __name__ == "__main__":
    main()
