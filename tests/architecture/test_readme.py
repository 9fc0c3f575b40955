"""Every setting is in the README."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from tests.architecture.source import ROOT, python_files

_OURS = re.compile(r"\bCLAUSE8_[A-Z][A-Z0-9_]*[A-Z0-9]\b")
_READERS = {"get", "getenv", "pop", "setdefault"}
#: Set by others for everybody, no settings of ours.
_COMMON = {"CI", "HOME", "PATH", "TMPDIR"}


def settings_in(source: str) -> set[str]:
    """Return the names of environment variables that a Python file reads, and every CLAUSE8_… it names."""
    found = set(_OURS.findall(source))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript) and _is_environment(node.value):
            found |= _text(node.slice)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            is_reader = node.func.attr == "getenv" or (node.func.attr in _READERS and _is_environment(node.func.value))
            found |= _text(node.args[0]) if is_reader else set()
    return found - _COMMON


def _is_environment(node: ast.expr) -> bool:
    """Return whether `node` is `os.environ`, or a mapping that is called `environment`."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name in {"environ", "environment"}


def _text(node: ast.expr) -> set[str]:
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def undocumented(settings: Iterable[str], readme: str) -> list[str]:
    """Return the settings that the README does not name in a row of a table."""
    return sorted(name for name in settings if f"| `{name}` |" not in readme)


def _all_settings() -> set[str]:
    others = [ROOT / "Makefile", *(ROOT / "tests").glob("*.sh")]
    of_python = {name for path in python_files("engine", "webapp", "tests") for name in _of(path)}
    return of_python | {name for path in others for name in _OURS.findall(path.read_text())}


def _of(path: Path) -> set[str]:
    return settings_in(path.read_text()) if "architecture" not in path.parts else set()


def test_every_setting_is_in_the_readme() -> None:
    assert undocumented(_all_settings(), (ROOT / "README.md").read_text()) == []


def test_the_readme_names_no_setting_that_is_gone() -> None:
    in_readme = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", (ROOT / "README.md").read_text(), flags=re.MULTILINE))
    assert in_readme - _all_settings() == set()


def test_a_setting_that_nobody_documented_is_noticed() -> None:
    source = 'import os\na = os.environ["PORT"]\nb = os.getenv("SPEED", "1")\nc = environment.get("CLAUSE8_COLOUR")'
    assert settings_in(source) == {"PORT", "SPEED", "CLAUSE8_COLOUR"}
    assert undocumented({"PORT", "SPEED"}, "| `PORT` | where it listens |") == ["SPEED"]
