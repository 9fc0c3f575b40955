"""Date and time functions. Source: DMN 1.5, 10.3.4.6 and 10.3.4.7."""

from __future__ import annotations

from decimal import Decimal

from ..evaluation import Evaluation
from ..values import Date, DateTime, Time, equal
from ..values.temporal import days_in_month
from .registry import builtin

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@builtin("now()")
def now(evaluation: Evaluation) -> DateTime:
    return evaluation.now()


@builtin("today()")
def today(evaluation: Evaluation) -> Date:
    return evaluation.now().date


@builtin("day of year(date: date|moment)")
def day_of_year(evaluation: Evaluation, date: Date | DateTime) -> Decimal:
    day = _day(date)
    return Decimal(day.days - Date(day.year, 1, 1).days + 1)


@builtin("day of week(date: date|moment)")
def day_of_week(evaluation: Evaluation, date: Date | DateTime) -> str:
    return _DAYS[_day(date).weekday - 1]


@builtin("month of year(date: date|moment)")
def month_of_year(evaluation: Evaluation, date: Date | DateTime) -> str:
    return _MONTHS[_day(date).month - 1]


@builtin("week of year(date: date|moment)")
def week_of_year(evaluation: Evaluation, date: Date | DateTime) -> Decimal:
    """By ISO 8601: week 1 holds the first Thursday."""
    day = _day(date)
    thursday = Date.from_days(day.days - day.weekday + 4)
    return Decimal((thursday.days - Date(thursday.year, 1, 1).days) // 7 + 1)


@builtin("last day of month(date: date|moment)")
def last_day_of_month(evaluation: Evaluation, date: Date | DateTime) -> Date:
    day = _day(date)
    return Date(day.year, day.month, days_in_month(day.year, day.month))


@builtin("is(value1?: any, value2?: any)")
def is_(evaluation: Evaluation, left: object = None, right: object = None) -> bool:
    """Whether both are the same value of the same type; times also of the same zone."""
    if isinstance(left, (Time, DateTime)) and isinstance(right, (Time, DateTime)):
        return type(left) is type(right) and left.isoformat() == right.isoformat()
    if isinstance(left, (list, dict)):
        return equal(left, right, evaluation.budget) is True
    return type(left) is type(right) and left == right
