"""Holidays from an ICS file (iCalendar): whole-day events, also those that come again every year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar as Ics
from icalendar import Component

from engine.deadlines.calendar import Holiday
from engine.deadlines.holiday_lists.list import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_ENTRIES,
    HolidayList,
    Refusal,
    kind_by_name,
    text_of,
    tidy_name,
)
from engine.errors import InputInvalid
from engine.model import Label

#: Longer events are no holidays.
_LONGEST_DAYS = 31
#: An event that comes again every year is written out for so many years.
_YEARS_AHEAD = 10
#: VCALENDAR, VEVENT and an alarm within; more depth is an attack on whoever reads by recursion.
_DEEPEST = 4
_LONGEST_LINE = 20_000


def read_ics(content: bytes) -> HolidayList:
    """Return the whole-day events of an ICS file; events that are no whole days are refused by name.

    Rules of recurrence are never expanded by the library: yearly ones are written out here for ten years, others
    refused. Raises InputInvalid when the file is no ICS, too large, or nested beyond sense.
    """
    text = text_of(content)
    _require_sane(text)
    try:
        calendars = Ics.from_ical(text, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise _no_ics() from error
    if not calendars:
        raise _no_ics()
    holidays: dict[date, Holiday] = {}
    refusals = []
    for event in events:
        name = tidy_name(str(event.get("SUMMARY", "")))
        try:
            found = list(_days_of(event, name))
        except _Refused as refused:
            refusals.append(Refusal(name or "VEVENT", refused.reason))
            continue
        holidays |= {holiday.on: holiday for holiday in found}
    return HolidayList(tuple(sorted(holidays.values(), key=lambda one: one.on)), tuple(refusals))


class _Refused(Exception):
    def __init__(self, english: str, indonesian: str) -> None:
        self.reason = Label(english, indonesian)
        super().__init__(english)


def _require_sane(text: str) -> None:
    depth, entries = 0, 0
    for line in text.splitlines():
        if len(line) > _LONGEST_LINE:
            raise _no_ics()
        word = line.strip().upper()
        if word.startswith("BEGIN:"):
            depth += 1
            entries += 1
        elif word.startswith("END:"):
            depth -= 1
        if depth > _DEEPEST or entries > MOST_ENTRIES:
            raise InputInvalid(
                Label(
                    f"The file holds more than {MOST_ENTRIES} entries, or entries within entries.",
                    f"Berkas berisi lebih dari {MOST_ENTRIES} entri, atau entri di dalam entri.",
                )
            )


def _no_ics() -> InputInvalid:
    return InputInvalid(Label("The file is no calendar in ICS format.", "Berkas bukan kalender berformat ICS."))


def _days_of(event: Component, name: str) -> Iterator[Holiday]:
    if not name:
        raise _Refused("It has no name.", "Tidak ada nama.")
    first, days = _span(event)
    for year in _years(event, first):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise _Refused(f"The year {year} is out of range.", f"Tahun {year} di luar jangkauan.")
        for offset in range(days):
            try:
                on = first.replace(year=year) + timedelta(days=offset)
            except ValueError:  # 29 February
                continue
            yield Holiday(on, Label(name, name), kind_by_name(name))


def _span(event: Component) -> tuple[date, int]:
    """Return the first day and how many there are."""
    start, end = _value(event, "DTSTART"), _value(event, "DTEND")
    if not _is_day(start):
        raise _Refused("It is no whole day.", "Bukan sehari penuh.")
    last = end if _is_day(end) else start + timedelta(days=1)
    days = max(1, (last - start).days)
    if days > _LONGEST_DAYS:
        raise _Refused(f"It lasts longer than {_LONGEST_DAYS} days.", f"Lebih lama dari {_LONGEST_DAYS} hari.")
    return start, days


def _years(event: Component, first: date) -> list[int]:
    rule = event.get("RRULE")
    if rule is None:
        return [first.year]
    frequency = str(next(iter(rule.get("FREQ") or [""]), "")).upper()
    others = {str(name).upper() for name in rule} - {"FREQ", "COUNT", "UNTIL", "INTERVAL", "WKST"}
    interval = next(iter(rule.get("INTERVAL") or [1]), 1)
    # BYMONTH and BYMONTHDAY that repeat what the first day says are what calendar programs write.
    if frequency != "YEARLY" or interval != 1 or others - {"BYMONTH", "BYMONTHDAY"} or not _says_first(rule, first):
        raise _Refused("Only yearly repetition is read.", "Hanya pengulangan tahunan yang dibaca.")
    count = next(iter(rule.get("COUNT") or [_YEARS_AHEAD]), _YEARS_AHEAD)
    until = next(iter(rule.get("UNTIL") or []), None)
    last = until.year if isinstance(until, date) else LAST_YEAR
    return [year for year in range(first.year, first.year + min(int(count), _YEARS_AHEAD)) if year <= last]


def _says_first(rule: Any, first: date) -> bool:
    months = [int(re.sub(r"\D", "", str(month)) or 0) for month in rule.get("BYMONTH") or [first.month]]
    days = [int(day) for day in rule.get("BYMONTHDAY") or [first.day]]
    return months == [first.month] and days == [first.day]


def _value(event: Component, name: str) -> Any:
    try:
        return event.decoded(name, None)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _Refused(f"{name} is no date.", f"{name} bukan tanggal.") from error


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
