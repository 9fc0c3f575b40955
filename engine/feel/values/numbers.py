"""FEEL numbers: decimals of 34 digits, as IEEE 754-2008 decimal128 (DMN 1.5, 10.3.2.3.1)."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from math import isfinite

#: Its methods round, its traps turn overflow and the like into an exception that the caller makes null.
CONTEXT = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    flags=[],
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

ZERO = Decimal(0)
ONE = Decimal(1)

#: An int of more bits is beyond the largest decimal, and slow to convert.
_MOST_BITS = 20_500

#: Below this, no rounding is needed.
_EXACT = 10**34


def number_from_int(number: int) -> Decimal | None:
    """Return the decimal nearest to an int, or None when it is too large."""
    if -_EXACT < number < _EXACT:
        return Decimal(number)
    if number.bit_length() > _MOST_BITS:
        return None
    return plus(Decimal(number))


def number_from_float(number: float) -> Decimal | None:
    """Return the decimal a person would write for a float (0.1, not its binary value); None for NaN and infinity."""
    return plus(Decimal(repr(number)))


def plus(number: Decimal) -> Decimal | None:
    """Return `number` rounded to 34 digits, or None when it is not finite or too large."""
    if not number.is_finite():
        return None
    try:
        return CONTEXT.plus(number)
    except ArithmeticError:
        return None


def whole(number: Decimal) -> int | None:
    """Return the int equal to `number`, or None when it has a fraction or is absurdly large."""
    if number.adjusted() > 40:
        return None
    return int(number) if number == number.to_integral_value() else None


def truncated(number: Decimal) -> int | None:
    """Return `number` without its fraction as int, or None when it is absurdly large."""
    return None if number.adjusted() > 40 else int(number)


def format_number(number: Decimal) -> str:
    """Return `number` in plain digits, without trailing zeros: 1.10 -> "1.1", 1E+3 -> "1000"."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def json_number(number: Decimal) -> int | float | None:
    """Return an int when integral (and within 64 bits), else the nearest float; None beyond the floats."""
    if number.adjusted() < 18 and number == number.to_integral_value():
        return int(number)
    nearest = float(number)
    return nearest if isfinite(nearest) else None
