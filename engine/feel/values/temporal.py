"""Dates, times, and dates with times: years to +-999,999,999, nanoseconds, offsets and zones.

Python's own classes stop at year 9999 and at microseconds. Source: DMN 1.5, 10.3.2.3.4 to 10.3.2.3.6.
"""

from __future__ import annotations

import datetime as python
import re
from typing import ClassVar

from .durations import NANOS, NANOS_PER_DAY, fraction_text, parse_fraction
from .zones import MOST_OFFSET_SECONDS, Zone, format_zone, offset_at_instant, offset_at_local, parse_zone

MOST_YEARS = 999_999_999

_EPOCH = python.datetime.fromtimestamp(0, python.UTC).replace(tzinfo=None)  # as local clocks show it

_DATE = re.compile(r"(-?(?:[1-9]\d{4,8}|\d{4}))-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"T?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,30}))?(.*)", re.ASCII | re.DOTALL)
_JAVA_ZONE = re.compile(r"(?:Z|[+-]\d\d:\d\d(?::\d\d)?)\[([^\]]*)\]", re.ASCII)


class Date:
    """A day of the proleptic Gregorian calendar."""

    __slots__ = ("day", "month", "year")
    feel_type: ClassVar[str] = "date"

    def __init__(self, year: int, month: int, day: int) -> None:
        """Raises ValueError when there is no such day."""
        if not (-MOST_YEARS <= year <= MOST_YEARS and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)):
            raise ValueError("there is no such date")
        self.year = year
        self.month = month
        self.day = day

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Date) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def key(self) -> tuple[int, int, int]:
        """What orders dates."""
        return self.year, self.month, self.day

    @property
    def days(self) -> int:
        """Days since 1970-01-01."""
        return days_from_civil(self.year, self.month, self.day)

    @classmethod
    def from_days(cls, days: int) -> Date:
        """Return the day that many days after 1970-01-01; raises ValueError out of range."""
        return cls(*civil_from_days(days))

    def plus_months(self, months: int) -> Date:
        """Return the same day in another month, or that month's last day."""
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Date(years, month + 1, min(self.day, days_in_month(years, month + 1)))

    @property
    def weekday(self) -> int:
        """1 is Monday, 7 is Sunday."""
        return (self.days + 3) % 7 + 1

    def isoformat(self) -> str:
        """Return "2026-02-28"; years beyond four digits as they are."""
        year = f"{self.year:04d}" if self.year >= 0 else f"-{-self.year:04d}"
        return f"{year}-{self.month:02d}-{self.day:02d}"

    __str__ = isoformat

    def __repr__(self) -> str:
        return f'date("{self.isoformat()}")'


class Time:
    """A time of day: nanoseconds since midnight, and a zone or None."""

    __slots__ = ("nanos", "zone")
    feel_type: ClassVar[str] = "time"

    def __init__(self, nanos: int, zone: Zone = None) -> None:
        self.nanos = nanos
        self.zone = zone

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Time) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC (of a named zone: its offset on 1970-01-01), None for a local time."""
        return None if self.zone is None else offset_at_local(self.zone, self.nanos // NANOS)

    @property
    def key(self) -> tuple[bool, int]:
        """What orders times: local ones among themselves, others by their instant."""
        offset = self.offset
        return (False, self.nanos) if offset is None else (True, self.nanos - offset * NANOS)

    @property
    def hour(self) -> int:
        """0 to 23."""
        return self.nanos // (3600 * NANOS)

    @property
    def minute(self) -> int:
        """0 to 59."""
        return self.nanos // (60 * NANOS) % 60

    @property
    def second(self) -> int:
        """0 to 59, without the fraction."""
        return self.nanos // NANOS % 60

    def isoformat(self) -> str:
        """Return "10:30:00.5+07:00" or "10:30:00@Asia/Jakarta"."""
        fraction = fraction_text(self.nanos % NANOS)
        return f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}{fraction}{format_zone(self.zone)}"

    __str__ = isoformat

    def __repr__(self) -> str:
        return f'time("{self.isoformat()}")'


class DateTime:
    """A date and a time of day in one value."""

    __slots__ = ("date", "time")
    feel_type: ClassVar[str] = "date and time"

    def __init__(self, date: Date, time: Time) -> None:
        self.date = date
        self.time = time

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateTime) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def zone(self) -> Zone:
        """The zone of its time."""
        return self.time.zone

    @property
    def offset(self) -> int | None:
        """Seconds east of UTC on that day, None for a local time."""
        return None if self.zone is None else offset_at_local(self.zone, self._local_nanos // NANOS)

    @property
    def _local_nanos(self) -> int:
        return self.date.days * NANOS_PER_DAY + self.time.nanos

    @property
    def instant(self) -> int:
        """Nanoseconds since the epoch; a local time counts as UTC."""
        return self._local_nanos - (self.offset or 0) * NANOS

    @property
    def key(self) -> tuple[bool, int]:
        """What orders them: local ones among themselves, others by their instant."""
        return self.zone is not None, self.instant

    @classmethod
    def from_instant(cls, nanos: int, zone: Zone) -> DateTime:
        """Return what clocks in `zone` show at an instant; for None the instant is the local time itself."""
        local = nanos + offset_at_instant(zone, nanos // NANOS) * NANOS
        days, nanos_of_day = divmod(local, NANOS_PER_DAY)
        return cls(Date.from_days(days), Time(nanos_of_day, zone))

    @classmethod
    def from_python(cls, moment: python.datetime) -> DateTime:
        """Return the same moment; zones of the standard library keep their names."""
        return cls(Date(moment.year, moment.month, moment.day), time_from_python(moment.timetz(), moment))

    def to_python(self) -> python.datetime:
        """Return an aware datetime (naive for a local time), cut to microseconds; raises OverflowError out of range."""
        moment = _EPOCH + python.timedelta(microseconds=self._local_nanos // 1000)
        offset = self.offset
        return moment if offset is None else moment.replace(tzinfo=fixed_zone(offset))

    def isoformat(self) -> str:
        """Return the two texts joined by T."""
        return f"{self.date.isoformat()}T{self.time.isoformat()}"

    __str__ = isoformat

    def __repr__(self) -> str:
        return f'date and time("{self.isoformat()}")'


def parse_date(text: str) -> Date:
    """Return the date of "2026-02-28"; raises ValueError."""
    match = _DATE.fullmatch(text)
    if match is None or match[1] == "-0000":
        raise ValueError("{} is no date", text[:40])
    return Date(int(match[1]), int(match[2]), int(match[3]))


def parse_time(text: str) -> Time:
    """Return the time of "10:30:00", with an offset or @zone at will; raises ValueError."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise ValueError("{} is no time", text[:40])
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3])
    zone = parse_zone(_one_zone(match[5])) if match[5] else None
    return make_time(hours, minutes, seconds, parse_fraction(match[4]), zone)


def make_time(hours: int, minutes: int, seconds: int, nanos: int, zone: Zone) -> Time:
    """Return the time of these parts; raises ValueError when one is out of range."""
    if not (0 <= hours <= 23 and 0 <= minutes <= 59 and 0 <= seconds <= 59):
        raise ValueError("there is no such time")
    if isinstance(zone, int) and abs(zone) > MOST_OFFSET_SECONDS:
        raise ValueError("the offset is beyond 18 hours")
    return Time(((hours * 60 + minutes) * 60 + seconds) * NANOS + nanos, zone)


def parse_date_time(text: str) -> DateTime:
    """Return the date and time of "2026-02-28T10:30:00Z"; a date alone means its midnight, 24:00:00 the next one.

    Raises ValueError.
    """
    date, found, time = text.partition("T")
    if not found:
        return DateTime(parse_date(date), Time(0))
    if time.startswith("T"):
        raise ValueError("{} is no date and time", text[:40])
    if time.startswith("24:00:00") and not time[8:].strip("0.").rstrip("Z"):
        next_day = Date.from_days(parse_date(date).days + 1)
        return DateTime(next_day, parse_time("00" + time[2:]))
    return DateTime(parse_date(date), parse_time(time))


def _one_zone(text: str) -> str:
    """Turn Java's "+02:00[Europe/Berlin]" into "@Europe/Berlin"."""
    match = _JAVA_ZONE.fullmatch(text)
    return "@" + match[1] if match else text


def time_from_python(time: python.time, moment: python.datetime | None = None) -> Time:
    """Return the FEEL time of a Python one; `moment` gives the day on which its offset is asked."""
    nanos = ((time.hour * 60 + time.minute) * 60 + time.second) * NANOS + time.microsecond * 1000
    name = getattr(time.tzinfo, "key", None)
    if name is not None and name not in ("UTC",):
        return Time(nanos, parse_zone(f"@{name}"))
    offset = (moment or time).utcoffset()
    return Time(nanos, None if offset is None else int(offset.total_seconds()))


def fixed_zone(offset_seconds: int) -> python.timezone:
    """Return Python's zone of that offset."""
    return python.timezone(python.timedelta(seconds=offset_seconds))


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def days_from_civil(year: int, month: int, day: int) -> int:
    """Return days since 1970-01-01, for any year.

    Source: Howard Hinnant, chrono-compatible low-level date algorithms.
    """
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719_468


def civil_from_days(days: int) -> tuple[int, int, int]:
    """Return (year, month, day) of a count of days since 1970-01-01."""
    era, day_of_era = divmod(days + 719_468, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1
