"""A year of a calendar as a wall calendar shows it: every day with its hours and what is special about it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum

from engine.deadlines.calendar import WEEKDAYS, Calendar, Holiday, Hours
from engine.deadlines.timeline import year_of


class SheetKind(Enum):
    """How a day looks."""

    WORKING = "working"  #: the hours that this weekday usually has
    OTHER = "other"  #: other hours, by an override
    CLOSED = "closed"  #: this weekday has no hours
    HOLIDAY = "holiday"  #: a national holiday closes it
    LEAVE = "leave"  #: joint leave closes it


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One day. `holiday` stands here too where the calendar stays open on it."""

    on: date
    kind: SheetKind
    hours: Hours
    holiday: Holiday | None


@dataclass(frozen=True, slots=True)
class SheetMonth:
    """A month; `blanks` is how many places are empty before its first day in weeks that begin on Monday."""

    first_on: date
    blanks: int
    days: tuple[SheetDay, ...]


@dataclass(frozen=True, slots=True)
class YearSheet:
    """A year of a calendar."""

    year: int
    months: tuple[SheetMonth, ...]
    working_days: int
    working_hours: float

    @property
    def special_days(self) -> tuple[SheetDay, ...]:
        """Return the days with a holiday, in order."""
        return tuple(day for month in self.months for day in month.days if day.holiday is not None)


def year_sheet(calendar: Calendar, year: int) -> YearSheet:
    """Return the year; raises ValueError beyond 1970 to 2199."""
    table = year_of(calendar, year)
    months = tuple(_month(calendar, year, month) for month in range(1, 13))
    return YearSheet(year, months, len(table.days), table.total / 3_600_000_000)


def _month(calendar: Calendar, year: int, month: int) -> SheetMonth:
    blanks, length = monthrange(year, month)
    days = tuple(_day(calendar, date(year, month, number)) for number in range(1, length + 1))
    return SheetMonth(date(year, month, 1), blanks, days)


def _day(calendar: Calendar, day: date) -> SheetDay:
    hours = calendar.hours_on(day)
    return SheetDay(day, _kind(calendar, day, hours), hours, calendar.holidays.get(day))


def _kind(calendar: Calendar, day: date, hours: Hours) -> SheetKind:
    closing = calendar.closed_by(day)
    if closing is not None:
        return SheetKind.HOLIDAY if closing.kind.value == "national" else SheetKind.LEAVE
    usual = calendar.week.get(WEEKDAYS[day.weekday()], ())
    if hours != usual:
        return SheetKind.OTHER
    return SheetKind.WORKING if hours else SheetKind.CLOSED
