"""Tokens to nodes: a hand-written parser by precedence. Source: DMN 1.5, 10.3.1.2 (grammar rules in their order)."""

from __future__ import annotations

import re
from collections.abc import Callable

from .ast import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Filter,
    If,
    In,
    InstanceOf,
    Literal,
    Logical,
    Name,
    Negation,
    Node,
    OperatorTest,
    Path,
    RangeLiteral,
    UnaryTests,
)
from .errors import FeelLimitExceeded, FeelSyntaxError
from .limits import Limits
from .names import KEYWORDS, NameSet
from .parse_literals import LiteralParser
from .tokens import describe

_OPEN_START = re.compile(r"^\s*[(\]]\s*\.\.")
_OPEN_END = re.compile(r"\.\.\s*[)\[]\s*$")
_COMPARISONS = frozenset(("=", "!=", "<", "<=", ">", ">="))
_ADDITIVE = frozenset(("+", "-"))
_MULTIPLICATIVE = frozenset(("*", "/"))


class Parser(LiteralParser):
    """One use, one text."""

    def parse_text(self) -> Node:
        """Return the one expression of the whole text."""
        node = self.expression()
        self.expect_end()
        return node

    def parse_unary_tests(self) -> UnaryTests:
        """Return the tests of a table cell."""
        start = self.token.offset
        if self.at_op("-") and self.tokens[self.index + 1].kind == "END":
            self.advance()
            return UnaryTests((), is_any=True, offset=start)
        is_negated = self._is_all_in_not()
        if is_negated:
            self.advance()
            self.advance()
        tests = self.listed(self.test, ")" if is_negated else None)
        self.expect_end()
        return UnaryTests(tests, is_negated, offset=start)

    def _is_all_in_not(self) -> bool:
        """Whether the text is not(...) to its end, so that the brackets hold tests and not an argument."""
        if not (self.at_word("not") and self.tokens[self.index + 1].text == "("):
            return False
        depth = 0
        for position, token in enumerate(self.tokens[self.index + 1 :], self.index + 1):
            if token.kind == "OP":
                depth += (token.text in "([{") - (token.text in ")]}")
                if depth == 0:
                    return self.tokens[position + 1].kind == "END"
        return False

    def expression(self) -> Node:
        """Any expression; brackets are filters again, whatever surrounds it."""
        self.enter()
        was_in_range, self.is_range_end = self.is_range_end, False
        node = self._logical("or", self._conjunction)
        self.is_range_end = was_in_range
        self.depth -= 1
        return node

    def _conjunction(self) -> Node:
        return self._logical("and", self._comparison)

    def _logical(self, word: str, operand: Callable[[], Node]) -> Node:
        first = operand()
        if not self.at_word(word):
            return first
        offset, operands = self.token.offset, [first]
        while self.take_word(word):
            operands.append(operand())
        return Logical(word, tuple(operands), offset=offset)

    def _comparison(self) -> Node:
        left = self.additive()
        for _ in self.operators_in_a_row():
            token = self.token
            if token.kind == "OP" and token.text in _COMPARISONS:
                self.advance()
                left = Comparison(token.text, left, self.additive(), offset=token.offset)
            elif token.kind == "NAME" and token.text in ("between", "in", "instance"):
                self.advance()
                left = self._word_comparison(token.text, left, token.offset)
            else:
                break
        return left

    def _word_comparison(self, word: str, left: Node, offset: int) -> Node:
        if word == "between":
            low = self.additive()
            self.expect_word("and")
            return Between(left, low, self.additive(), offset=offset)
        if word == "instance":
            self.expect_word("of")
            return InstanceOf(left, self.type_name(), offset=offset)
        if self.at_op("("):
            self.advance()
            return In(left, self._bracketed_tests(), offset=offset)
        return In(left, (self._one_test(),), is_bracketed=False, offset=offset)

    def _bracketed_tests(self) -> tuple[Node, ...]:
        """Tests up to the closing bracket; (1..5] is found out only after its start."""
        start = self.token.offset
        first = self.test()
        if self.at_op(".."):
            return (self.range_from(first, False, start),)
        tests = [first]
        while self.take_op(","):
            tests.append(self.test())
        self.expect_op(")")
        return tuple(tests)

    def _one_test(self) -> Node:
        return self._operator_test() or self.additive()

    def test(self) -> Node:
        """One of the tests that commas separate."""
        return self._operator_test() or self.expression()

    def _operator_test(self) -> OperatorTest | None:
        token = self.token
        if token.kind != "OP" or token.text not in _COMPARISONS:
            return None
        self.advance()
        return OperatorTest(token.text, self.additive(), offset=token.offset)

    def additive(self) -> Node:
        """Terms joined by + and -."""
        return self._left_to_right(_ADDITIVE, self._multiplicative)

    def _multiplicative(self) -> Node:
        return self._left_to_right(_MULTIPLICATIVE, self._exponent)

    def _exponent(self) -> Node:
        return self._left_to_right(frozenset(("**",)), self._negation)

    def _left_to_right(self, operators: frozenset[str], operand: Callable[[], Node]) -> Node:
        left = operand()
        for _ in self.operators_in_a_row():
            token = self.token
            if token.kind != "OP" or token.text not in operators:
                break
            self.advance()
            left = Arithmetic(token.text, left, operand(), offset=token.offset)
        return left

    def _negation(self) -> Node:
        token = self.token
        if not self.take_op("-"):
            return self._postfix(self._primary())
        self.enter()
        node = Negation(self._negation(), offset=token.offset)
        self.depth -= 1
        return node

    def _postfix(self, node: Node) -> Node:
        for _ in self.operators_in_a_row():
            offset = self.token.offset
            if self.take_op("."):
                node = Path(node, self.any_name(), offset=offset)
            elif self.at_op("[") and not self.is_range_end:
                self.advance()
                node = Filter(node, self.expression(), offset=offset)
                self.expect_op("]")
            elif self.at_op("("):
                node = self._call(node)
            else:
                break
        return node

    def _call(self, callee: Node) -> Node:
        offset = callee.offset
        self.expect_op("(")
        if self.take_op(")"):
            return Call(callee, (), offset=offset)
        if self._is_named_argument():
            pairs = self.listed(self._named_argument, ")")
            return Call(callee, tuple(node for _, node in pairs), tuple(name for name, _ in pairs), offset=offset)
        return Call(callee, self.listed(self.expression, ")"), offset=offset)

    def _is_named_argument(self) -> bool:
        """Whether words up to a colon follow."""
        for token in self.tokens[self.index : self.index + 12]:
            if token.kind == "OP" and token.text == ":":
                return True
            if token.kind not in ("NAME", "NUMBER") and token.text not in ("-", "'", "/", "+", "*", "."):
                return False
        return False

    def _named_argument(self) -> tuple[str, Node]:
        name = self.declared_name((":",))
        self.expect_op(":")
        return name, self.expression()

    def _primary(self) -> Node:
        token = self.token
        if token.kind in ("NUMBER", "STRING", "AT"):
            self.advance()
            return self.constant(token)
        if token.kind == "NAME":
            return self._name_or_keyword()
        opening = {"(": self._bracketed, "[": self._list_or_range, "]": self._open_range, "{": self.context}.get(
            token.text
        )
        if token.kind == "OP" and opening is not None:
            self.advance()
            return opening(token.offset)
        if self.take_op("?"):
            return Name("?", offset=token.offset)
        raise self.error("expected a value, but found {}", describe(token))

    def _name_or_keyword(self) -> Node:
        token = self.token
        matched = self.names.match(self.tokens, self.index)
        if matched is not None:
            self.index += matched[1]
            return Name(matched[0], offset=token.offset)
        word = token.text
        # Camunda's own examples have a variable `every`; a quantifier is followed by a name.
        is_variable = word in ("some", "every") and self.tokens[self.index + 1].kind != "NAME"
        if word not in KEYWORDS or is_variable:
            self.advance()
            return Name(word.strip("`"), offset=token.offset)
        if word in ("true", "false", "null"):
            self.advance()
            return Literal({"true": True, "false": False, "null": None}[word], offset=token.offset)
        form = {
            "if": self._if,
            "for": self.for_,
            "some": self.quantified,
            "every": self.quantified,
            "function": self.function,
        }
        if word not in form:
            raise self.error("expected a value, but found the keyword {}", word)
        self.advance()
        return form[word](token.offset) if word not in ("some", "every") else self.quantified(token.offset, word)

    def _if(self, offset: int) -> Node:
        condition = self.expression()
        self.expect_word("then")
        consequence = self.expression()
        self.expect_word("else")
        return If(condition, consequence, self.expression(), offset=offset)

    def _bracketed(self, offset: int) -> Node:
        test = self._operator_test()
        if test is not None:
            self.expect_op(")")
            return test
        node = self.expression()
        if self.at_op(".."):
            return self.range_from(node, False, offset)
        self.expect_op(")")
        return node

    def _list_or_range(self, offset: int) -> Node:
        if self.take_op("]"):
            return self.list_of((), offset)
        first = self.test()
        if self.at_op(".."):
            return self.range_from(first, True, offset)
        items = [first]
        while self.take_op(","):
            items.append(self.test())
        self.expect_op("]")
        return self.list_of(tuple(items), offset)

    def _open_range(self, offset: int) -> Node:
        return self.range_from(self.additive(), False, offset)

    def range_from(self, start: Node, start_included: bool, offset: int) -> RangeLiteral:
        """The rest of a range whose start was read; the next token is `..`."""
        self.expect_op("..")
        was_in_range, self.is_range_end = self.is_range_end, True
        end = self.additive()
        self.is_range_end = was_in_range
        closing = self.token
        if not (self.take_op("]") or self.take_op(")") or self.take_op("[")):
            raise self.error("expected ], ) or [ to close the range, but found {}", describe(closing))
        return RangeLiteral(start, end, start_included, closing.text == "]", offset=offset)

    def enter(self) -> None:
        """Go one level deeper; raises FeelLimitExceeded when that is too deep."""
        self.depth += 1
        if self.depth > self.limits.nesting:
            raise FeelLimitExceeded("nesting", self.limits.nesting)


def new_parser(text: str, names: NameSet, limits: Limits) -> Parser:
    """Return a parser for a text; raises FeelLimitExceeded when it is too long."""
    if len(text) > limits.expression_length:
        raise FeelLimitExceeded("expression length", limits.expression_length)
    return Parser(text, names, limits)


def parse_range(text: str, limits: Limits) -> RangeLiteral:
    """Return the range of a text; raises ValueError when it is something else.

    An end may be left out where its bracket is open: "(..5]"; it is null in the result.
    """
    text = _OPEN_END.sub("..null)", _OPEN_START.sub("(null..", text))
    try:
        node = new_parser(text, NameSet(("date and time",), are_functions=True), limits).parse_text()
    except FeelSyntaxError as error:
        raise ValueError(error.reason) from None
    if not isinstance(node, RangeLiteral):
        raise ValueError("the text is no range")
    return node
