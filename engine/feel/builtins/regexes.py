"""Functions with regular expressions: XPath's syntax, run by the `regex` package under a time limit.

Source: DMN 1.5, 10.3.4.3, which refers to XQuery 1.0 and XPath 2.0 Functions and Operators, 7.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import regex

from ..errors import FeelLimitExceeded
from ..evaluation import Evaluation
from .patterns import translated
from .registry import builtin

_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": 0}


@builtin("matches(input: string, pattern: string, flags?: string|Null)")
def matches(evaluation: Evaluation, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern is found anywhere."""
    return _run(evaluation, _compiled(evaluation, pattern, flags).search, text) is not None


@builtin("replace(input: string, pattern: string, replacement: string, flags?: string|Null)")
def replace(evaluation: Evaluation, text: str, pattern: str, replacement: str, flags: str | None = None) -> object:
    """All matches; $1 stands for the first group, $0 for the match. A pattern that matches "" is an error in XPath."""
    compiled = _compiled(evaluation, pattern, flags)
    if _run(evaluation, compiled.search, "") is not None:
        return evaluation.null("the pattern matches the empty text, so that there is no end of replacing")
    parts = _replacement(replacement, compiled.groups)
    spent = evaluation.budget.spend_text

    def filled(match: regex.Match[str]) -> str:
        result = "".join(part if isinstance(part, str) else match[part] or "" for part in parts)
        spent(len(result))
        return result

    return str(_run(evaluation, lambda text, timeout: compiled.sub(filled, text, timeout=timeout), text))


@builtin("split(string: string, delimiter: string)")
def split(evaluation: Evaluation, text: str, delimiter: str) -> list[object]:
    """At every match of the delimiter pattern."""
    compiled = _compiled(evaluation, delimiter, None)
    pieces, end = [], 0
    for match in _matches(evaluation, compiled, text):
        if match.end() > match.start():
            pieces.append(text[end : match.start()])
            end = match.end()
    return [*pieces, text[end:]]


@builtin("extract(string: string, pattern: string)")
def extract(evaluation: Evaluation, text: str, pattern: str) -> list[object]:
    """All matches (Camunda)."""
    return [match[0] for match in _matches(evaluation, _compiled(evaluation, pattern, None), text)]


def _matches(evaluation: Evaluation, pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    """Yield the matches one by one, because there may be as many as characters."""
    seconds = evaluation.limits.regex_seconds
    try:
        for match in pattern.finditer(text, timeout=seconds):
            evaluation.budget.spend()
            yield match
    except TimeoutError:
        raise FeelLimitExceeded("regex seconds", seconds) from None
    evaluation.budget.spend_time()


def _run(evaluation: Evaluation, search: Any, text: str) -> Any:
    seconds = evaluation.limits.regex_seconds
    try:
        found = search(text, timeout=seconds)
    except TimeoutError:
        raise FeelLimitExceeded("regex seconds", seconds) from None
    evaluation.budget.spend_time()
    return found


def _compiled(evaluation: Evaluation, pattern: str, flags: str | None) -> regex.Pattern[str]:
    if len(pattern) > evaluation.limits.pattern_length:
        raise FeelLimitExceeded("pattern length", evaluation.limits.pattern_length)
    return _compile(pattern, flags or "")


@lru_cache(maxsize=256)
def _compile(pattern: str, flags: str) -> regex.Pattern[str]:
    """Raises ValueError for what is no pattern."""
    combined = regex.VERSION1
    for flag in flags:
        if flag not in _FLAGS:
            raise ValueError("there is no flag {!r}", flag[:10])
        combined |= _FLAGS[flag]
    try:
        return regex.compile(translated(pattern, flags), combined)
    except (regex.error, OverflowError, RecursionError, KeyError, IndexError) as error:
        raise ValueError("the pattern is wrong: {}", error) from None


def _replacement(text: str, groups: int) -> list[str | int]:
    """Split a replacement into texts and group numbers."""
    parts: list[str | int] = []
    position = 0
    while position < len(text):
        character, following = text[position], text[position + 1 : position + 2]
        if character == "\\" and following in ("\\", "$") and following:
            parts.append(following)
            position += 2
        elif character == "$" and following.isdigit():
            position, number = _group(text, position + 1, groups)
            if number <= groups:
                parts.append(number)
        elif character in "\\$":
            raise ValueError("the replacement is wrong: {} must be followed by a digit or escaped", character)
        else:
            parts.append(character)
            position += 1
    return parts


def _group(text: str, position: int, groups: int) -> tuple[int, int]:
    """Return where a group number ends, and the number: as many digits as make an existing group."""
    end = position + 1
    while end < len(text) and end - position < 3 and text[end].isdigit() and int(text[position : end + 1]) <= groups:
        end += 1
    return end, int(text[position:end])
