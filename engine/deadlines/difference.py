"""What changed between two versions of a calendar, in the words of a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from engine.deadlines.calendar import WEEKDAYS, Calendar, Holiday, Hours
from engine.deadlines.writing import hours_text
from engine.model import Label

_DAYS = {
    "mon": Label("Monday", "Senin"),
    "tue": Label("Tuesday", "Selasa"),
    "wed": Label("Wednesday", "Rabu"),
    "thu": Label("Thursday", "Kamis"),
    "fri": Label("Friday", "Jumat"),
    "sat": Label("Saturday", "Sabtu"),
    "sun": Label("Sunday", "Minggu"),
}


def compare_calendars(before: Calendar, after: Calendar) -> list[Label]:
    """Return one line for each difference that counts; none when both give the same hours under the same names."""
    return [
        *_plain("Zone", "Zona waktu", before.zone.key, after.zone.key),
        *_plain("Name", "Nama", before.label.en, after.label.en),
        *_plain("Owners", "Pemilik", ", ".join(before.owners), ", ".join(after.owners)),
        *_leave(before, after),
        *_week(before.week, after.week),
        *_holidays(before.holidays, after.holidays),
        *_overrides(before, after),
    ]


def _plain(english: str, indonesian: str, before: str, after: str) -> Iterator[Label]:
    if before != after:
        yield Label(f"{english}: {before or '–'} → {after or '–'}", f"{indonesian}: {before or '–'} → {after or '–'}")


def _leave(before: Calendar, after: Calendar) -> Iterator[Label]:
    if before.closes_on_cuti_bersama != after.closes_on_cuti_bersama:
        closes = after.closes_on_cuti_bersama
        yield Label(
            f"Joint leave: {'closed' if closes else 'open'} now",
            f"Cuti bersama: sekarang {'tutup' if closes else 'buka'}",
        )


def _week(before: Mapping[str, Hours], after: Mapping[str, Hours]) -> Iterator[Label]:
    for day in WEEKDAYS:
        old, new = before.get(day, ()), after.get(day, ())
        if old != new:
            hours = f"{_hours(old)} → {_hours(new)}"
            yield Label(f"{_DAYS[day].en}: {hours}", f"{_DAYS[day].id}: {hours}")


def _hours(hours: Hours) -> str:
    return ", ".join(hours_text(hours)) or "–"


def _holidays(before: Mapping[date, Holiday], after: Mapping[date, Holiday]) -> Iterator[Label]:
    for day in sorted(before.keys() | after.keys()):
        old, new = before.get(day), after.get(day)
        if old == new:
            continue
        name = new.name if new else old.name if old else Label("", "")
        english, indonesian = ("added", "ditambahkan") if old is None else ("removed", "dihapus")
        if old is not None and new is not None:
            english, indonesian = "changed", "diubah"
        yield Label(f"{day}: {name.en} ({english})", f"{day}: {name.id} ({indonesian})")


def _overrides(before: Calendar, after: Calendar) -> Iterator[Label]:
    for one in after.overrides:
        if one not in before.overrides:
            yield Label(
                f"Other hours from {one.first_on} to {one.last_on} (set)",
                f"Jam lain {one.first_on} sampai {one.last_on} (ditetapkan)",
            )
    for one in before.overrides:
        if one not in after.overrides:
            yield Label(
                f"Other hours from {one.first_on} to {one.last_on} (removed)",
                f"Jam lain {one.first_on} sampai {one.last_on} (dihapus)",
            )
