"""The constant texts that a column of decision tables gives, for those who know what such a text must be."""

from __future__ import annotations

import re

from .definitions import Definitions
from .model import DecisionTable

_TEXT = re.compile(r'\s*"([^"\\]*)"\s*')


def constants_of(definitions: Definitions, output: str) -> list[tuple[str, int | None]]:
    """Return (text, line) of each cell of an output column of that name that is a constant text."""
    found = []
    for decision in definitions.decisions:
        table = decision.logic
        names = [clause.name for clause in table.outputs] if isinstance(table, DecisionTable) else []
        if not isinstance(table, DecisionTable) or output not in names:
            continue
        column = names.index(output)
        for rule in table.rules:
            match = _TEXT.fullmatch(rule.results[column].text) if column < len(rule.results) else None
            if match is not None:
                found.append((match[1], rule.results[column].place.line))
    return found
