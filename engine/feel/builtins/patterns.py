"""XPath's regular expressions, translated into the syntax of the `regex` package (its version 1)."""

from __future__ import annotations

import re

_SPACE = " \t\n\r"
_CLASSES = {"i": r"[\p{L}_:]", "I": r"[^\p{L}_:]", "c": r"[-.\w:\u00b7]", "C": r"[^-.\w:\u00b7]"}
_ESCAPED_LETTERS = frozenset("dDwWsSpPnrtbB")
_GROUPS = ("(?:", "(?=", "(?!", "(?<=", "(?<!")
_QUANTIFIER = re.compile(r"\{(\d{1,5})(,\d{0,5})?\}", re.ASCII)
_PROPERTY = re.compile(r"\{(\^?[\w\s-]+)\}")
#: A pattern is unrolled when it is compiled: (a{99}){99} has 9,801 parts.
_MOST_PARTS = 20_000
_SET_OPERATORS = ("--", "&&", "||", "~~")


def translated(pattern: str, flags: str) -> str:
    """Return the pattern for `regex`; raises ValueError for what XPath does not know.

    $ means the end of the text only (with flag m, of a line), [a-[b]] subtracts, flag x removes white space.
    """
    return _Translation(pattern, flags).run()


class _Translation:
    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = pattern
        self.removes_space = "x" in flags
        self.end = "$" if "m" in flags else r"\Z"
        self.position = 0
        self.depth = 0  #: of character classes
        self.out: list[str] = []
        self.parts = [0]  #: of the pattern and of each open group
        self.last = 0  #: parts of what a quantifier would repeat

    def run(self) -> str:
        while self.position < len(self.pattern):
            character = self.pattern[self.position]
            if self.removes_space and not self.depth and character in _SPACE:
                self.position += 1
            elif character == "\\":
                self._escape()
            elif self.depth:
                self._in_class(character)
            else:
                self._outside(character)
            if sum(self.parts) > _MOST_PARTS:
                raise ValueError("the pattern is wrong: it repeats too much")
        if self.depth:
            raise ValueError("the pattern is wrong: [ is not closed")
        return "".join(self.out)

    def _take(self, text: str, translation: str | None = None) -> None:
        self.position += len(text)
        self.out.append(text if translation is None else translation)

    def _part(self, count: int = 1) -> None:
        self.parts[-1] += count
        self.last = count

    def _rest(self) -> str:
        return self.pattern[self.position :]

    def _outside(self, character: str) -> None:
        if character == "[":
            self.depth = 1
            self._part()
            self._take("[^" if self._rest().startswith("[^") else "[")
        elif character == "$":
            self._take("$", self.end)
        elif character == "{":
            match = _QUANTIFIER.match(self.pattern, self.position)
            if match is None:
                raise ValueError("the pattern is wrong: { must start a count, as {2,5}")
            self.parts[-1] += self.last * (max(1, int(match[1])) - 1)
            self._take(match[0])
        elif self._rest().startswith("(?"):
            opening = next((group for group in _GROUPS if self._rest().startswith(group)), None)
            if opening is None:
                raise ValueError("the pattern is wrong: there is no such group")
            self.parts.append(0)
            self._take(opening)
        elif character == "(":
            self.parts.append(0)
            self._take("(")
        elif character == ")" and len(self.parts) > 1:
            inside = self.parts.pop()
            self._part(inside)
            self._take(")")
        else:
            self._part()
            self._take(character, rf"\{character}" if character in "#" + _SPACE else None)

    def _in_class(self, character: str) -> None:
        rest = self._rest()
        if rest.startswith("-["):
            self.depth += 1
            self._take("-[^" if rest.startswith("-[^") else "-[", "--[^" if rest.startswith("-[^") else "--[")
        elif character == "]":
            self.depth -= 1
            self._take("]")
        elif character == "[":
            self._take("[", r"\[")
        elif rest[:2] in _SET_OPERATORS:
            self._take(character, "\\" + character)
        else:
            self._take(character)

    def _escape(self) -> None:
        self.position += 1
        while self.removes_space and self._rest()[:1] in _SPACE and self._rest():
            self.position += 1
        letter = self._rest()[:1]
        if not self.depth:
            self._part()
        if not letter:
            raise ValueError("the pattern is wrong: it ends with a backslash")
        if letter in "pP":
            self._property(letter)
        elif letter in _CLASSES:
            self._take(letter, _CLASSES[letter])
        elif letter.isdigit() and (self.depth or letter == "0"):
            raise ValueError("the pattern is wrong: a back reference has no place here")
        elif letter.isalpha() and letter not in _ESCAPED_LETTERS:
            raise ValueError("the pattern is wrong: there is no escape \\{}", letter)
        else:
            self._take(letter, "\\" + letter)

    def _property(self, letter: str) -> None:
        match = _PROPERTY.match(self.pattern, self.position + 1)
        if match is None:
            raise ValueError("the pattern is wrong: \\{} needs a name in braces", letter)
        name = "".join(match[1].split()) if self.removes_space else match[1]
        self.position = match.end()
        self.out.append(f"\\{letter}{{{_block(name)}}}")


def _block(name: str) -> str:
    """XPath's blocks are named IsBasicLatin, those of `regex` InBasicLatin; `regex` would forgive spaces."""
    if not name.strip("^").replace("-", "").isalnum():
        raise ValueError("the pattern is wrong: there is no such property")
    return "In" + name[2:] if name.startswith("Is") else name
