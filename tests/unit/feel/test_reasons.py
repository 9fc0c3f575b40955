"""Every reason that an expression or a table can give exists in Bahasa Indonesia."""

from __future__ import annotations

import ast
from pathlib import Path

import engine.feel
from engine.feel.indonesian import INDONESIAN

GIVE_REASONS = {"null", "error", "syntax_error", "ValueError", "Reason"}
ROOMS = [Path(engine.feel.__file__).parent.parent / room for room in ("feel", "dmn")]


def templates() -> dict[str, str]:
    """Return the templates in the code, with the file of each."""
    found: dict[str, str] = {}
    for file in (file for room in ROOMS for file in room.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if name in GIVE_REASONS and texts:
                found[texts[0]] = file.name
    return found


def test_every_reason_is_translated() -> None:
    assert {text: file for text, file in templates().items() if text not in INDONESIAN} == {}


def test_a_translation_has_the_places_of_its_template() -> None:
    assert [text for text, translation in INDONESIAN.items() if text.count("{}") != translation.count("{}")] == []
