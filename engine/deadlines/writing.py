"""From a Calendar back to the document of a content folder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.deadlines.calendar import WEEKDAYS, Calendar, Hours


def calendar_document(calendar: Calendar) -> dict[str, Any]:
    """Return the document `kind: calendar` that `parse_calendar` reads as this calendar."""
    document: dict[str, Any] = {
        "kind": "calendar",
        "name": calendar.name,
        "en": calendar.label.en,
        "id": calendar.label.id,
        "zone": calendar.zone.key,
        "week": week_document(calendar.week),
        "closes_on_cuti_bersama": calendar.closes_on_cuti_bersama,
        "overrides": [
            {"from": one.first_on, "to": one.last_on, "week": week_document(one.week)} for one in calendar.overrides
        ],
        "holidays": [
            {"date": one.on, "en": one.name.en, "id": one.name.id, "kind": one.kind.value}
            for one in sorted(calendar.holidays.values(), key=lambda one: one.on)
        ],
    }
    return document | ({"owners": list(calendar.owners)} if calendar.owners else {})


def week_document(week: Mapping[str, Hours]) -> dict[str, list[str]]:
    """Return weekday -> "HH:MM-HH:MM" of each stretch."""
    return {day: hours_text(week[day]) for day in WEEKDAYS if day in week}


def hours_text(hours: Hours) -> list[str]:
    """Return "HH:MM-HH:MM" of each stretch of a day."""
    return [f"{_clock(opens)}-{_clock(closes)}" for opens, closes in hours]


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
