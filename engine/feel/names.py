"""Names of several words: from the model and from the expression's own text, never from the keys of variables."""

from __future__ import annotations

from collections.abc import Iterable

from .errors import FeelSyntaxError
from .lexer import Token, tokenize

#: Property names of values that have two words.
PROPERTY_NAMES = ("time offset", "start included", "end included")

#: Function names with one of these are only taken as a whole when a call follows: `x.date and time` stays two operands.
_OPERATOR_WORDS = frozenset(("and", "or", "in"))

KEYWORDS = frozenset(
    "if then else for in return some every satisfies and or between instance of "
    "function external true false null".split()
)


def canonical(name: str) -> str:
    """Return the name with single spaces."""
    return " ".join(name.split())


class NameSet:
    """Multi-word names, found by their first word; the longest wins.

    A name with a dot is none: its parts are read as a path, and the compiler looks whether the whole is a variable.
    """

    __slots__ = ("_are_functions", "_by_first_word", "_inherited")

    def __init__(
        self, names: Iterable[str] = (), inherited: NameSet | None = None, *, are_functions: bool = False
    ) -> None:
        self._are_functions = are_functions
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._inherited = inherited
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Declare one name; one plain word needs no declaration and is ignored."""
        words = _words(name)
        if len(words) < 2 or "." in words:
            return
        spellings = self._by_first_word.setdefault(words[0], [])
        entry = (words, canonical(name))
        if entry not in spellings:
            spellings.append(entry)
            spellings.sort(key=lambda spelling: -len(spelling[0]))

    def match(self, tokens: list[Token], index: int) -> tuple[str, int] | None:
        """Return (name, number of tokens) of the longest name that starts at `index`, or None."""
        best: tuple[str, int] | None = None if self._inherited is None else self._inherited.match(tokens, index)
        for words, name in self._by_first_word.get(tokens[index].text, ()):
            length = len(words)
            if (best is None or length > best[1]) and self._reads(tokens, index, words):
                best = (name, length)
        return best

    def _reads(self, tokens: list[Token], index: int, words: tuple[str, ...]) -> bool:
        end = index + len(words)
        if end >= len(tokens):
            return False
        following = tokens[index:end]
        if any(
            token.text != word or token.kind in ("STRING", "AT") for token, word in zip(following, words, strict=True)
        ):
            return False
        return not self._are_functions or _OPERATOR_WORDS.isdisjoint(words) or tokens[end].text == "("


def _words(name: str) -> tuple[str, ...]:
    try:
        return tuple(token.text for token in tokenize(name)[:-1])
    except FeelSyntaxError:
        return ()
