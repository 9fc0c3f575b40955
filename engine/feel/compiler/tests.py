"""`in`, and the unary tests of table cells. Source: DMN 1.5, 10.3.2.8 and table 55 (c)."""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..ast import In, Literal, Name, Node, OperatorTest, UnaryTests, walk
from ..evaluation import Evaluation
from ..values import NotEqualTest, Range, equal, includes, kind_of, less_than
from .dispatch import closure, compiles
from .scope import Closure, Frame, Scope

#: Answers for a value in a frame: true, false, or None for null.
Test = Callable[[Frame, object], "bool | None"]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@compiles(In)
def _in(node: In, scope: Scope) -> Closure:
    value = closure(node.value, scope)
    tests = tuple(_test(test, scope, is_cell=False) for test in node.tests)
    return lambda frame: _any(frame, tests, value(frame))


@compiles(UnaryTests)
def _unary_tests(node: UnaryTests, scope: Scope) -> Closure:
    if node.is_any:
        return lambda frame: True
    if not node.is_negated:
        scope.unit.constants = _constants(node.tests)
    if len(node.tests) == 1 and not node.is_negated and _is_plain(node.tests[0]):
        return _plain_cell(node.tests[0])
    tests = tuple(_test(test, scope, is_cell=True) for test in node.tests)
    if node.is_negated:
        return lambda frame: not _any(frame, tests, frame[0].input)
    return lambda frame: _any(frame, tests, frame[0].input) is True


def _constants(tests: tuple[Node, ...]) -> tuple[object, ...] | None:
    """Return what a cell lists, when it is texts or numbers only."""
    values = tuple(test.value for test in tests if isinstance(test, Literal) and type(test.value) in (str, Decimal))
    return values if len(values) == len(tests) else None


def _is_plain(node: Node) -> bool:
    """Whether a cell is a text or number, or compares with one: most cells are."""
    constant = node.value if isinstance(node, OperatorTest) else node
    return isinstance(constant, Literal) and type(constant.value) in (str, Decimal)


def _plain_cell(node: Node) -> Closure:
    name = node.operator if isinstance(node, OperatorTest) else "="
    literal = node.value if isinstance(node, OperatorTest) else node
    constant: object = literal.value if isinstance(literal, Literal) else None
    kind, passes = type(constant), _COMPARISONS[name]

    def equals(frame: Frame) -> bool:
        value = frame[0].input
        return value == constant if type(value) is kind else is_in(frame[0], value, constant) is True

    def compares(frame: Frame) -> bool:
        value = frame[0].input
        return passes(value, constant) if type(value) is kind else compare(frame[0], name, value, constant) is True

    return equals if name == "=" else compares


def _any(frame: Frame, tests: tuple[Test, ...], value: object) -> bool | None:
    result: bool | None = False
    for test in tests:
        verdict = test(frame, value)
        if verdict is True:
            return True
        if verdict is None:
            result = None
    return result


def _test(node: Node, scope: Scope, *, is_cell: bool) -> Test:
    if isinstance(node, OperatorTest):
        return _operator_test(node, scope)
    expected = closure(node, scope)
    if any(isinstance(part, Name) and part.name == "?" for part in walk(node)) and is_cell:
        return lambda frame, value: expected(frame) is True
    if is_cell:
        return lambda frame, value: _cell(frame[0], value, expected(frame))
    return lambda frame, value: is_in(frame[0], value, expected(frame))


def _operator_test(node: OperatorTest, scope: Scope) -> Test:
    expected, name = closure(node.value, scope), node.operator

    def run(frame: Frame, value: object) -> bool | None:
        return compare(frame[0], name, value, expected(frame))

    return run


def compare(evaluation: Evaluation, name: str, value: object, end: object) -> bool | None:
    """Return the comparison; None with a warning when the two cannot be compared."""
    if name in ("=", "!="):
        verdict = equal(value, end, evaluation.budget)
    elif name in ("<", ">="):
        verdict = less_than(value, end)
    else:
        verdict = less_than(end, value)
    if verdict is None:
        evaluation.null("{} {} {} has no meaning", kind_of(value), name, kind_of(end))
        return None
    return verdict if name in ("=", "<", ">") else not verdict


def _cell(evaluation: Evaluation, value: object, expected: object) -> bool | None:
    """As `in`, and true also where the cell itself is a true condition about other variables."""
    if isinstance(expected, bool) and not isinstance(value, bool):
        return expected
    return is_in(evaluation, value, expected)


def is_in(evaluation: Evaluation, value: object, expected: object) -> bool | None:
    """Return whether value is, is in, or is an item of `expected`."""
    if isinstance(expected, (Range, NotEqualTest)) and not isinstance(value, (Range, NotEqualTest)):
        return includes(expected, value, evaluation.budget)
    if isinstance(expected, list):
        return _is_in_list(evaluation, value, expected)
    verdict = equal(value, expected, evaluation.budget)
    if verdict is None:
        evaluation.null("{} in {} has no meaning", kind_of(value), kind_of(expected))
    return verdict


def _is_in_list(evaluation: Evaluation, value: object, expected: list[object]) -> bool:
    evaluation.budget.spend(1 + len(expected))
    if isinstance(value, list) and equal(value, expected, evaluation.budget):
        return True
    for item in expected:
        if isinstance(item, (Range, NotEqualTest)) and includes(item, value, evaluation.budget) is True:
            return True
        if equal(value, item, evaluation.budget) is True:
            return True
    return False
