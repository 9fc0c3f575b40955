"""No text of the interface lacks its Indonesian twin."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from webapp.i18n import TRANSLATIONS

WEBAPP = TRANSLATIONS.parent
_METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("templates/**.html", "jinja2")]
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}
_NOT_OURS = {"node_modules", "static", "frontend"}
_PLACE = re.compile(r"%\((\w+)\)")


def used() -> dict[str, str]:
    """Return text -> where it is used, of all Python files and templates."""
    found = extract_from_dir(
        WEBAPP, _METHODS, keywords=_KEYWORDS, directory_filter=lambda folder: Path(folder).name not in _NOT_OURS
    )
    return {first(text): f"{file}:{line}" for file, line, text, _comments, _context in found}


def first(text: str | tuple[str, ...] | list[str]) -> str:
    """Return a text; of plural forms the first."""
    return text if isinstance(text, str) else text[0]


def translated() -> Iterator[tuple[str, Message]]:
    """Yield every entry of every file."""
    for path in sorted(TRANSLATIONS.glob("*.po")):
        with path.open("rb") as file:
            yield from ((path.name, message) for message in read_po(file, locale="id") if message.id)


def test_every_text_is_translated() -> None:
    known = {first(message.id) for _file, message in translated() if message.string and not message.fuzzy}
    assert {text: place for text, place in used().items() if text not in known} == {}


def test_a_text_has_one_translation() -> None:
    texts: dict[str, set[str]] = defaultdict(set)
    for _file, message in translated():
        texts[first(message.id)].add(first(message.string or ""))
    assert {text: found for text, found in texts.items() if len(found) > 1} == {}


def test_a_translation_keeps_the_places_of_its_text() -> None:
    wrong = [
        first(message.id)
        for _file, message in translated()
        if set(_PLACE.findall(first(message.id))) != set(_PLACE.findall(first(message.string or "")))
    ]
    assert wrong == []


def test_no_translation_is_left_over() -> None:
    texts = used()
    assert [f"{file}: {first(message.id)}" for file, message in translated() if first(message.id) not in texts] == []
