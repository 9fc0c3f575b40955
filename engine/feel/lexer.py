"""Text to tokens, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import FeelSyntaxError
from .reasons import Reason

_NAME_START = r"[^\W\d]|[\U00010000-\U000EFFFF]"
_TOKEN = re.compile(
    rf"""
    (?P<SPACE>[\s\u200b\ufeff]+|//[^\n]*|/\*.*?\*/)
  | (?P<NUMBER>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![^\W\d]))
  | (?P<AT>@\s*"(?:[^"\\]|\\.)*")
  | (?P<STRING>"(?:[^"\\]|\\.)*")
  | (?P<NAME>(?:{_NAME_START})(?:\w|[\U00010000-\U000EFFFF\u00b7])*|`[^`\n]+`)
  | (?P<OP>\*\*|\.\.|<=|>=|!=|->|[-+*/=<>()\[\]{{}},.:?|'&%!\#$;~^])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|.)", re.DOTALL)
_SIMPLE_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is NUMBER, AT, STRING, NAME, OP or END; `text` is as written, of texts and names what they mean."""

    kind: str
    text: str
    offset: int


def tokenize(source: str) -> list[Token]:
    """Return the tokens, the last one END; raises FeelSyntaxError at a character that starts none."""
    tokens: list[Token] = []
    offset = 0
    while offset < len(source):
        match = _TOKEN.match(source, offset)
        if match is None:
            raise syntax_error(source, offset, _unreadable(source, offset))
        kind = match.lastgroup or ""
        if kind != "SPACE":
            tokens.append(Token(kind, _meaning(kind, match[0], source, offset), offset))
        offset = match.end()
    tokens.append(Token("END", "", len(source)))
    return tokens


def syntax_error(source: str, offset: int, template: str, *arguments: object) -> FeelSyntaxError:
    """Return the error for a place in the text; a Reason, or its template with what stands in it."""
    reason = template if isinstance(template, Reason) else Reason(template, *arguments)
    line = source.count("\n", 0, offset) + 1
    column = offset - (source.rfind("\n", 0, offset) + 1) + 1
    return FeelSyntaxError(source, line, column, reason)


def _unreadable(source: str, offset: int) -> Reason:
    character = source[offset]
    if character == '"':
        return Reason('the text that starts here has no closing "')
    if source.startswith("/*", offset):
        return Reason("the comment that starts here has no closing */")
    if character.isdigit():
        return Reason("a number ends where a letter follows; names start with a letter")
    return Reason("the character {} has no meaning here", ascii(character))


def _meaning(kind: str, text: str, source: str, offset: int) -> str:
    if kind == "STRING":
        return unescape(text[1:-1], source, offset)
    if kind == "AT":
        return unescape(text[text.index('"') + 1 : -1], source, offset)
    return text


def unescape(text: str, source: str, offset: int) -> str:
    r"""Return the text meant: \n, \t, \r, \", \\, \uXXXX and \UXXXXXX; other escapes stay, as \d of a pattern."""
    if "\\" not in text:
        return _checked(text, source, offset)
    meant = _ESCAPE.sub(_unescape_one, text)
    return _checked(_join_surrogates(meant), source, offset)


def _unescape_one(match: re.Match[str]) -> str:
    escape = match[1]
    if len(escape) > 1:
        code = int(escape[1:], 16)
        return chr(code) if code <= 0x10FFFF else match[0]
    return _SIMPLE_ESCAPES.get(escape, match[0])


def _join_surrogates(text: str) -> str:
    r"""Join the pairs of \uD83D\uDC0E; a lone half stays and is refused afterwards."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


def _checked(text: str, source: str, offset: int) -> str:
    for character in text:
        if "\ud800" <= character <= "\udfff":
            raise syntax_error(source, offset, "the text holds half of a character (a lone surrogate)")
    return text
