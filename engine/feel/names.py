"""Names of several words: from the model and from the expression's own text, never from the keys of variables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    return tuple(token.text for token in _tokens(name))


def _tokens(name: str) -> list[Token]:
    try:
        return tokenize(name)[:-1]
    except FeelSyntaxError:
        return []


#: Keys are looked at no deeper, and no more of them: they come from outside.
_DEEPEST_KEY = 8
_MOST_KEYS = 1000


def spoken_names(variables: Mapping[str, object]) -> frozenset[str]:
    """Return those keys, of inner contexts too, that are several words and nothing else: `Monthly Salary`.

    Words beside each other are no expression, so that such a name stands nowhere in a text that is one already. A key
    with an operator or a keyword in it is never returned.
    """
    found: set[str] = set()
    waiting: list[tuple[object, int]] = [(variables, 0)]
    for value, depth in waiting:
        if isinstance(value, Mapping):
            found.update(key for key in value if isinstance(key, str) and _is_spoken(key))
            inner: Iterable[object] = value.values()
        else:
            inner = value if isinstance(value, (list, tuple)) else ()
        if depth < _DEEPEST_KEY:
            room = _MOST_KEYS - len(waiting)
            waiting.extend((each, depth + 1) for each, _ in zip(inner, range(room), strict=False))
    return frozenset(found)


def _is_spoken(key: str) -> bool:
    tokens = _tokens(key) if len(key) < _MOST_KEYS else []
    return (
        len(tokens) > 1
        and tokens[0].kind == "NAME"
        and all(
            (token.kind == "NAME" and token.text not in KEYWORDS) or token.kind == "NUMBER" or token.text == "'"
            for token in tokens
        )
    )
