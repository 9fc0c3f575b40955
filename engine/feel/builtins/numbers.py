"""Numeric functions. Source: DMN 1.5, 10.3.4.5."""

from __future__ import annotations

import decimal
import random
from collections.abc import Callable
from decimal import Decimal

from ..evaluation import Evaluation
from ..values import DaysDuration, MonthsDuration
from ..values.numbers import CONTEXT, ZERO, whole
from .registry import builtin

_LEAST_SCALE, _MOST_SCALE = -6111, 6176


@builtin("decimal(n: number, scale: number)")
def decimal_(evaluation: Evaluation, n: Decimal, scale: Decimal) -> object:
    return _rounded(evaluation, n, scale, decimal.ROUND_HALF_EVEN)


@builtin("floor(n: number, scale?: number)")
def floor(evaluation: Evaluation, n: Decimal, scale: Decimal = ZERO) -> object:
    return _rounded(evaluation, n, scale, decimal.ROUND_FLOOR)


@builtin("ceiling(n: number, scale?: number)")
def ceiling(evaluation: Evaluation, n: Decimal, scale: Decimal = ZERO) -> object:
    return _rounded(evaluation, n, scale, decimal.ROUND_CEILING)


@builtin("round up(n: number, scale?: number)")
def round_up(evaluation: Evaluation, n: Decimal, scale: Decimal = ZERO) -> object:
    return _rounded(evaluation, n, scale, decimal.ROUND_UP)


@builtin("round down(n: number, scale?: number)")
def round_down(evaluation: Evaluation, n: Decimal, scale: Decimal = ZERO) -> object:
    return _rounded(evaluation, n, scale, decimal.ROUND_DOWN)


@builtin("round half up(n: number, scale?: number)")
def round_half_up(evaluation: Evaluation, n: Decimal, scale: Decimal = ZERO) -> object:
    return _rounded(evaluation, n, scale, decimal.ROUND_HALF_UP)


@builtin("round half down(n: number, scale?: number)")
def round_half_down(evaluation: Evaluation, n: Decimal, scale: Decimal = ZERO) -> object:
    return _rounded(evaluation, n, scale, decimal.ROUND_HALF_DOWN)


def _rounded(evaluation: Evaluation, n: Decimal, scale: Decimal | None, rounding: str) -> object:
    """Round to `scale` digits after the point; a number that has no more digits stays as it is."""
    digits = int(scale or 0) if abs(scale or ZERO) < 10_000 else None
    if digits is None or not _LEAST_SCALE <= digits <= _MOST_SCALE:
        return evaluation.null("the scale must lie between {} and {}", _LEAST_SCALE, _MOST_SCALE)
    exponent = n.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= digits:
        return n
    wide = decimal.Context(prec=50, rounding=rounding, Emin=-9999, Emax=9999)
    return CONTEXT.plus(n.quantize(Decimal(1).scaleb(-digits, wide), context=wide))


@builtin("abs(n: number|days|months)")
def abs_(evaluation: Evaluation, n: Decimal | DaysDuration | MonthsDuration) -> object:
    if isinstance(n, DaysDuration):
        return DaysDuration(abs(n.nanos))
    return MonthsDuration(abs(n.months)) if isinstance(n, MonthsDuration) else CONTEXT.abs(n)


@builtin("modulo(dividend: number, divisor: number)")
def modulo(evaluation: Evaluation, dividend: Decimal, divisor: Decimal) -> object:
    """dividend - divisor * floor(dividend / divisor); exact also where the quotient has more than 34 digits."""
    if divisor == 0:
        return evaluation.null("modulo: division by zero")
    if dividend.adjusted() - divisor.adjusted() > 6200:
        return evaluation.null("modulo: the numbers are too far apart")
    wide = decimal.Context(prec=max(80, dividend.adjusted() - divisor.adjusted() + 80), Emin=-99_999, Emax=99_999)
    rest = wide.remainder(dividend, divisor)
    if rest != 0 and (rest < 0) is not (divisor < 0):
        rest = wide.add(rest, divisor)
    return CONTEXT.plus(rest)


@builtin("sqrt(number: number)")
def sqrt(evaluation: Evaluation, number: Decimal) -> object:
    return evaluation.null("sqrt of a negative number") if number < 0 else CONTEXT.sqrt(number)


@builtin("log(number: number)")
def log(evaluation: Evaluation, number: Decimal) -> object:
    return evaluation.null("log takes a positive number") if number <= 0 else CONTEXT.ln(number)


@builtin("exp(number: number)")
def exp(evaluation: Evaluation, number: Decimal) -> object:
    return CONTEXT.exp(number)


@builtin("odd(number: number)")
def odd(evaluation: Evaluation, number: Decimal) -> object:
    return _parity(evaluation, number, lambda rest: rest == 1)


@builtin("even(number: number)")
def even(evaluation: Evaluation, number: Decimal) -> object:
    return _parity(evaluation, number, lambda rest: rest == 0)


def _parity(evaluation: Evaluation, number: Decimal, answer: Callable[[int], bool]) -> object:
    integer = whole(number)
    if integer is None:
        return evaluation.null("odd and even are asked of whole numbers only")
    return answer(integer % 2)


@builtin("random number()")
def random_number(evaluation: Evaluation) -> Decimal:
    """From 0 to below 1; not for secrets."""
    return Decimal(repr(random.random()))  # noqa: S311 - no secret depends on it
