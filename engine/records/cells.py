"""Values of fields as cells of a spreadsheet, and back. What a cell says is a person's wording, not yet checked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: Stands between several values in one cell.
_SEPARATOR = "; "
_SEPARATORS = re.compile(r"[;\n]")
_YES = frozenset({"true", "yes", "ya", "y", "1", "benar", "x"})
_NO = frozenset({"false", "no", "tidak", "n", "0", "salah", "-"})
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_LISTS = frozenset({"checklist", "taglist"})
_CHOICES = frozenset({"radio", "select"}) | _LISTS


@dataclass(frozen=True, slots=True)
class CellWords:
    """What codes of a column are called in a spreadsheet, and the other way round (folded words -> code)."""

    written: Mapping[Any, str]
    read: Mapping[str, Any]


NO_WORDS = CellWords({}, {})


def cell_of(value: Any, words: CellWords) -> str | float | int:
    """Return a value as a cell: numbers stay numbers, several values stand in one cell, tables are JSON."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return words.written.get(value, "true" if value else "false")
    if isinstance(value, int | float):
        return value
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return _SEPARATOR.join(str(words.written.get(item, item)) for item in value)
    return words.written.get(value, value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def value_of(cell: str, field_type: str, words: CellWords) -> Any:
    """Return what a form's field of that type would be sent for a cell."""
    cell = cell.strip()
    if field_type in _LISTS:
        return [_code(part.strip(), words) for part in _SEPARATORS.split(cell) if part.strip()]
    if not cell:
        return None
    if field_type == "checkbox":
        folded = cell.casefold()
        return True if folded in _YES else False if folded in _NO else cell
    if field_type in _CHOICES:
        return _code(cell, words)
    if field_type == "datetime":
        return _DAY.sub(lambda found: f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}", cell, count=1)
    if field_type in ("dynamiclist", "filepicker"):
        return _json(cell)
    return cell


def _code(cell: str, words: CellWords) -> Any:
    return words.read.get(cell.casefold(), cell)


def _json(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell
