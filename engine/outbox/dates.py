"""Dates in notifications: as people write them, in the language of the text and on the organisation's clock."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
}
_CLOCK = {"en": "%H:%M", "id": "%H.%M"}


def with_dates_in_words(text: str, language: str, zone: tzinfo) -> str:
    """Return an ISO date ("4 Dec 2026") or date and time ("4 Dec 2026 18:00") in words; any other text as it is."""
    try:
        if _DAY.fullmatch(text):
            return _day(date.fromisoformat(text), language)
        if _MOMENT.match(text):
            moment = datetime.fromisoformat(text)
            local = moment.astimezone(zone) if moment.tzinfo else moment
            return f"{_day(local, language)} {local.strftime(_CLOCK[language])}"
    except (ValueError, OverflowError):
        return text  # looks like a date, and is none
    return text


def _day(day: date, language: str) -> str:
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
