"""The scenario files of the content folder, for the page that plays them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.testing import Scenario, ScenarioInvalid, load_scenario

#: More than any installation has; older readings are dropped.
_MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """A scenario that can be played; `path` is relative to the content folder."""

    path: str
    folder: str  #: the procedure
    name: str
    description: str
    steps: int  #: 0: it cannot be read


def scenario_files(content: Path | None, file_name: str) -> list[ScenarioFile]:
    """Return the scenarios of all procedures, those beside the file `file_name` first."""
    if content is None:
        return []
    own = folder_of(content, file_name)
    found = [_described(content, path) for path in sorted((content / "processes").glob("*/scenarios/*.yaml"))]
    return sorted(found, key=lambda one: (one.folder != own, one.folder, one.path))


def folder_of(content: Path | None, file_name: str) -> str:
    """Return the procedure whose folder holds the file; the name of the file where none does."""
    return next(_folders(content, file_name), Path(file_name).stem) if content else Path(file_name).stem


def _folders(content: Path, file_name: str) -> Iterator[str]:
    for part in ("processes", "forms"):
        for folder in sorted((content / part).glob("*/")):
            if (folder / file_name).is_file():
                yield folder.name


def _described(content: Path, path: Path) -> ScenarioFile:
    scenario = _read(path, path.stat().st_mtime_ns)
    place, folder = str(path.relative_to(content)), path.parent.parent.name
    if scenario is None:
        return ScenarioFile(place, folder, path.stem, "", 0)
    return ScenarioFile(place, folder, scenario.name or scenario.id, scenario.description, len(scenario.steps))


@lru_cache(maxsize=_MOST_KEPT)
def _read(path: Path, _changed_at: int) -> Scenario | None:
    try:
        return load_scenario(path)
    except ScenarioInvalid:
        return None
