"""Makes a fresh database ready for a scenario - its diagrams, its people - and plays it there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from engine.clock import MovableClock
from engine.commands.authorisation import PROGRAM
from engine.commands.load_people import LoadPeople
from engine.content.folders import content_folders, deployable, find_root
from engine.errors import DefinitionInvalid
from engine.model import SYSTEM, Finding
from engine.store import migrate
from engine.testing.harness import Harness
from engine.testing.playing import play
from engine.testing.scenario import Scenario, ScenarioInvalid, load_scenario


class FreshDatabases:
    """Empty, migrated SQLite databases in a folder: migrated once, then copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.db"
        self._made = 0
        migrate(f"sqlite:///{self._template}")

    def url(self) -> str:
        """Return the URL of a new one; the one before is removed."""
        self._path().unlink(missing_ok=True)
        self._made += 1
        shutil.copyfile(self._template, self._path())
        return f"sqlite:///{self._path()}"

    def _path(self) -> Path:
        return self._folder / f"scenario-{self._made}.db"


def play_file(path: Path, database_url: str, *, forgets: bool = False) -> list[str]:
    """Play a scenario file on an empty, migrated database; return what did not hold, nothing when it passed.

    A diagram that deployment refuses is what did not hold, unless the scenario deploys it by a step.
    `forgets` drops everything parsed between any two steps.
    """
    try:
        scenario = load_scenario(path)
        clock = MovableClock(scenario.clock) if scenario.clock else MovableClock()
        with Harness(database_url, clock=clock) as harness:
            set_up(scenario, harness)
            return play(scenario, harness, forgets=forgets)
    except ScenarioInvalid as error:
        return [str(error)]
    except DefinitionInvalid as error:
        return ["refused at deployment", *(_in_words(finding) for finding in error.findings if finding.is_error)]


def set_up(scenario: Scenario, harness: Harness, *, has_content: bool = False) -> None:
    """Deploy what the scenario plays with, and add its people.

    A scenario without `bpmn` and `deploy` plays with all content of the folder around it that holds
    `processes/`, unless the database `has_content`; there, the clock starts only the procedure beside it, or every
    month that a scenario waits would bring tasks of others. Raises ScenarioInvalid, or DefinitionInvalid when
    something is refused.
    """
    names = [scenario.bpmn] if scenario.bpmn and not scenario.deploys_itself else []
    for name in (*names, *scenario.deploy):
        harness.deploy(*_files(scenario, name))
    if not (scenario.bpmn or scenario.deploy):
        if not has_content:
            _deploy_content(scenario, harness)
        harness.let_only_start(_own_diagrams(scenario))
    document = _people(scenario)
    if document["people"] or document["units"]:
        harness.engine.execute(LoadPeople(document=document, actor=SYSTEM))


def _deploy_content(scenario: Scenario, harness: Harness) -> None:
    root = find_root(scenario.path.parent)
    if root is None:
        raise ScenarioInvalid(scenario.path, "it names no `bpmn`, and no folder around it holds processes/")
    for folder in content_folders(root):
        harness.deploy(*folder.paths)


def _own_diagrams(scenario: Scenario) -> set[str]:
    """Return the names of the diagrams in the folder of the scenario's procedure."""
    folders = (sorted(folder.glob("*.bpmn")) for folder in (scenario.path.parent, *scenario.path.parent.parents[:1]))
    return {path.name for found in folders for path in found}


def _files(scenario: Scenario, name: str) -> list[Path]:
    path = scenario.path.parent / name
    files = list(deployable(path)) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise ScenarioInvalid(scenario.path, f"there is nothing to deploy at {name}, beside it")
    return files


def _people(scenario: Scenario) -> dict[str, Any]:
    people, units = scenario.people, scenario.units
    document: Mapping[str, Any] = {}
    if isinstance(people, str):
        document = _document(scenario, people)
        people = document.get("people")
    return {
        "people": [_as_program(entry) for entry in _entries(people)],
        "units": [*_entries(document.get("units")), *_entries(units)],
    }


def _as_program(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a person who may also hand over variables as a program does: the steps with `vars`."""
    return {**entry, "groups": [*(entry.get("groups") or ()), PROGRAM]}


def _document(scenario: Scenario, name: str) -> Mapping[str, Any]:
    path = scenario.path.parent / name
    if not path.is_file():
        raise ScenarioInvalid(scenario.path, f"`people` names the file {name}, which is not beside it")
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return document if isinstance(document, dict) else {}


def _entries(named: Any) -> list[Mapping[str, Any]]:
    """Return entries with names, of a list of them or a mapping by name."""
    if isinstance(named, Mapping):
        return [{"name": name} | dict(entry or {}) for name, entry in named.items()]
    return list(named or ())


def _in_words(finding: Finding) -> str:
    place = f"{finding.file}:{finding.line or 1} {finding.element_id or ''}".strip()
    return f"{place}: {finding.reason.en} {finding.cure.en}"
