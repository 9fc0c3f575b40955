"""Which constants a table cell compares with, and whether nothing else decides: for the analysis of tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .ast import (
    Between,
    Call,
    Comparison,
    In,
    ListLiteral,
    Literal,
    Logical,
    Name,
    Negation,
    Node,
    OperatorTest,
    RangeLiteral,
    UnaryTests,
    walk,
)
from .compiler import Scope, Unit, closure
from .evaluation import Evaluation
from .expression import parse
from .limits import DEFAULT_LIMITS

_TEMPORAL_FUNCTIONS = frozenset(("date", "time", "date and time", "duration"))

#: Nodes through which a cell only compares its input; anything else computes with it.
_COMPARING = (UnaryTests, OperatorTest, RangeLiteral, ListLiteral, Comparison, Between, In, Logical)


@dataclass(frozen=True, slots=True)
class CellConstants:
    """The constants of a cell; `is_complete` when the cell depends on them and its input alone."""

    values: tuple[object, ...]
    is_complete: bool


def constants_of_cell(text: str, names: Iterable[str] = ()) -> CellConstants:
    """Return the constants of unary tests. Raises as `parse`."""
    values: list[object] = []
    is_complete = _collect(parse(text, names, unary=True), values)
    return CellConstants(tuple(values), is_complete)


def constant_of(text: str, names: Iterable[str] = ()) -> tuple[bool, object]:
    """Return (True, value) when an expression is a constant, else (False, None). Raises as `parse`."""
    node = parse(text, names)
    return (True, _value(node)) if _is_constant(node) else (False, None)


def _collect(node: Node, values: list[object]) -> bool:
    if _is_constant(node):
        values.append(_value(node))
        return True
    if isinstance(node, Name):
        return node.name == "?"
    if isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.name == "not":
        return _collect_all(list(node.arguments), values)
    if isinstance(node, _COMPARING):
        return _collect_all(_parts(node), values)
    return False


def _collect_all(nodes: list[Node], values: list[object]) -> bool:
    """Collect from all of them, also behind one that cannot be known."""
    verdicts = [_collect(node, values) for node in nodes]
    return all(verdicts)


def _parts(node: Node) -> list[Node]:
    """Return the direct children."""
    below = walk(node)[1:]
    grandchildren = {id(inner) for part in below for inner in walk(part)[1:]}
    return [part for part in below if id(part) not in grandchildren]


def _is_constant(node: Node) -> bool:
    if isinstance(node, Negation):
        return _is_constant(node.operand)
    if isinstance(node, Call):
        is_temporal = isinstance(node.callee, Name) and node.callee.name in _TEMPORAL_FUNCTIONS
        return is_temporal and all(_is_constant(argument) for argument in node.arguments)
    return isinstance(node, Literal)


def _value(node: Node) -> object:
    unit = Unit(DEFAULT_LIMITS, frozenset(), {})
    run = closure(node, Scope(unit))
    return run([Evaluation({}, DEFAULT_LIMITS), *[None] * unit.slots])
