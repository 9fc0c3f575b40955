"""FEEL values as text: for `string()`, and as FEEL source for messages and ranges."""

from __future__ import annotations

import re
from decimal import Decimal

from .functions import Function
from .numbers import format_number
from .ranges import NotEqualTest, Range
from .reading import from_json

_PLAIN_KEY = re.compile(r"[^\W\d]\w*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def text_of(value: object) -> str:
    """Return what `string(value)` gives: a text unquoted, everything else as FEEL shows it."""
    if isinstance(value, str):
        return value
    return _shown(value)


def _shown(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format_number(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "[" + ", ".join(_shown(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_shown(from_json(item))}" for key, item in value.items()) + "}"
    if isinstance(value, Range):
        return _range(value, _shown)
    return _other(value)


def _other(value: object) -> str:
    if isinstance(value, NotEqualTest):
        return f"!={literal(value.value)}"
    if isinstance(value, Function):
        return f"function({', '.join(value.parameters)})"
    return str(value)


def _range(value: Range, show: object) -> str:
    if value.operator:
        return f"({value.operator} {literal(value.start if value.end is None else value.end)})"
    ends = [literal(end) if show is literal else _shown(end) for end in (value.start, value.end)]
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opening}{ends[0]}..{ends[1]}{closing}"


def literal(value: object) -> str:
    """Return FEEL source that evaluates to `value` (functions excepted)."""
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {literal(from_json(item))}" for key, item in value.items()) + "}"
    if isinstance(value, Range):
        return _range(value, literal)
    if hasattr(value, "isoformat"):
        return f'@"{value}"'
    return _shown(value)


def quoted(text: str) -> str:
    """Return a FEEL string literal."""
    return f'"{text.translate(_ESCAPES)}"'


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)
