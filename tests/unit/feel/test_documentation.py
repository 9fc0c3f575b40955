"""Every example of the page on FEEL is run, and every built-in function has one, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.feel import compile as compile_feel
from engine.feel.builtins import BUILTINS
from engine.feel.lexer import tokenize
from engine.feel.names import KEYWORDS
from engine.feel.values import literal

DOCS = Path(__file__).resolve().parents[3] / "docs"
NOW = datetime(2026, 2, 28, 9, 30, tzinfo=UTC)
ROW = re.compile(r"\| (.+) \| (.+) \| `(.+)` \| `(.+)` \|")


def rows(language: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, example and result of every row."""
    for line in (DOCS / language / "feel.md").read_text().splitlines():
        match = ROW.fullmatch(line)
        if match:
            yield match[1].strip("`"), match[3], match[4]


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_example_gives_its_result(language: str) -> None:
    shown = [(example, result) for _, example, result in rows(language)]
    assert len(shown) > 100
    assert [(text, literal(compile_feel(text)({}, now=NOW))) for text, _ in shown] == shown


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_built_in_function_has_an_example(language: str) -> None:
    examples = {name: example for name, example, _ in rows(language)}
    assert [name for name in BUILTINS if f"{name}(" not in examples.get(name, "")] == []


#: Every sign and word of the grammar that is no name.
SIGNS = ("+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "(", "[", "]", "{", ".", "..", "@", ":", ",")


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_operator_and_keyword_has_an_example(language: str) -> None:
    names = " ".join(name for name, _, _ in rows(language))
    used = {token.text for _, example, _ in rows(language) for token in tokenize(example)} | {"@"}
    in_names = set(names.replace(",", " ").split())
    keywords = KEYWORDS - {"external"}  # functions of other languages are refused
    assert [sign for sign in SIGNS if sign not in used | in_names] == []
    assert sorted(keywords - used) == []


def test_both_languages_show_the_same_examples() -> None:
    assert [row[1:] for row in rows("en")] == [row[1:] for row in rows("id")]
