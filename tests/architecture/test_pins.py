"""Every installation is the same: direct libraries are pinned in setup.cfg, all others in constraints.txt."""

from __future__ import annotations

from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import requires, version

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT


def pinned_in_setup() -> dict[str, str]:
    """Return library -> version of setup.cfg."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    texts = [setup["options"]["install_requires"], *setup["options.extras_require"].values()]
    return dict(_pin(line) for text in texts for line in text.splitlines() if line)


def pinned_in_constraints() -> dict[str, str]:
    """Return library -> version of constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return dict(_pin(line) for line in lines if line and not line.startswith("#"))


def _pin(line: str) -> tuple[str, str]:
    requirement = Requirement(line)
    [pin] = requirement.specifier
    assert pin.operator == "==", f"{line} is no exact pin"
    return canonicalize_name(requirement.name), pin.version


def _brought_along(name: str, extras: frozenset[str], seen: set[str]) -> Iterator[str]:
    """Give every library that `name` needs on this machine, and those that these need."""
    for line in requires(name) or ():
        needed = Requirement(line)
        if needed.marker and not any(needed.marker.evaluate({"extra": extra}) for extra in (extras or {""})):
            continue
        key = canonicalize_name(needed.name)
        yield key
        if key not in seen or needed.extras:
            seen.add(key)
            yield from _brought_along(key, frozenset({"", *needed.extras}), seen)


def test_every_library_is_pinned_once() -> None:
    needed = set(_brought_along("clause8", frozenset({"", "test"}), set()))
    setup, constraints = pinned_in_setup(), pinned_in_constraints()
    assert needed - set(setup) - set(constraints) == set()
    assert set(setup) & set(constraints) == set()
    assert set(constraints) - needed == set()


def test_what_is_installed_is_what_is_pinned() -> None:
    pins = pinned_in_setup() | pinned_in_constraints()
    assert {name: version(name) for name in pins} == pins
