"""Every text of operators' pages has its Indonesian twin."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

import webapp
from webapp.i18n import read_catalogue

_ROOM = Path(webapp.__file__).parent
_METHODS = [("**.py", "python"), ("**.html", "jinja2")]
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}


def texts(group: str) -> set[str]:
    found = extract_from_dir(
        _ROOM / group, method_map=_METHODS, options_map={"**.html": {"trimmed": "true"}}, keywords=_KEYWORDS
    )
    return {message[2][0] if isinstance(message[2], tuple) else message[2] for message in found}


@pytest.mark.parametrize("group", ["monitor", "admin"])
def test_no_text_is_without_translation(group: str) -> None:
    assert texts(group) - read_catalogue().keys() == set()


@pytest.mark.parametrize("group", ["monitor", "admin"])
def test_translations_keep_the_names_in_braces(group: str) -> None:
    catalogue = read_catalogue()
    names = {text: {part.partition(")")[0] for part in text.split("%(")[1:]} for text in texts(group)}
    broken = {text for text, wanted in names.items() if any(f"%({name})s" not in catalogue[text] for name in wanted)}
    assert broken == set()
