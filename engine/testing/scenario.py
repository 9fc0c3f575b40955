"""Scenario files: what is deployed, who plays, and the steps with what must hold after each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

#: The one written in C is ten times faster; not every build of the library has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ScenarioInvalid(Exception):
    """The file is no scenario; the text names the file and what is wrong with it."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(f"{path}: {reason}")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does, and what must hold after it."""

    number: int
    do: str
    arguments: Mapping[str, Any]
    expect: Mapping[str, Any]

    def __str__(self) -> str:
        what = next((self.arguments[name] for name in ("task", "process", "name", "by") if name in self.arguments), "")
        return f"step {self.number} ({self.do} {what})".replace(" )", ")")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A parsed scenario file."""

    path: Path
    id: str
    steps: Sequence[Step]
    bpmn: str | None = None
    deploy: Sequence[str] = ()
    people: Any = None
    units: Mapping[str, Any] = field(default_factory=dict)
    clock: datetime | None = None
    name: str = ""
    description: str = ""

    @property
    def named_files(self) -> Sequence[str]:
        """Return the files beside it that it names."""
        steps = (step.arguments["file"] for step in self.steps if "file" in step.arguments)
        people = self.people if isinstance(self.people, str) else None
        return [str(name) for name in (self.bpmn, *self.deploy, people, *steps) if name]

    @property
    def deploys_itself(self) -> bool:
        """Return whether a step deploys the diagram, so that it is not deployed before the first step."""
        return any(step.do == "deploy" and "file" not in step.arguments for step in self.steps)


def find_scenarios(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the scenario files among `paths` and in their folders, by name.

    A file that is named counts as one. In a folder every YAML file does that has steps.
    """
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*.yaml")) if _has_steps(file))
        else:
            yield path


def load_scenario(path: Path) -> Scenario:
    """Read a scenario file; raises ScenarioInvalid."""
    document = _read(path)
    if not isinstance(document, dict) or not isinstance(document.get("steps"), list) or not document["steps"]:
        raise ScenarioInvalid(
            path, "expected a mapping with a list `steps`, see the README of the conformance scenarios"
        )
    return Scenario(
        path=path,
        id=str(document.get("id") or path.stem),
        steps=[_step(path, number, step) for number, step in enumerate(document["steps"], start=1)],
        bpmn=document.get("bpmn"),
        deploy=tuple(document.get("deploy") or ()),
        people=document.get("people"),
        units=document.get("units") or {},
        clock=_moment(path, document.get("clock")),
        name=str(document.get("name") or ""),
        description=str(document.get("description") or "").strip(),
    )


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506 - both loaders are the safe ones
    except OSError as error:
        raise ScenarioInvalid(path, f"cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ScenarioInvalid(path, f"is no YAML: {error}") from error


def _has_steps(path: Path) -> bool:
    document = _read(path)
    return isinstance(document, dict) and "steps" in document


def _step(path: Path, number: int, step: Any) -> Step:
    if not isinstance(step, dict) or not isinstance(step.get("do"), str):
        raise ScenarioInvalid(path, f"step {number} does not say what to do (`do:`)")
    arguments = {name: value for name, value in step.items() if name not in ("do", "expect")}
    return Step(number, step["do"], arguments, step.get("expect") or {})


def _moment(path: Path, value: Any) -> datetime | None:
    if value is None:
        return None
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        raise ScenarioInvalid(path, "`clock` needs a time zone, e.g. 2030-01-01T00:00:00Z")
    return moment
