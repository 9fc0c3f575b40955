"""Rules about files: size, place, and what no file may say."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.source import ROOT, python_files, tracked_files

MAX_LINES = 400
_COUNTED = {".py", ".js", ".mjs", ".css", ".html", ".sh"}
#: In two parts, so that this file does not name them itself.
_REGISTRIES = tuple(
    "".join(parts)
    for parts in (
        ("registry.npm", "js.org"), ("registry.yarn", "pkg.com"), ("npmmirror", ".com"), ("pypi", ".org"),
        ("python", "hosted.org"), ("deb.debian", ".org"), ("repo1.", "maven"), ("artifact", "ory"),
    )
)  # fmt: skip
#: Settings of package clients whose hosts must not be in a file either.
_CLIENT_SETTINGS = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "NPM_CONFIG_REGISTRY", "npm_config_registry")


def lengths(files: Iterable[Path]) -> dict[str, int]:
    """Return path -> number of lines of the files that people write."""
    counted = [path for path in files if path.suffix in _COUNTED]
    return {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in counted}


def too_long(lines: Mapping[str, int]) -> list[str]:
    """Return the files with more lines than a topic needs."""
    return [f"{file}: {count} lines" for file, count in lines.items() if count > MAX_LINES]


def registry_hosts() -> tuple[str, ...]:
    """Return the known hosts of package registries, and the one that this machine is told to use."""
    told = [urlsplit(os.environ.get(name, "")).hostname for name in _CLIENT_SETTINGS]
    return (*_REGISTRIES, *(host for host in told if host and host != "localhost"))


def named_registries(text: str, hosts: Iterable[str]) -> list[str]:
    """Return the hosts that `text` names."""
    return [host for host in hosts if host in text]


def commits(source: str) -> list[int]:
    """Return the lines that call a method `commit`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"]


def test_no_file_is_longer_than_one_topic_needs() -> None:
    assert too_long(lengths(tracked_files())) == []


def test_only_the_unit_of_work_commits() -> None:
    places = {
        str(path.relative_to(ROOT)): lines
        for path in python_files("engine", "webapp")
        if (lines := commits(path.read_text()))
    }
    assert list(places) == ["engine/store/unit_of_work.py"]
    assert len(places["engine/store/unit_of_work.py"]) == 1


def test_content_holds_no_python() -> None:
    assert python_files("processes", "forms") == []


def test_no_tracked_file_names_a_registry_host() -> None:
    texts = {path: path.read_bytes().decode(errors="replace") for path in tracked_files()}
    hosts = registry_hosts()
    named = {
        str(path.relative_to(ROOT)): found for path, text in texts.items() if (found := named_registries(text, hosts))
    }
    assert named == {}


def test_the_lock_file_of_the_front_end_says_nowhere_where_packages_come_from() -> None:
    lock = (ROOT / "webapp/frontend/package-lock.json").read_text()
    assert '"resolved": "http' not in lock
    assert '"integrity": "sha512-' in lock


def test_the_front_end_pins_exact_versions() -> None:
    package = (ROOT / "webapp/frontend/package.json").read_text()
    pins = re.findall(r'^    "(@?[a-z][\w./-]*)": "([^"]+)"', package, flags=re.MULTILINE)
    loose = [(name, pin) for name, pin in pins if name != "build" and not re.fullmatch(r"\d+\.\d+\.\d+", pin)]
    assert len(pins) > 5
    assert loose == []


def test_a_long_file_is_noticed() -> None:
    assert too_long({"engine/long.py": 401, "engine/short.py": 400}) == ["engine/long.py: 401 lines"]


@pytest.mark.parametrize("source", ["session.commit()", "def f(db):\n    db.session.commit()"])
def test_a_commit_is_noticed(source: str) -> None:
    assert commits(source)


def test_a_registry_host_is_noticed() -> None:
    host = _REGISTRIES[0]
    assert named_registries(f"fetched from {host} today", registry_hosts()) == [host]
