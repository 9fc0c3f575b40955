"""Walking over tokens: looking, taking, expecting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from .errors import FeelLimitExceeded, FeelSyntaxError
from .lexer import Token, syntax_error, tokenize
from .limits import Limits
from .names import NameSet, canonical
from .reasons import Reason

Item = TypeVar("Item")


class TokenWalker:
    """The position in one text, and what the grammar rules need to know about it."""

    def __init__(self, source: str, names: NameSet, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.tokens = tokenize(source)
        self.names = NameSet(inherited=names)
        self.index = 0
        self.depth = 0
        self.is_range_end = False  #: reading the end of a range, where [ closes it

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.index]

    def advance(self) -> Token:
        """Take the next token, whatever it is."""
        token = self.tokens[self.index]
        self.index += token.kind != "END"
        return token

    def at_op(self, text: str) -> bool:
        """Whether the next token is that sign."""
        token = self.tokens[self.index]
        return token.kind == "OP" and token.text == text

    def at_word(self, word: str) -> bool:
        """Whether the next token is that word."""
        token = self.tokens[self.index]
        return token.kind == "NAME" and token.text == word

    def take_op(self, text: str) -> bool:
        """Take the sign if it is next."""
        found = self.at_op(text)
        self.index += found
        return found

    def take_word(self, word: str) -> bool:
        """Take the word if it is next."""
        found = self.at_word(word)
        self.index += found
        return found

    def expect_op(self, text: str) -> None:
        """Take the sign; raises FeelSyntaxError when it is not next."""
        if not self.take_op(text):
            raise self.error("expected {} but found {}", text, describe(self.token))

    def expect_word(self, word: str) -> None:
        """Take the word; raises FeelSyntaxError when it is not next."""
        if not self.take_word(word):
            raise self.error("expected {} but found {}", word, describe(self.token))

    def expect_end(self) -> None:
        """Raises FeelSyntaxError when something is left over."""
        if self.token.kind != "END":
            raise self.error("expected an operator or the end, but found {}", describe(self.token))

    def error(self, template: str, *arguments: object) -> FeelSyntaxError:
        """Return an error at the next token."""
        return syntax_error(self.source, self.token.offset, template, *arguments)

    def operators_in_a_row(self) -> Iterator[None]:
        """Count the turns of a loop over operators of one precedence."""
        for _ in range(self.limits.operators_in_a_row):
            yield
        raise FeelLimitExceeded("operators in a row", self.limits.operators_in_a_row)

    def listed(self, rule: Callable[[], Item], closing: str | None) -> tuple[Item, ...]:
        """Read rule, rule, ... and the closing sign if there is to be one."""
        items = [rule()]
        while self.take_op(","):
            items.append(rule())
        if closing is not None:
            self.expect_op(closing)
        return tuple(items)

    def declared_name(self, stops: tuple[str, ...]) -> str:
        """Read a new name: all up to one of `stops`; from then on it is known, however many words it has."""
        start = self.token
        if start.kind == "STRING":
            self.advance()
            self.names.add(start.text)
            return start.text
        if start.kind != "NAME":
            raise self.error("expected a name, but found {}", describe(start))
        while self.token.text not in stops or self.index == 0:
            if self.advance().kind in ("END", "STRING", "AT"):
                raise syntax_error(self.source, start.offset, "expected a name followed by {}", " or ".join(stops))
        name = canonical(self.source[start.offset : self.tokens[self.index].offset]).strip("`")
        self.names.add(name)
        return name

    def any_name(self) -> str:
        """Read a name that follows a dot."""
        matched = self.names.match(self.tokens, self.index)
        if matched is not None:
            self.index += matched[1]
            return matched[0]
        if self.token.kind != "NAME":
            raise self.error("expected a name, but found {}", describe(self.token))
        return self.advance().text.strip("`")


def describe(token: Token) -> Reason:
    """Return a token as messages show it."""
    if token.kind == "END":
        return Reason("the end")
    return Reason('the text "{}"', token.text[:30]) if token.kind == "STRING" else Reason("{}", token.text[:30])
