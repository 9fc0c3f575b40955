"""Arithmetic, comparison, logic and conditions."""

from __future__ import annotations

import operator as operator_module
from decimal import Decimal

from ..ast import Arithmetic, Between, Comparison, If, InstanceOf, Literal, Logical, Negation
from ..operations import apply, negate
from ..reasons import Reason
from ..types import resolve
from ..values import equal, kind_of, less_than
from ..values.numbers import CONTEXT
from .dispatch import closure, compiles
from .scope import Closure, Frame, Scope

_DECIMAL_COMPARISONS = {
    "<": operator_module.lt,
    "<=": operator_module.le,
    ">": operator_module.gt,
    ">=": operator_module.ge,
}
_DECIMAL_OPERATIONS = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
}


@compiles(Arithmetic)
def _arithmetic(node: Arithmetic, scope: Scope) -> Closure:
    left, right, operator = closure(node.left, scope), closure(node.right, scope), node.operator
    fast = _DECIMAL_OPERATIONS.get(operator)

    def run(frame: Frame) -> object:
        a, b = left(frame), right(frame)
        if fast is not None and type(a) is Decimal and type(b) is Decimal:
            try:
                return fast(a, b)
            except ArithmeticError:
                pass
        return apply(frame[0], operator, a, b)

    return run


@compiles(Negation)
def _negation(node: Negation, scope: Scope) -> Closure:
    operand = closure(node.operand, scope)
    return lambda frame: negate(frame[0], operand(frame))


@compiles(Comparison)
def _comparison(node: Comparison, scope: Scope) -> Closure:
    left, right = closure(node.left, scope), closure(node.right, scope)
    if node.operator == "=":
        return _equality(left, right, node)
    if node.operator == "!=":
        equality = _equality(left, right, node)

        def different(frame: Frame) -> object:
            same = equality(frame)
            return None if same is None else not same

        return different
    if isinstance(node.right, Literal) and type(node.right.value) is Decimal:
        return _ordering_with(node.operator, left, node.right.value)
    return _ordering(node.operator, left, right)


def _equality(left: Closure, right: Closure, node: Comparison) -> Closure:
    if isinstance(node.right, Literal) and type(node.right.value) in (str, Decimal):
        return _equality_with(left, node.right.value)

    def run(frame: Frame) -> object:
        a, b = left(frame), right(frame)
        same = equal(a, b, frame[0].budget)
        return frame[0].null("{} = {} has no meaning", kind_of(a), kind_of(b)) if same is None else same

    return run


def _equality_with(left: Closure, constant: object) -> Closure:
    kind = type(constant)

    def run(frame: Frame) -> object:
        value = left(frame)
        if type(value) is kind:
            return value == constant
        if value is None:
            return False
        return frame[0].null("{} = {} has no meaning", kind_of(value), kind_of(constant))

    return run


def _ordering(operator: str, left: Closure, right: Closure) -> Closure:
    """`<` and `>` ask less_than, `<=` and `>=` ask whether the opposite is false."""
    swaps = operator in (">", "<=")
    negates = operator in ("<=", ">=")

    def run(frame: Frame) -> object:
        a, b = left(frame), right(frame)
        less = less_than(b, a) if swaps else less_than(a, b)
        if less is None:
            return frame[0].null("{} {} {} has no meaning", kind_of(a), operator, kind_of(b))
        return less is not negates

    return run


def _ordering_with(operator: str, left: Closure, constant: Decimal) -> Closure:
    """The most frequent comparison, with a number in the text."""
    compare = _DECIMAL_COMPARISONS[operator]

    def run(frame: Frame) -> object:
        value = left(frame)
        if type(value) is Decimal:
            return compare(value, constant)
        return frame[0].null("{} {} {} has no meaning", kind_of(value), operator, "number")

    return run


@compiles(Logical)
def _logical(node: Logical, scope: Scope) -> Closure:
    operands = tuple(closure(operand, scope) for operand in node.operands)
    decisive = node.operator == "or"
    if len(operands) == 2:
        return _pair(operands[0], operands[1], decisive)

    def run(frame: Frame) -> object:
        result: bool | None = not decisive
        for operand in operands:
            value = operand(frame)
            if value is decisive:
                return decisive
            if value is not (not decisive):
                result = None
        return result

    return run


def _pair(first: Closure, second: Closure, decisive: bool) -> Closure:
    other = not decisive

    def run(frame: Frame) -> object:
        a = first(frame)
        if a is decisive:
            return decisive
        b = second(frame)
        if b is decisive:
            return decisive
        return other if a is other and b is other else None

    return run


@compiles(Between)
def _between(node: Between, scope: Scope) -> Closure:
    value, low, high = closure(node.value, scope), closure(node.low, scope), closure(node.high, scope)

    def run(frame: Frame) -> object:
        tested, least, most = value(frame), low(frame), high(frame)
        below, above = less_than(tested, least), less_than(most, tested)
        if below is True or above is True:
            return False
        if below is None or above is None:
            return frame[0].null("{} between {} and {} has no meaning", kind_of(tested), kind_of(least), kind_of(most))
        return True

    return run


@compiles(If)
def _if(node: If, scope: Scope) -> Closure:
    condition = closure(node.condition, scope)
    consequence, alternative = closure(node.consequence, scope), closure(node.alternative, scope)
    return lambda frame: consequence(frame) if condition(frame) is True else alternative(frame)


@compiles(InstanceOf)
def _instance_of(node: InstanceOf, scope: Scope) -> Closure:
    value, kind = closure(node.value, scope), resolve(node.type, scope.unit.types)
    if kind is None:
        reason = Reason("there is no type {}", node.type.name)
        scope.unit.findings.append((node.type, reason))
        return lambda frame: frame[0].null(reason)
    return lambda frame: kind.is_instance(value(frame))
