"""Paths into nested values: ("steps", 0, "action") is written `steps[0].action`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

Path = tuple[str | int, ...]

#: Deeper or longer names come from no form of ours.
MOST_PARTS = 20
_PART = re.compile(r"([^\[\].]{1,100})|\[(\d{1,4})\]")


def path_text(path: Path) -> str:
    """Return the path as HTML names and error messages have it."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def parse_path(text: str) -> Path | None:
    """Return the path of such a text, or None when it is none."""
    parts: list[str | int] = []
    position = 0
    while position < len(text):
        if text[position] == "." and parts:
            position += 1
        match = _PART.match(text, position)
        if match is None or len(parts) == MOST_PARTS:
            return None
        parts.append(match[1] if match[1] is not None else int(match[2]))
        position = match.end()
    return tuple(parts) if parts and isinstance(parts[0], str) else None


def value_at(values: Any, path: Path) -> Any:
    """Return what lies at a path of nested mappings and lists; None where nothing does."""
    for part in path:
        if isinstance(part, int):
            values = values[part] if isinstance(values, list) and part < len(values) else None
        else:
            values = values.get(part) if isinstance(values, Mapping) else None
    return values


def row_count(values: Any, path: Path) -> int:
    """Return the length of the list at a path; 0 where there is none."""
    found = value_at(values, path)
    return len(found) if isinstance(found, list) else 0


def put_at(values: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value; missing dicts on the way are made, rows must be there."""
    holder: Any = values
    for part, following in pairwise(path):
        if isinstance(part, int):
            holder = holder[part]
        else:
            holder = holder.setdefault(part, [] if isinstance(following, int) else {})
    holder[path[-1]] = value


def remove_at(values: dict[str, Any], path: Path) -> None:
    """Remove a name, if it is there."""
    holder = value_at(values, path[:-1]) if len(path) > 1 else values
    if isinstance(holder, dict):
        holder.pop(str(path[-1]), None)
