"""Holidays from a CSV file: date, kind, name, English name; with a heading or in this order."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

from engine.deadlines.calendar import Holiday, HolidayKind
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

#: Heading -> column of ours.
_HEADINGS = {
    "date": "date", "tanggal": "date", "kind": "kind", "jenis": "kind", "id": "id", "nama": "id", "keterangan": "id",
    "name": "id", "en": "en", "english": "en", "name_en": "en", "name_id": "id",
}  # fmt: skip
_ORDER = ("date", "kind", "id", "en")
_KINDS = {"": None, "national": HolidayKind.NATIONAL, "nasional": HolidayKind.NATIONAL,
          "cuti_bersama": HolidayKind.CUTI_BERSAMA, "cuti bersama": HolidayKind.CUTI_BERSAMA,
          "joint leave": HolidayKind.CUTI_BERSAMA}  # fmt: skip


def read_csv(content: bytes) -> HolidayList:
    """Return the holidays of a CSV file (comma, semicolon or tab); bad lines are refused by number.

    Dates are written as 2026-08-17. Raises InputInvalid when the file is no CSV at all.
    """
    text = text_of(content)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = [
            (number, row)
            for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), start=1)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error as error:
        raise InputInvalid(Label(f"The file is no CSV: {error}.", f"Berkas bukan CSV: {error}.")) from error
    if len(rows) > MOST_ENTRIES:
        raise InputInvalid(
            Label(f"The file has more than {MOST_ENTRIES} lines.", f"Berkas lebih dari {MOST_ENTRIES} baris.")
        )
    columns, rows = _columns(rows)
    return _read(rows, columns)


def _columns(rows: list[tuple[int, list[str]]]) -> tuple[Sequence[str], list[tuple[int, list[str]]]]:
    named = [_HEADINGS.get(cell.strip().lower(), "") for cell in rows[0][1]] if rows else []
    return (named, rows[1:]) if "date" in named else (_ORDER, rows)


def _read(rows: list[tuple[int, list[str]]], columns: Sequence[str]) -> HolidayList:
    holidays: dict[date, Holiday] = {}
    refusals = []
    for number, row in rows:
        cells = {name: cell.strip() for name, cell in zip(columns, row, strict=False)}
        found = _holiday(cells)
        if isinstance(found, Holiday):
            holidays[found.on] = found
        else:
            refusals.append(Refusal(str(number), found))
    return HolidayList(tuple(sorted(holidays.values(), key=lambda one: one.on)), tuple(refusals))


def _holiday(cells: dict[str, str]) -> Holiday | Label:
    try:
        on = date.fromisoformat(cells.get("date", ""))
    except ValueError:
        shown = cells.get("date", "")[:40]
        return Label(f"“{shown}” is no date such as 2026-08-17.", f"“{shown}” bukan tanggal seperti 2026-08-17.")
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        return Label(f"The year {on.year} is out of range.", f"Tahun {on.year} di luar jangkauan.")
    kind = cells.get("kind", "").lower()
    if kind not in _KINDS:
        return Label(
            f"“{kind[:40]}” is no kind; write national or cuti_bersama.",
            f"“{kind[:40]}” bukan jenis; tulis national atau cuti_bersama.",
        )
    names = Label(tidy_name(cells.get("en", "")), tidy_name(cells.get("id", "")))
    if not (names.en or names.id):
        return Label("It has no name.", "Tidak ada nama.")
    both = Label(names.en or names.id, names.id or names.en)
    return Holiday(on, both, _KINDS[kind] or kind_by_name(f"{both.id} {both.en}"))
