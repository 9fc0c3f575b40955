"""Business calendars for people: their year, their versions, what falls due when, holidays from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.calendar_documents import deployed_calendar, may_keep
from engine.commands.context import CommandContext
from engine.deadlines import (
    Calendar,
    DueTime,
    HolidayList,
    YearSheet,
    calendar_document,
    compare_calendars,
    explain,
    is_working,
    national_holidays,
    parse_calendar,
    parse_duration,
    read_csv,
    read_ics,
    year_sheet,
)
from engine.documents import parse_document
from engine.errors import DefinitionInvalid, InputInvalid, NotPermitted, ResourceNotFound
from engine.model import Actor, Label, Recalculation, ResourceKind
from engine.queries.readers import reader_of
from engine.store.deadlines import DeadlineRows, RecalculationRows
from engine.store.monitoring import deployment_list
from engine.store.resources import Resources
from engine.store.workplace.record_lists import display_names

#: So many versions are compared with the one before; older ones are listed by date alone.
_COMPARED = 50


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One calendar of the list."""

    calendar: Calendar
    is_open: bool  #: work goes on now
    may_keep: bool
    recalculation: Recalculation | None  #: the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendars:
    """Ask for all calendars by name; every active person may."""

    actor: Actor

    def run(self, context: CommandContext) -> tuple[CalendarLine, ...]:
        """Answer."""
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        calendars = context.definitions.documents(context.work).calendars()
        jobs = RecalculationRows(context.work).newest(calendars)
        return tuple(
            CalendarLine(one, is_working(one, context.now), may_keep(permissions, one), jobs.get(name))
            for name, one in sorted(calendars.items())
        )


@dataclass(frozen=True, slots=True)
class CalendarPageData:
    """One calendar with a year of it."""

    calendar: Calendar
    document: Mapping[str, Any]  #: the calendar as `SaveCalendar` takes it
    version: int
    sheet: YearSheet
    is_open: bool
    may_keep: bool
    open_clocks: int
    recalculation: Recalculation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPage:
    """Ask for a calendar and a year of it; raises ResourceNotFound, and InputInvalid for a year that nobody plans."""

    actor: Actor
    name: str
    year: int | None = None  #: None: the present one, in the calendar's zone

    def run(self, context: CommandContext) -> CalendarPageData:
        """Answer."""
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        deployed = deployed_calendar(context, self.name)
        if deployed is None:
            raise ResourceNotFound(self.name)
        calendar = deployed.calendar
        year = self.year if self.year is not None else context.now.astimezone(calendar.zone).year
        try:
            sheet = year_sheet(calendar, year)
        except ValueError as error:
            raise InputInvalid(Label("Choose a year from 1970 to 2199.", "Pilih tahun 1970 sampai 2199.")) from error
        return CalendarPageData(
            calendar,
            calendar_document(calendar),
            deployed.stored.version,
            sheet,
            is_working(calendar, context.now),
            may_keep(permissions, calendar),
            DeadlineRows(context.work).count_open(self.name),
            RecalculationRows(context.work).newest([self.name]).get(self.name),
        )


@dataclass(frozen=True, slots=True)
class CalendarVersion:
    """A version of a calendar and how it differs from the one before."""

    version: int
    deployed_at: datetime
    by: str
    comment: str
    changes: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHistory:
    """Ask for the versions of a calendar, newest first; raises ResourceNotFound."""

    actor: Actor
    name: str

    def run(self, context: CommandContext) -> tuple[CalendarVersion, ...]:
        """Answer."""
        reader_of(context, self.actor)
        work = context.work
        files = deployment_list.versions_of_file(work, ResourceKind.DOCUMENT.value, f"calendar:{self.name}")
        if not files:
            raise ResourceNotFound(self.name)
        why = deployment_list.deployed_why(work, [file.deployment_key for file in files])
        names = display_names(work, {by for by, _ in why.values()})
        contents = [_calendar(Resources(work).content(file.key), file.name) for file in files[: _COMPARED + 1]]
        found = []
        for number, file in enumerate(files):
            by, comment = why[file.deployment_key]
            after = contents[number] if number < len(contents) else None
            before = contents[number + 1] if number + 1 < len(contents) else None
            changes = compare_calendars(before, after) if before and after else []
            found.append(CalendarVersion(file.version, file.deployed_at, names.get(by, by), comment, tuple(changes)))
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatFallsDue:
    """Ask when a duration of business time is over; raises InputInvalid, ResourceNotFound."""

    actor: Actor
    name: str
    start: datetime  #: without a zone: in the calendar's
    duration: str  #: ISO 8601: P2D, PT4H

    def run(self, context: CommandContext) -> DueTime:
        """Answer, with a line for each day."""
        reader_of(context, self.actor)
        calendar = context.definitions.documents(context.work).calendars().get(self.name)
        if calendar is None:
            raise ResourceNotFound(self.name)
        start = self.start if self.start.tzinfo else self.start.replace(tzinfo=calendar.zone)
        try:
            duration = parse_duration(self.duration)
        except ValueError as error:
            raise InputInvalid(
                Label(
                    f"{self.duration[:40]!r} is no duration. Write for example P2D or PT4H.",
                    f"{self.duration[:40]!r} bukan durasi. Tulis misalnya P2D atau PT4H.",
                )
            ) from error
        try:
            return explain(calendar, start, duration)
        except (ValueError, OverflowError) as error:
            raise InputInvalid(
                Label(
                    "The time lies outside 1970 to 2199.",
                    "Waktunya di luar tahun 1970 sampai 2199.",
                )
            ) from error


class HolidaySource(Enum):
    """Where holidays are read from."""

    NATIONAL = "national"  #: the list of the country, computed
    ICS = "ics"
    CSV = "csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadHolidays:
    """Read holidays from a file or the national list, for who may change the calendar; nothing is stored.

    Raises InputInvalid for a file that is none of its kind, NotPermitted, ResourceNotFound.
    """

    actor: Actor
    name: str
    source: HolidaySource
    content: bytes = b""
    year: int = 0

    def run(self, context: CommandContext) -> HolidayList:
        """Answer."""
        permissions = read_permissions(context, self.actor)
        calendar = context.definitions.documents(context.work).calendars().get(self.name)
        if calendar is None:
            raise ResourceNotFound(self.name)
        if not may_keep(permissions, calendar):
            raise NotPermitted(
                "calendar", Label("only its owners change a calendar.", "hanya pemiliknya yang mengubah kalender.")
            )
        if self.source is HolidaySource.NATIONAL:
            return national_holidays(self.year)
        return (read_ics if self.source is HolidaySource.ICS else read_csv)(self.content)


def _calendar(content: bytes | None, file_name: str) -> Calendar | None:
    try:
        return parse_calendar(parse_document(content or b"", file_name), file_name)
    except DefinitionInvalid:  # deployed before a rule that now refuses it
        return None
