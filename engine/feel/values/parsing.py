"""Texts that are temporal values of any kind, as after @."""

from __future__ import annotations

from .durations import DaysDuration, MonthsDuration, parse_duration
from .temporal import Date, DateTime, Time, parse_date, parse_date_time, parse_time

Temporal = Date | Time | DateTime | DaysDuration | MonthsDuration


def parse_temporal(text: str) -> Temporal | None:
    """Return the date, date and time, time or duration of a text, or None."""
    for parse in (parse_date, parse_time, parse_date_time, parse_duration):
        try:
            return parse(text)
        except ValueError:
            continue
    return None
