"""Cron expressions of six fields, as Camunda 8 takes them: second minute hour day-of-month month day-of-week."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_MACROS = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
_MONTHS = {name: number for number, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}
_DAYS = {name: number for number, name in enumerate("SUN MON TUE WED THU FRI SAT".split())}
_PART = re.compile(r"(\*|\d+)(?:-(\d+))?(?:/(\d+))?")
_NTH = re.compile(r"([0-7])#([1-5])")
#: Days looked ahead: 29 February comes at least once in eight years.
_HORIZON_DAYS = 366 * 8 + 1


@dataclass(frozen=True, slots=True)
class Cron:
    """The allowed values of each field."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    is_last_day: bool
    months: frozenset[int]
    weekdays: frozenset[int]  #: 0 = Sunday
    nth_weekday: tuple[int, int] | None  #: (weekday, which of the month)

    @classmethod
    def parse(cls, text: str) -> Cron | None:
        """Return the schedule, None when the text is no cron expression that we know."""
        fields = _MACROS.get(text.strip().lower(), text).upper().split()
        if len(fields) != 6:
            return None
        day, weekday = fields[3].replace("?", "*"), _numbered(fields[5].replace("?", "*"), _DAYS)
        nth = _NTH.fullmatch(weekday)
        values = (
            _values(fields[0], 0, 59),
            _values(fields[1], 0, 59),
            _values(fields[2], 0, 23),
            _values("*" if day == "L" else day, 1, 31),
            _values(_numbered(fields[4], _MONTHS), 1, 12),
            _values("*" if nth else weekday, 0, 7),
        )
        if not all(values):
            return None
        seconds, minutes, hours, days, months, weekdays = values
        return cls(
            seconds=tuple(sorted(seconds)),
            minutes=tuple(sorted(minutes)),
            hours=tuple(sorted(hours)),
            days=days,
            is_last_day=day == "L",
            months=months,
            weekdays=frozenset(number % 7 for number in weekdays),
            nth_weekday=(int(nth.group(1)) % 7, int(nth.group(2))) if nth else None,
        )

    def after(self, moment: datetime) -> datetime | None:
        """Return the first moment after `moment` (UTC), None when there is none in eight years."""
        for ahead in range(_HORIZON_DAYS):
            day = moment.date() + timedelta(days=ahead)
            if self._has_day(day):
                earliest = moment if ahead == 0 else None
                found = self._first_time(day, earliest)
                if found is not None:
                    return found
        return None

    def _has_day(self, day: date) -> bool:
        weekday = day.isoweekday() % 7
        last = monthrange(day.year, day.month)[1]
        return (
            day.month in self.months
            and (day.day == last if self.is_last_day else day.day in self.days)
            and weekday in self.weekdays
            and (self.nth_weekday is None or self.nth_weekday == (weekday, (day.day - 1) // 7 + 1))
        )

    def _first_time(self, day: date, later_than: datetime | None) -> datetime | None:
        for hour in self.hours:
            if later_than is not None and hour < later_than.hour:
                continue
            for minute in self.minutes:
                for second in self.seconds:
                    found = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
                    if later_than is None or found > later_than:
                        return found
        return None


def _numbered(field: str, names: dict[str, int]) -> str:
    for name, number in names.items():
        field = field.replace(name, str(number))
    return field


def _values(field: str, low: int, high: int) -> frozenset[int]:
    """Return the numbers of a field, empty when it is not understood."""
    found: set[int] = set()
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return frozenset()
        first, last, step = match.groups()
        start = low if first == "*" else int(first)
        end = int(last) if last else (high if first == "*" or step else start)
        if not low <= start <= end <= high or step == "0":
            return frozenset()
        found.update(range(start, end + 1, int(step or 1)))
    return frozenset(found)
