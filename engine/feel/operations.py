"""Arithmetic between FEEL values of any kinds. Source: DMN 1.5, 10.3.2.5 (tables 55 to 60)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, DivisionByZero

from .evaluation import Evaluation
from .reasons import reason_of
from .values import Date, DateTime, DaysDuration, MonthsDuration, Time, kind_of
from .values.durations import NANOS_PER_DAY
from .values.numbers import CONTEXT, ONE


def apply(evaluation: Evaluation, operator: str, left: object, right: object) -> object:
    """Return left operator right; null with a warning when that has no meaning or no finite result."""
    operation = _OPERATIONS.get((operator, type(left), type(right)))
    if operation is None:
        if left is None or right is None:
            return evaluation.null("null has no place in {}", operator)
        return evaluation.null("{} {} {} has no meaning", kind_of(left), operator, kind_of(right))
    try:
        result = operation(left, right)
    except (ArithmeticError, ValueError) as error:
        return evaluation.null("{} {} {}: {}", kind_of(left), operator, kind_of(right), reason_of(error))
    if type(result) is str:
        evaluation.budget.spend_text(len(result))
    return result


def negate(evaluation: Evaluation, value: object) -> object:
    """Return -value for numbers and durations, else null."""
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, DaysDuration):
        return DaysDuration(-value.nanos)
    if isinstance(value, MonthsDuration):
        return MonthsDuration(-value.months)
    return evaluation.null("- {} has no meaning", kind_of(value))


def _date_plus_days(date: Date, duration: DaysDuration) -> Date:
    return Date.from_days((date.days * NANOS_PER_DAY + duration.nanos) // NANOS_PER_DAY)


def _moment_plus_days(moment: DateTime, duration: DaysDuration) -> DateTime:
    """On the time line, so that across a change of clocks a day is 24 hours."""
    return DateTime.from_instant(moment.instant + duration.nanos, moment.zone)


def _moment_plus_months(moment: DateTime, duration: MonthsDuration) -> DateTime:
    return DateTime(moment.date.plus_months(duration.months), moment.time)


def _time_plus(time: Time, duration: DaysDuration) -> Time:
    return Time((time.nanos + duration.nanos) % NANOS_PER_DAY, time.zone)


def _between_moments(later: DateTime, earlier: DateTime) -> DaysDuration:
    if (later.zone is None) is not (earlier.zone is None):
        raise ValueError("one has a time zone and the other has none")
    return DaysDuration(later.instant - earlier.instant)


def _midnight(date: Date) -> DateTime:
    return DateTime(date, Time(0, 0))


def _between_times(later: Time, earlier: Time) -> DaysDuration:
    if (later.zone is None) is not (earlier.zone is None):
        raise ValueError("one has a time zone and the other has none")
    return DaysDuration(later.key[1] - earlier.key[1])


def _scaled(amount: int, factor: Decimal) -> int:
    return int(CONTEXT.multiply(Decimal(amount), factor))


def _divided(amount: int, divisor: Decimal) -> int:
    return int(CONTEXT.divide(Decimal(amount), divisor))


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    """As IEEE 754 the power 0 is 1, also of 0; the decimal module would refuse that, and give Infinity for 0 ** -1."""
    if not exponent:
        return ONE
    if not base and exponent < 0:
        raise DivisionByZero
    return CONTEXT.power(base, exponent)


def _ratio(left: int, right: int) -> Decimal:
    return CONTEXT.divide(Decimal(left), Decimal(right))


_D, _M = DaysDuration, MonthsDuration

_OPERATIONS: dict[tuple[str, type, type], Callable[..., object]] = {
    ("+", Decimal, Decimal): CONTEXT.add,
    ("-", Decimal, Decimal): CONTEXT.subtract,
    ("*", Decimal, Decimal): CONTEXT.multiply,
    ("/", Decimal, Decimal): CONTEXT.divide,
    ("**", Decimal, Decimal): _power,
    ("+", str, str): lambda a, b: a + b,
    ("+", _D, _D): lambda a, b: _D(a.nanos + b.nanos),
    ("-", _D, _D): lambda a, b: _D(a.nanos - b.nanos),
    ("+", _M, _M): lambda a, b: _M(a.months + b.months),
    ("-", _M, _M): lambda a, b: _M(a.months - b.months),
    ("*", _D, Decimal): lambda a, b: _D(_scaled(a.nanos, b)),
    ("*", Decimal, _D): lambda a, b: _D(_scaled(b.nanos, a)),
    ("/", _D, Decimal): lambda a, b: _D(_divided(a.nanos, b)),
    ("/", _D, _D): lambda a, b: _ratio(a.nanos, b.nanos),
    ("*", _M, Decimal): lambda a, b: _M(_scaled(a.months, b)),
    ("*", Decimal, _M): lambda a, b: _M(_scaled(b.months, a)),
    ("/", _M, Decimal): lambda a, b: _M(_divided(a.months, b)),
    ("/", _M, _M): lambda a, b: _ratio(a.months, b.months),
    ("+", Date, _M): lambda a, b: a.plus_months(b.months),
    ("+", _M, Date): lambda a, b: b.plus_months(a.months),
    ("-", Date, _M): lambda a, b: a.plus_months(-b.months),
    ("+", Date, _D): _date_plus_days,
    ("+", _D, Date): lambda a, b: _date_plus_days(b, a),
    ("-", Date, _D): lambda a, b: _date_plus_days(a, _D(-b.nanos)),
    ("+", DateTime, _M): _moment_plus_months,
    ("+", _M, DateTime): lambda a, b: _moment_plus_months(b, a),
    ("-", DateTime, _M): lambda a, b: _moment_plus_months(a, _M(-b.months)),
    ("+", DateTime, _D): _moment_plus_days,
    ("+", _D, DateTime): lambda a, b: _moment_plus_days(b, a),
    ("-", DateTime, _D): lambda a, b: _moment_plus_days(a, _D(-b.nanos)),
    ("+", Time, _D): _time_plus,
    ("+", _D, Time): lambda a, b: _time_plus(b, a),
    ("-", Time, _D): lambda a, b: _time_plus(a, _D(-b.nanos)),
    ("-", Date, Date): lambda a, b: _D((a.days - b.days) * NANOS_PER_DAY),
    ("-", DateTime, DateTime): _between_moments,
    ("-", DateTime, Date): lambda a, b: _between_moments(a, _midnight(b)),
    ("-", Date, DateTime): lambda a, b: _between_moments(_midnight(a), b),
    ("-", Time, Time): _between_times,
}
