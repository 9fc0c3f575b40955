"""Where content lies (decision 14): `processes/<key>/`, `processes/_shared/`, `forms/<key>/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.model import ResourceFile

SHARED = "_shared"
#: Folders of a procedure that hold no deployable content.
_NOT_DEPLOYED = frozenset({"scenarios", "demo"})
_DEPLOYED = frozenset({".bpmn", ".dmn", ".form", ".yaml", ".yml"})


@dataclass(frozen=True, slots=True)
class ContentFolder:
    """What is deployed together: a procedure with its forms, or what all of them share."""

    key: str
    paths: tuple[Path, ...]

    def files(self) -> tuple[ResourceFile, ...]:
        """Read the files."""
        return tuple(ResourceFile(path.name, path.read_bytes()) for path in self.paths)


def find_root(path: Path) -> Path | None:
    """Return the folder around `path` that holds `processes/`; None when there is none."""
    return next((folder for folder in (path, *path.absolute().parents) if (folder / "processes").is_dir()), None)


def holds_procedures(path: Path) -> bool:
    """Return whether `path` is a folder of content: `processes/`, `forms/` or a procedure in them."""
    root = find_root(path.absolute())
    inside = root is not None and path.absolute().relative_to(root).parts[:1]
    return path.is_dir() and inside in (("processes",), ("forms",))


def content_folders(root: Path) -> Iterator[ContentFolder]:
    """Yield what lies in `processes/` and `forms/` of `root`, shared content first, then by name."""
    keys = {folder.name for part in ("processes", "forms") for folder in (root / part).glob("*/") if folder.is_dir()}
    for key in sorted(keys, key=lambda key: (key != SHARED, key)):
        paths = [path for part in ("processes", "forms") for path in deployable(root / part / key)]
        if paths:
            yield ContentFolder(key, tuple(paths))


def deployable(folder: Path) -> Iterator[Path]:
    """Yield the files in and below `folder` that can be deployed, by name."""
    for path in sorted(folder.rglob("*")):
        is_content = path.suffix in _DEPLOYED and path.is_file()
        if is_content and not _NOT_DEPLOYED.intersection(path.relative_to(folder).parts[:-1]):
            yield path
