"""FEEL values as text: for `string()`, and as FEEL source for messages and ranges."""

from __future__ import annotations

import re
from decimal import Decimal

from ..errors import FeelLimitExceeded
from ..limits import DEFAULT_LIMITS
from .functions import Function
from .numbers import format_number
from .ranges import NotEqualTest, Range
from .reading import entries

_PLAIN_KEY = re.compile(r"[^\W\d]\w*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def text_of(value: object) -> str:
    """Return what `string(value)` gives: a text unquoted, everything else as FEEL shows it."""
    return value if isinstance(value, str) else _Writer(is_source=False).text(value)


def literal(value: object) -> str:
    """Return FEEL source that evaluates to `value` (functions excepted)."""
    return _Writer(is_source=True).text(value)


def quoted(text: str) -> str:
    """Return a FEEL string literal."""
    return f'"{text.translate(_ESCAPES)}"'


class _Writer:
    """Counts what it writes, because a value that holds its parts several times may unfold without end."""

    def __init__(self, *, is_source: bool) -> None:
        self._is_source = is_source
        self._room = DEFAULT_LIMITS.string_length

    def text(self, value: object) -> str:
        text = self._composite(value)
        self._room -= len(text)
        if self._room < 0:
            raise FeelLimitExceeded("string length", DEFAULT_LIMITS.string_length)
        return text

    def _composite(self, value: object) -> str:
        if isinstance(value, list):
            return "[" + ", ".join([self.text(item) for item in value]) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join([f"{_key(key)}: {self.text(item)}" for key, item in entries(value)]) + "}"
        if isinstance(value, Range):
            return self._range(value)
        if isinstance(value, NotEqualTest):
            return f"(!={self.text(value.value)})"
        return self._simple(value)

    def _simple(self, value: object) -> str:
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, Decimal):
            return format_number(value)
        if isinstance(value, str):
            return quoted(value)
        if isinstance(value, Function):
            return f"function({', '.join(value.parameters)})"
        return f'@"{value}"' if self._is_source else str(value)

    def _range(self, value: Range) -> str:
        if value.operator == "=":
            return f"(={self.text(value.start)})"
        if value.operator:
            sign = "<" if value.start is None else ">"
            included = "=" if value.start_included or value.end_included else ""
            return f"({sign}{included}{self.text(value.end if value.start is None else value.start)})"
        opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
        return f"{opening}{self.text(value.start)}..{self.text(value.end)}{closing}"


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)
