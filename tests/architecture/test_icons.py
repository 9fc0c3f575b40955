"""Every icon that a page or a procedure names exists."""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from tests.architecture.source import ROOT, tracked_files
from webapp.assets import DIST, UNKNOWN_ICON

_NAMES = re.compile(
    r"""\bicon\(\s*["']([a-z0-9-]+)["']"""  # {{ icon("bell") }}
    r"""|\bicon=["']([a-z0-9-]+)["']"""  # NavigationItem(icon="bell")
    r"""|name="clause8:icon" value="([a-z0-9-]+)\""""  # what a procedure shows in the catalogue
)
_FILES = {".html", ".py", ".bpmn"}


def unknown_icons(text: str, known: Collection[str]) -> set[str]:
    """Return the icons that `text` asks for and Tabler does not have."""
    return {name for names in _NAMES.findall(text) for name in names if name and name not in known}


def test_every_icon_exists() -> None:
    known = json.loads((DIST / "icons.json").read_text())
    files = [path for path in tracked_files() if path.suffix in _FILES and "tests" not in path.parts]
    texts = {str(path.relative_to(ROOT)): path.read_text() for path in files}
    assert {file: found for file, text in texts.items() if (found := unknown_icons(text, known))} == {}
    assert UNKNOWN_ICON in known


def test_an_unknown_icon_is_noticed() -> None:
    page = """{{ icon("bell") }} {{ icon('bel') }}"""
    views = 'NavigationItem(icon="inbx")'
    diagram = '<zeebe:property name="clause8:icon" value="x-y" />'
    text = page + views + diagram
    assert unknown_icons(text, {"bell"}) == {"bel", "inbx", "x-y"}
