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


class _Branch:
    """The words that may follow, and the name that ends here."""

    __slots__ = ("following", "name")

    def __init__(self) -> None:
        self.following: dict[str, _Branch] = {}
        self.name = ""


class NameSet:
    """Multi-word names as a tree of their words, so that looking one up costs its length; the longest wins.

    A name with a dot is none: its parts are read as a path, and the compiler looks whether the whole is a variable.
    """

    __slots__ = ("_are_functions", "_inherited", "_root")

    def __init__(
        self, names: Iterable[str] = (), inherited: NameSet | None = None, *, are_functions: bool = False
    ) -> None:
        self._are_functions = are_functions
        self._root = _Branch()
        self._inherited = inherited
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Declare one name; one plain word needs no declaration and is ignored."""
        words = _words(name)
        if len(words) < 2 or "." in words:
            return
        branch = self._root
        for word in words:
            branch = branch.following.setdefault(word, _Branch())
        branch.name = branch.name or canonical(name)

    def match(self, tokens: list[Token], index: int) -> tuple[str, int] | None:
        """Return (name, number of tokens) of the longest name that starts at `index`, or None."""
        best = None if self._inherited is None else self._inherited.match(tokens, index)
        branch, end = self._root.following.get(tokens[index].text), index + 1
        while branch is not None and tokens[end - 1].kind not in ("STRING", "AT"):
            if branch.name and (best is None or end - index > best[1]) and self._may_end(tokens, index, end):
                best = (branch.name, end - index)
            if end == len(tokens):
                break
            branch, end = branch.following.get(tokens[end].text), end + 1
        return best

    def _may_end(self, tokens: list[Token], index: int, end: int) -> bool:
        """Whether a name stands here: the tokens go on, and a function whose name has an operator's word is called."""
        if end >= len(tokens):
            return False
        has_operator = any(token.text in _OPERATOR_WORDS for token in tokens[index:end])
        return not (self._are_functions and has_operator) or tokens[end].text == "("


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
