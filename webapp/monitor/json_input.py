"""JSON that a person types: read strictly, errors with line and column."""

from __future__ import annotations

import json
from typing import Any

from webapp.i18n import gettext, mark

_MAX_LENGTH = 1_000_000
#: What Python's reader complains about, for the translators.
_COMPLAINTS = (
    mark("Expecting value"),
    mark("Expecting ',' delimiter"),
    mark("Expecting ':' delimiter"),
    mark("Expecting property name enclosed in double quotes"),
    mark("Unterminated string starting at"),
    mark("Invalid control character at"),
    mark("Extra data"),
    mark("Invalid \\escape"),
    mark("Illegal trailing comma before end of object"),
    mark("Illegal trailing comma before end of array"),
)
_KINDS = {list: "[…]", str: '"…"', int: "1", float: "1.5", bool: "true", type(None): "null"}


class JsonInputError(Exception):
    """The text is no JSON (of the kind wanted); `text` says where and why in the reader's language."""

    def __init__(self, text: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(text)
        self.text, self.line, self.column = text, line, column


def read_object(text: str) -> dict[str, Any]:
    """Return the JSON object in `text`, an empty one for blank text; raises JsonInputError."""
    if not text.strip():
        return {}
    value = read_value(text)
    if not isinstance(value, dict):
        wanted = gettext('Variables are an object such as {"approved": true}, but this is %(found)s.')
        raise JsonInputError(wanted % {"found": _KINDS.get(type(value), "?")}, 1, 1)
    return value


def read_value(text: str) -> Any:
    """Return the JSON value in `text`; raises JsonInputError."""
    if len(text) > _MAX_LENGTH:
        raise JsonInputError(gettext("This text is too long."))
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        raise JsonInputError(
            gettext("This is not valid JSON: line %(line)s, column %(column)s: %(reason)s.")
            % {"line": error.lineno, "column": error.colno, "reason": _complaint(error.msg)},
            error.lineno,
            error.colno,
        ) from None
    except RecursionError:
        raise JsonInputError(gettext("This JSON is nested too deeply.")) from None


def _complaint(message: str) -> str:
    known = next((text for text in _COMPLAINTS if message.startswith(text)), message)
    return gettext(known)


def _refuse_constant(name: str) -> Any:
    raise JsonInputError(gettext("%(name)s is no JSON value.") % {"name": name})


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise JsonInputError(gettext("The name %(name)s stands there twice.") % {"name": name})
        found[name] = value
    return found
