"""Conversion functions. Source: DMN 1.5, 10.3.4.1; JSON and time zones are Camunda's."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from ..ast import Call, Literal, Name, Negation, Node
from ..evaluation import Evaluation
from ..operations import negate
from ..parser import parse_range
from ..values import Date, DateTime, DaysDuration, MonthsDuration, Range, Time, from_json, less_than, text_of, to_json
from ..values.durations import NANOS, parse_duration
from ..values.numbers import plus, truncated, whole
from ..values.temporal import make_time, parse_date, parse_date_time, parse_time
from ..values.zones import Zone, parse_zone
from .registry import BUILTINS, builtin

_TEMPORAL_FUNCTIONS = ("date", "time", "date and time", "duration")
_NUMBER = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


@builtin("string(from: any, mask?: any)")
def string(evaluation: Evaluation, value: object, mask: object = None) -> object:
    return None if value is None or mask is not None else text_of(value)


@builtin("number(from: string|number)")
def number(evaluation: Evaluation, text: str | Decimal) -> object:
    if isinstance(text, Decimal):
        return text
    if len(text) > 10_000 or not _NUMBER.fullmatch(text):
        return evaluation.null("number: the text is no number")
    return plus(Decimal(text))


@builtin("number(from: string, grouping separator: string|Null, decimal separator?: string|Null)")
def number_with_separators(evaluation: Evaluation, text: str, grouping: str | None, point: str | None = None) -> object:
    if (
        grouping not in (None, " ", ",", ".")
        or point not in (None, ",", ".")
        or (point is not None and grouping == point)
    ):
        return evaluation.null("number: separators are a space, a comma or a point, and differ")
    if grouping:
        text = text.replace(grouping, "")
    return number(evaluation, text.replace(point, ".") if point else text)


@builtin("not(negand: any)")
def not_(evaluation: Evaluation, negand: object) -> object:
    if isinstance(negand, list) and len(negand) == 1:
        negand = negand[0]
    return not negand if isinstance(negand, bool) else evaluation.null("not takes a boolean")


@builtin("date(from: string)")
def date(evaluation: Evaluation, text: str) -> Date:
    return parse_date(text)


@builtin("date(from: date|moment)")
def date_of(evaluation: Evaluation, value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@builtin("date(year: number, month: number, day: number)")
def date_from_parts(evaluation: Evaluation, year: Decimal, month: Decimal, day: Decimal) -> Date:
    return Date(_int(year), _int(month), _int(day))


def _int(value: Decimal) -> int:
    integer = whole(value)
    if integer is None:
        raise ValueError("a whole number was expected")
    return integer


@builtin("time(from: string)")
def time(evaluation: Evaluation, text: str) -> Time:
    return parse_time(text)


@builtin("time(from: time|date|moment)")
def time_of(evaluation: Evaluation, value: Time | Date | DateTime) -> Time:
    if isinstance(value, DateTime):
        return value.time
    return Time(0, 0) if isinstance(value, Date) else value


@builtin("time(hour: number, minute: number, second: number, offset?: days|Null)")
def time_from_parts(
    evaluation: Evaluation, hour: Decimal, minute: Decimal, second: Decimal, offset: DaysDuration | None = None
) -> Time:
    seconds = truncated(second)
    if seconds is None or second < 0:
        raise ValueError("there is no such time")
    nanos = int((second - seconds) * NANOS)
    return make_time(_int(hour), _int(minute), seconds, nanos, None if offset is None else offset.nanos // NANOS)


@builtin("date and time(from: string)")
def date_and_time(evaluation: Evaluation, text: str) -> DateTime:
    return parse_date_time(text)


@builtin("date and time(from: moment)")
def date_and_time_of(evaluation: Evaluation, value: DateTime) -> DateTime:
    return value


@builtin("date and time(date: date|moment, time: time)")
def date_and_time_from_parts(evaluation: Evaluation, day: Date | DateTime, time_of_day: Time) -> DateTime:
    return DateTime(day.date if isinstance(day, DateTime) else day, time_of_day)


@builtin("date and time(date: moment, timezone: string)")
def date_and_time_in_zone(evaluation: Evaluation, moment: DateTime, timezone: str) -> DateTime:
    """The same instant elsewhere; a local one counts as the system's, which is UTC here."""
    return DateTime.from_instant(moment.instant, _zone(timezone))


def _zone(text: str) -> Zone:
    return parse_zone(text if text[:1] in ("+", "-", "@", "Z", "z") else "@" + text)


@builtin("duration(from: string)")
def duration(evaluation: Evaluation, text: str) -> DaysDuration | MonthsDuration:
    return parse_duration(text)


@builtin("duration(from: days|months)")
def duration_of(evaluation: Evaluation, value: DaysDuration | MonthsDuration) -> DaysDuration | MonthsDuration:
    return value


@builtin("years and months duration(from: date|moment, to: date|moment)")
def years_and_months_duration(evaluation: Evaluation, start: Date | DateTime, end: Date | DateTime) -> MonthsDuration:
    """Whole months between; negative when `to` comes first."""
    first = start.date if isinstance(start, DateTime) else start
    last = end.date if isinstance(end, DateTime) else end
    months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return MonthsDuration(months)


@builtin("range(from: string)")
def range_(evaluation: Evaluation, text: str) -> object:
    """A range of literals, as "[18..21)"."""
    node = parse_range(text, evaluation.limits)
    start, end = _end_of_range(evaluation, node.start), _end_of_range(evaluation, node.end)
    if start is None and end is None:
        return evaluation.null("range: the text is no range of literals")
    if start is not None and end is not None and less_than(end, start) is not False:
        return evaluation.null("range: the ends are of different kinds or in the wrong order")
    operator = "" if start is not None and end is not None else "<" if start is None else ">"
    return Range(start, end, node.start_included, node.end_included, operator)


def _end_of_range(evaluation: Evaluation, node: Node) -> object:
    """Return a constant, a negative one, or what date("...") and the like give; raises ValueError for anything else."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Negation):
        return negate(evaluation, _end_of_range(evaluation, node.operand))
    if isinstance(node, Call) and isinstance(node.callee, Name) and node.callee.name in _TEMPORAL_FUNCTIONS:
        return BUILTINS[node.callee.name].invoke(
            evaluation, [_end_of_range(evaluation, part) for part in node.arguments]
        )
    raise ValueError("the text is no range of literals")


@builtin("from json(value: string)")
def from_json_text(evaluation: Evaluation, text: str) -> object:
    evaluation.budget.spend_text(len(text))
    evaluation.budget.spend(text.count(","))
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=lambda name: None)
    except (RecursionError, ValueError):
        return evaluation.null("from json: the text is no JSON")
    return from_json(value)


@builtin("to json(value: any)")
def to_json_text(evaluation: Evaluation, value: object) -> str:
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))
