"""What is asked of calendars and clocks by those who may not: for the table of `test_authorisation.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from engine import (
    Actor,
    CalendarHistory,
    CalendarPage,
    Calendars,
    ClocksOfRecord,
    HolidaySource,
    ReadHolidays,
    SaveCalendar,
    WhatFallsDue,
)

Asking = Callable[[Any, Actor], Any]

_DOCUMENT = {"kind": "calendar", "name": "office", "zone": "Asia/Jakarta", "week": {"mon": ["08:00-12:00"]}}
_START = datetime(2030, 1, 1, tzinfo=UTC)

#: For those who keep calendars.
FORBIDDEN: Mapping[str, Asking] = {
    "ReadHolidays": lambda w, a: ReadHolidays(
        actor=a, name="office", source=HolidaySource.CSV, content=b"date,name\n2030-01-01,New year\n"
    ),
    "SaveCalendar": lambda w, a: SaveCalendar(document=_DOCUMENT, version=1, comment="longer days", actor=a),
}
#: Hidden from a requester whom the record does not concern.
HIDDEN: Mapping[str, Asking] = {
    "ClocksOfRecord": lambda w, a: ClocksOfRecord(actor=a, number=w.number),
}
#: What auditors may ask of them that a plain requester may not.
FOR_AUDITORS = frozenset({"ClocksOfRecord"})
#: For everybody with an active account: working hours are no secret.
OPEN: Mapping[str, Asking] = {
    "CalendarHistory": lambda w, a: CalendarHistory(actor=a, name="office"),
    "CalendarPage": lambda w, a: CalendarPage(actor=a, name="office"),
    "Calendars": lambda w, a: Calendars(actor=a),
    "WhatFallsDue": lambda w, a: WhatFallsDue(actor=a, name="office", start=_START, duration="PT1H"),
}
