"""What FEEL may ask of business calendars: bizadd and bizdiff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from engine.deadlines.business_time import bizadd, bizdiff
from engine.deadlines.calendar import Calendar
from engine.deadlines.durations import from_feel
from engine.feel import Date, DateTime, Time
from engine.feel.values.temporal import parse_date_time


def host_functions(calendars: Mapping[str, Calendar]) -> Mapping[str, Callable[..., object]]:
    """Return the functions by name, for `engine.feel`; they raise ValueError or TypeError, which FEEL turns into null.

    bizadd(calendar name, from, duration) gives a date and time; bizdiff(calendar name, from, to) gives a duration. A
    moment is a date and time, or a date (its midnight), or the text of one; without an offset it is in the calendar's
    zone.
    """

    # The signatures of FEEL: any value may come.
    def feel_bizadd(calendar: object, start: object, duration: object) -> datetime:
        chosen = _named(calendars, calendar)
        return bizadd(chosen, _moment(start, chosen), from_feel(duration))

    def feel_bizdiff(calendar: object, start: object, end: object) -> timedelta:
        chosen = _named(calendars, calendar)
        return bizdiff(chosen, _moment(start, chosen), _moment(end, chosen))

    return {"bizadd": feel_bizadd, "bizdiff": feel_bizdiff}


def _named(calendars: Mapping[str, Calendar], name: object) -> Calendar:
    if not isinstance(name, str) or name not in calendars:
        raise ValueError(f"there is no calendar {str(name)[:60]!r}; known are {', '.join(sorted(calendars))}")
    return calendars[name]


def _moment(value: object, calendar: Calendar) -> datetime:
    if isinstance(value, str):
        value = parse_date_time(value)
    if isinstance(value, Date):
        value = DateTime(value, Time(0))
    if not isinstance(value, DateTime):
        raise TypeError("expected a date and time")
    try:
        moment = value.to_python()
    except OverflowError as error:
        raise ValueError(f"the year {value.date.year} is out of range") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=calendar.zone)
