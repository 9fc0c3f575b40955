"""The two durations of FEEL: exact time (days and time) and calendar time (years and months)."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import total_ordering
from typing import ClassVar

NANOS = 1_000_000_000
NANOS_PER_DAY = 86_400 * NANOS

#: Beyond these a duration is refused, because integers without bounds grow slow.
_MOST_NANOS = 10**33
_MOST_MONTHS = 10**20

#: Digits of one component; more would only be a way to make big integers.
_DURATION = re.compile(
    r"(-)?P(?:(\d{1,18})Y)?(?:(\d{1,18})M)?(?:(\d{1,18})D)?"
    r"(T(?:(\d{1,18})H)?(?:(\d{1,18})M)?(?:(\d{1,18})(?:\.(\d{0,30}))?S)?)?",
    re.ASCII,
)


@total_ordering
class DaysDuration:
    """A days and time duration; `nanos` may be negative."""

    __slots__ = ("nanos",)
    feel_type: ClassVar[str] = "days and time duration"

    def __init__(self, nanos: int) -> None:
        """Raises ValueError when it is beyond 10**19 days or so."""
        if not -_MOST_NANOS <= nanos <= _MOST_NANOS:
            raise ValueError("the duration is too long")
        self.nanos = nanos

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DaysDuration) and self.nanos == other.nanos

    def __lt__(self, other: DaysDuration) -> bool:
        return self.nanos < other.nanos

    def __hash__(self) -> int:
        return hash(("days", self.nanos))

    def isoformat(self) -> str:
        """Return the canonical text, as "P1DT2H3M4.5S"."""
        seconds, fraction = divmod(abs(self.nanos), NANOS)
        days, seconds = divmod(seconds, 86_400)
        hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
        clock = _part(hours, "H") + _part(minutes, "M")
        if seconds or fraction:
            clock += f"{seconds}{fraction_text(fraction)}S"
        text = _part(days, "D") + ("T" + clock if clock else "")
        return ("-" if self.nanos < 0 else "") + "P" + (text or "T0S")

    __str__ = isoformat

    def __repr__(self) -> str:
        return f'duration("{self.isoformat()}")'

    def to_timedelta(self) -> timedelta:
        """Return the timedelta, cut to microseconds; raises OverflowError beyond its range."""
        return timedelta(microseconds=self.nanos // 1000)


@total_ordering
class MonthsDuration:
    """A years and months duration; `months` may be negative."""

    __slots__ = ("months",)
    feel_type: ClassVar[str] = "years and months duration"

    def __init__(self, months: int) -> None:
        """Raises ValueError when it is beyond 10**19 years or so."""
        if not -_MOST_MONTHS <= months <= _MOST_MONTHS:
            raise ValueError("the duration is too long")
        self.months = months

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MonthsDuration) and self.months == other.months

    def __lt__(self, other: MonthsDuration) -> bool:
        return self.months < other.months

    def __hash__(self) -> int:
        return hash(("months", self.months))

    def isoformat(self) -> str:
        """Return the canonical text, as "P1Y2M"."""
        years, months = divmod(abs(self.months), 12)
        text = _part(years, "Y") + _part(months, "M")
        return ("-" if self.months < 0 else "") + "P" + (text or "0M")

    __str__ = isoformat

    def __repr__(self) -> str:
        return f'duration("{self.isoformat()}")'


def parse_duration(text: str) -> DaysDuration | MonthsDuration:
    """Return the duration of an ISO 8601 text; raises ValueError for other texts and for mixed kinds."""
    match = _DURATION.fullmatch(text)
    if match is None or text[-1] in "PT":
        raise ValueError("{} is no duration", text[:40])
    sign, years, months, days, clock, hours, minutes, seconds, fraction = match.groups()
    factor = -1 if sign else 1
    if years or months:
        if days or clock:
            raise ValueError("a duration has years and months, or days and time, but not both")
        return MonthsDuration(factor * (int(years or 0) * 12 + int(months or 0)))
    total = ((int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)
    return DaysDuration(factor * (total * NANOS + parse_fraction(fraction)))


def parse_fraction(digits: str | None) -> int:
    """Return the nanoseconds of the digits after the decimal point; further digits are cut."""
    return int(((digits or "") + "000000000")[:9])


def fraction_text(nanos: int) -> str:
    """Return nanoseconds as ".5"; the empty text for 0."""
    return f".{nanos:09d}".rstrip("0") if nanos else ""


def _part(number: int, unit: str) -> str:
    return f"{number}{unit}" if number else ""
