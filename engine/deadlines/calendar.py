"""A business calendar: when an organisation works, in its own time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from engine.model import Label

#: Seconds since local midnight, start and end; 86400 is the end of the day.
Interval = tuple[int, int]
#: Intervals of one day, in order, without overlap; empty means closed.
Hours = tuple[Interval, ...]

_NO_LABEL = Label("", "")

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class HolidayKind(Enum):
    """Who closes the day."""

    NATIONAL = "national"
    CUTI_BERSAMA = "cuti_bersama"  #: collective leave; a calendar says whether it closes then


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that is not like its weekday."""

    on: date
    name: Label
    kind: HolidayKind


@dataclass(frozen=True, slots=True)
class Override:
    """Other hours from `first_on` to `last_on`, both included; a weekday it does not name keeps its usual hours."""

    first_on: date
    last_on: date
    week: Mapping[str, Hours]


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working hours per weekday, with holidays and overrides; of two overrides for a day the later listed wins."""

    name: str
    zone: ZoneInfo
    week: Mapping[str, Hours]
    holidays: Mapping[date, Holiday] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    closes_on_cuti_bersama: bool = True
    label: Label = _NO_LABEL
    #: Login names and groups that may change it, beside administrators.
    owners: tuple[str, ...] = ()
    #: Filled by `engine.deadlines.timeline`, one table per year; building it twice in two threads is harmless.
    years: dict[int, Any] = field(default_factory=dict, repr=False)

    def hours_on(self, day: date) -> Hours:
        """Return the working hours of a local day. A holiday closes it, whatever an override says."""
        if self.closed_by(day) is not None:
            return ()
        weekday = WEEKDAYS[day.weekday()]
        for override in reversed(self.overrides):
            if override.first_on <= day <= override.last_on and weekday in override.week:
                return override.week[weekday]
        return self.week.get(weekday, ())

    def closed_by(self, day: date) -> Holiday | None:
        """Return the holiday that closes the day, or None."""
        holiday = self.holidays.get(day)
        if holiday is None or (holiday.kind is HolidayKind.CUTI_BERSAMA and not self.closes_on_cuti_bersama):
            return None
        return holiday
