"""From the document `kind: calendar` of a content folder to a Calendar; every problem is a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from engine.deadlines.calendar import WEEKDAYS, Calendar, Holiday, HolidayKind, Hours, Interval, Override
from engine.errors import DefinitionInvalid
from engine.model import Finding, Label

#: The only names that reach the zone database, so that a name can never be a path.
_ZONES = frozenset(available_timezones())
_NAME = re.compile(r"[A-Za-z][\w-]{0,59}", re.ASCII)
_INTERVAL = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)", re.ASCII)
_END_OF_DAY = 86_400
#: Holidays of a hundred years, and more periods of other hours than anybody keeps.
MOST_HOLIDAYS, MOST_OVERRIDES = 3_000, 300


def parse_calendar(document: Mapping[str, Any], file_name: str = "calendar") -> Calendar:
    """Return the calendar of a loaded YAML document.

    Keys: name, en, id, zone, week {mon..sun: ["HH:MM-HH:MM"]}, holidays [{date, en, id, kind}], overrides [{from, to,
    week}], closes_on_cuti_bersama (default true), owners [login name or group]. Raises DefinitionInvalid with all that
    is wrong.
    """
    reading = _Reading(file_name)
    calendar = reading.calendar(document)
    if reading.findings:
        raise DefinitionInvalid(reading.findings)
    return calendar


class _Reading:
    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.findings: list[Finding] = []

    def calendar(self, document: Mapping[str, Any]) -> Calendar:
        name, zone = document.get("name"), document.get("zone")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            english = "The name must be a letter, then letters, digits, _ or -, at most 60 in all."
            indonesian = "Nama harus diawali huruf, lalu huruf, angka, _ atau -, paling banyak 60."
            self.note("name", english, indonesian, "name: cal_office")
        if not isinstance(zone, str) or zone not in _ZONES:
            self.note("zone", f"{zone!r} is no time zone.", f"{zone!r} bukan zona waktu.", "zone: Asia/Jakarta")
            zone = "UTC"
        week = self.week(document.get("week"), "week")
        if not any(week.values()):
            self.note("week", "No day has working hours.", "Tidak ada hari dengan jam kerja.", 'mon: ["08:00-17:00"]')
        closes = document.get("closes_on_cuti_bersama", True)
        if not isinstance(closes, bool):
            self.note("closes_on_cuti_bersama", f"{closes!r} is no boolean.", f"{closes!r} bukan boolean.", "true")
        holidays = {holiday.on: holiday for holiday in self.holidays(document.get("holidays"))}
        overrides = tuple(self.overrides(document.get("overrides")))
        owners = tuple(str(owner) for owner in self.sequence(document.get("owners"), "owners"))
        label = Label(str(document.get("en") or name), str(document.get("id") or document.get("en") or name))
        return Calendar(str(name), ZoneInfo(zone), week, holidays, overrides, closes is True, label, owners)

    def week(self, value: Any, path: str) -> Mapping[str, Hours]:
        days = self.mapping(value, path)
        for day in days.keys() - set(WEEKDAYS):
            self.note(f"{path}.{day}", f"{day!r} is no weekday.", f"{day!r} bukan nama hari.", ", ".join(WEEKDAYS))
        return {day: self.hours(days[day], f"{path}.{day}") for day in WEEKDAYS if day in days}

    def hours(self, value: Any, path: str) -> Hours:
        parts = self.sequence(value, path)
        intervals = [interval for i, part in enumerate(parts) if (interval := self.interval(part, f"{path}[{i}]"))]
        if any(later[0] < earlier[1] for earlier, later in pairwise(intervals)):
            self.note(path, "The hours overlap or are out of order.", "Jam kerja tumpang tindih.", "08:00-17:00")
        return tuple(intervals)

    def interval(self, value: Any, path: str) -> Interval | None:
        match = _INTERVAL.fullmatch(value) if isinstance(value, str) else None
        if match is not None:
            hours, minutes, end_hours, end_minutes = (int(part) for part in match.groups())
            start, end = hours * 3600 + minutes * 60, end_hours * 3600 + end_minutes * 60
            if max(minutes, end_minutes) < 60 and start < end <= _END_OF_DAY:
                return start, end
        self.note(path, f"{value!r} are no working hours.", f"{value!r} bukan jam kerja.", '"08:00-12:00"')
        return None

    def holidays(self, value: Any) -> Iterator[Holiday]:
        for i, item in enumerate(self.sequence(value, "holidays")):
            path = f"holidays[{i}]"
            if i == MOST_HOLIDAYS:
                english, indonesian = f"More than {i} holidays.", f"Lebih dari {i} hari libur."
                self.note(path, english, indonesian, "the years that people plan for")
                return
            entry = self.mapping(item, path)
            on = self.date(entry.get("date"), f"{path}.date")
            kind = entry.get("kind", "national")
            if kind not in [member.value for member in HolidayKind]:
                cure = "national, cuti_bersama"
                self.note(f"{path}.kind", f"{kind!r} is no kind of holiday.", f"{kind!r} bukan jenis hari libur.", cure)
                continue
            if on is not None:
                yield Holiday(on, Label(str(entry.get("en", "")), str(entry.get("id", ""))), HolidayKind(kind))

    def overrides(self, value: Any) -> Iterator[Override]:
        for i, item in enumerate(self.sequence(value, "overrides")):
            path = f"overrides[{i}]"
            if i == MOST_OVERRIDES:
                english, indonesian = f"More than {i} periods.", f"Lebih dari {i} periode."
                self.note(path, english, indonesian, "the years that people plan for")
                return
            entry = self.mapping(item, path)
            first, last = self.date(entry.get("from"), f"{path}.from"), self.date(entry.get("to"), f"{path}.to")
            week = self.week(entry.get("week"), f"{path}.week")
            if first is None or last is None:
                continue
            if last < first:
                self.note(path, "It ends before it begins.", "Berakhir sebelum dimulai.", "from <= to")
            yield Override(first, last, week)

    def date(self, value: Any, path: str) -> date | None:
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.note(path, f"{value!r} is no date.", f"{value!r} bukan tanggal.", "2026-08-17")
            return None

    def mapping(self, value: Any, path: str) -> Mapping[str, Any]:
        if isinstance(value, Mapping):
            return {str(key): item for key, item in value.items()}
        self.note(path, "Expected keys with values.", "Seharusnya berupa kunci dan nilai.", "key: value")
        return {}

    def sequence(self, value: Any, path: str) -> list[Any]:
        if value is None or isinstance(value, list):
            return value or []
        self.note(path, "Expected a list.", "Seharusnya berupa daftar.", "[...]")
        return []

    def note(self, path: str, en: str, indonesian: str, example: str) -> None:
        cure = Label(f"Write for example: {example}", f"Tulis misalnya: {example}")
        self.findings.append(Finding(self.file_name, None, path, Label(en, indonesian), cure, rule="calendar"))
