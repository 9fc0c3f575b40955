"""Reads the product's own files, so that rules about them can be tests."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Import:
    """One imported module, and the file and line that ask for it."""

    file: str  #: path below the project's folder
    line: int
    module: str  #: absolute and as deep as files go: "engine.feel.values", never a name inside a file

    @property
    def library(self) -> str:
        """Return the top name: "engine", "sqlalchemy"."""
        return self.module.partition(".")[0]

    def __str__(self) -> str:
        """Say it as people read it."""
        return f"{self.file}:{self.line} imports {self.module}"


def python_files(*folders: str) -> list[Path]:
    """Return the Python files of `folders`, which lie below the project's folder."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "node_modules" not in path.parts)


@cache
def imports(*folders: str) -> tuple[Import, ...]:
    """Return every import of the Python files of `folders`, also those inside functions."""
    return tuple(one for path in python_files(*folders) for one in imports_of(path.read_text(), path.relative_to(ROOT)))


def imports_of(source: str, file: Path) -> Iterator[Import]:
    """Give the imports of one file's text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(str(file), node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = _absolute(node, file)
            yield from (Import(str(file), node.lineno, _deepest(start, alias.name)) for alias in node.names)


def _absolute(node: ast.ImportFrom, file: Path) -> str:
    """Return the module of `from … import`, with the leading dots of `from ..values` resolved."""
    package = file.parts[: len(file.parts) - node.level] if node.level else ()
    return ".".join([*package, *([node.module] if node.module else [])])


def _deepest(module: str, name: str) -> str:
    """Return `module.name` if that is a module of ours, else `module`."""
    path = ROOT.joinpath(*module.split("."), name)
    return f"{module}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else module


def tracked_files() -> list[Path]:
    """Return what git knows of, without files that were just removed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]
