"""Holidays that were read somewhere, and the lines that were none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.deadlines.calendar import Holiday, HolidayKind
from engine.errors import InputInvalid
from engine.model import Label

MOST_BYTES = 1_000_000
#: Of one file, refused or not.
MOST_ENTRIES = 2_000
LONGEST_NAME = 200
FIRST_YEAR, LAST_YEAR = 1970, 2199
_LEAVE = ("cuti bersama", "joint leave", "joint holiday", "collective leave")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that could not be read as a holiday."""

    place: str  #: "line 4", or the name of the entry
    reason: Label


@dataclass(frozen=True, slots=True)
class HolidayList:
    """What a source gave, by date."""

    holidays: tuple[Holiday, ...]
    refusals: tuple[Refusal, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years that the holidays lie in."""
        return tuple(sorted({holiday.on.year for holiday in self.holidays}))


def merged(known: Mapping[date, Holiday], read: HolidayList) -> dict[date, Holiday]:
    """Return the known holidays with those of the list; on the same day the list wins."""
    return dict(known) | {holiday.on: holiday for holiday in read.holidays}


def kind_by_name(name: str) -> HolidayKind:
    """Return collective leave where the name says so, else national."""
    return HolidayKind.CUTI_BERSAMA if any(word in name.lower() for word in _LEAVE) else HolidayKind.NATIONAL


def text_of(content: bytes) -> str:
    """Return the text of a file; raises InputInvalid when it is too large, or no text."""
    if len(content) > MOST_BYTES:
        raise InputInvalid(Label("The file is larger than 1 MB.", "Berkas lebih besar dari 1 MB."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputInvalid(
            Label("The file is no text in UTF-8. Save it as UTF-8.", "Berkas bukan teks UTF-8. Simpan sebagai UTF-8.")
        ) from error
    if "\0" in text:
        raise InputInvalid(Label("The file is no text.", "Berkas ini bukan teks."))
    return text


def tidy_name(name: str) -> str:
    """Return a name in one line of bearable length."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:LONGEST_NAME]
