"""The grammar of constants, lists, contexts, functions, iterations and types."""

from __future__ import annotations

from abc import abstractmethod
from decimal import Decimal

from .ast import (
    ContextLiteral,
    For,
    FunctionDefinition,
    Iterator,
    ListLiteral,
    Literal,
    Node,
    Parameter,
    Quantified,
    TypeName,
)
from .lexer import Token, syntax_error
from .tokens import TokenWalker, describe
from .values.numbers import plus
from .values.parsing import parse_temporal

_TYPES_OF_WORDS = (
    ("date", "and", "time"),
    ("days", "and", "time", "duration"),
    ("years", "and", "months", "duration"),
)


class LiteralParser(TokenWalker):
    """The rules that need `expression` for their parts."""

    @abstractmethod
    def expression(self) -> Node:
        """Any expression."""

    @abstractmethod
    def additive(self) -> Node:
        """Terms joined by + and -."""

    @abstractmethod
    def enter(self) -> None:
        """Go one level deeper."""

    def constant(self, token: Token) -> Literal:
        """A number, a text, or @"..."."""
        if token.kind == "STRING":
            return Literal(token.text, offset=token.offset)
        if token.kind == "AT":
            value = parse_temporal(token.text)
            if value is None:
                raise syntax_error(self.source, token.offset, '@"{}" is no date, time or duration', token.text[:40])
            return Literal(value, is_at=True, offset=token.offset)
        number = plus(Decimal(token.text)) if len(token.text) <= 10_000 else None
        if number is None:
            raise syntax_error(self.source, token.offset, "the number is too large")
        return Literal(number, offset=token.offset)

    def list_of(self, items: tuple[Node, ...], offset: int) -> ListLiteral:
        """A list."""
        return ListLiteral(items, offset=offset)

    def context(self, offset: int) -> ContextLiteral:
        """{ was read."""
        if self.take_op("}"):
            return ContextLiteral((), offset=offset)
        return ContextLiteral(self.listed(self._entry, "}"), offset=offset)

    def _entry(self) -> tuple[str, Node]:
        key = self.declared_name((":",))
        self.expect_op(":")
        return key, self.expression()

    def for_(self, offset: int) -> For:
        """`for` was read."""
        iterators = self.listed(self._iterator, None)
        self.expect_word("return")
        return For(iterators, self.expression(), offset=offset)

    def quantified(self, offset: int, quantifier: str = "some") -> Quantified:
        """`some` or `every` was read."""
        iterators = self.listed(self._iterator, None)
        self.expect_word("satisfies")
        return Quantified(quantifier, iterators, self.expression(), offset=offset)

    def _iterator(self) -> Iterator:
        offset = self.token.offset
        name = self.declared_name(("in",))
        self.expect_word("in")
        source = self.expression()
        end = self.expression() if self.take_op("..") else None
        return Iterator(name, source, end, offset=offset)

    def function(self, offset: int) -> FunctionDefinition:
        """`function` was read."""
        self.expect_op("(")
        parameters = () if self.take_op(")") else self.listed(self._parameter, ")")
        is_external = self.take_word("external")
        return FunctionDefinition(parameters, self.expression(), is_external, offset=offset)

    def _parameter(self) -> Parameter:
        offset = self.token.offset
        name = self.declared_name((":", ",", ")"))
        return Parameter(name, self.type_name() if self.take_op(":") else None, offset=offset)

    def type_name(self) -> TypeName:
        """The name of a type, with what stands in its angle brackets."""
        self.enter()
        offset, name = self.token.offset, self._type_words()
        arguments: tuple[TypeName, ...] = ()
        fields: tuple[str, ...] = ()
        result = None
        if name in ("list", "range") and self.take_op("<"):
            arguments = self.listed(self.type_name, ">")
        elif name == "context" and self.take_op("<"):
            pairs = () if self.take_op(">") else self.listed(self._field, ">")
            fields, arguments = tuple(field for field, _ in pairs), tuple(kind for _, kind in pairs)
        elif name == "function" and self.take_op("<"):
            arguments = () if self.take_op(">") else self.listed(self.type_name, ">")
            self.expect_op("->")
            result = self.type_name()
        self.depth -= 1
        return TypeName(name, arguments, fields, result, offset=offset)

    def _field(self) -> tuple[str, TypeName]:
        name = self.declared_name((":",))
        self.expect_op(":")
        return name, self.type_name()

    def _type_words(self) -> str:
        for words in _TYPES_OF_WORDS:
            if tuple(token.text for token in self.tokens[self.index : self.index + len(words)]) == words:
                self.index += len(words)
                return " ".join(words)
        if self.token.kind != "NAME":
            raise self.error("expected a type, but found {}", describe(self.token))
        name = self.any_name()
        while self.take_op("."):
            name += "." + self.any_name()
        return name
