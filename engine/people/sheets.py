"""People in a sheet of comma separated values: what stands in it, line by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.errors import InputInvalid
from engine.model import LANGUAGES, Label

COLUMNS = ("name", "display_name", "email", "language", "unit", "groups", "active")
MOST_LINES = 5_000
_MOST_CHARACTERS = 2_000_000
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_EMAIL = re.compile(r"[^@\s]{1,200}@[^@\s]{1,200}")
_YES, _NO = {"yes", "ya", "y", "true", "1"}, {"no", "tidak", "n", "false", "0"}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line: what it says of a person (only columns that the sheet has and the line fills), and what is wrong."""

    number: int  #: in the file, the heading is 1
    name: str
    values: Mapping[str, str]
    problem: Label | None = None

    @property
    def groups(self) -> tuple[str, ...] | None:
        """Return the groups named; None when the line says nothing of groups."""
        text = self.values.get("groups")
        return None if text is None else tuple(sorted({part for part in re.split(r"[;|\s]+", text) if part}))

    @property
    def is_active(self) -> bool | None:
        """Return what the line says of the account; None when nothing."""
        text = self.values.get("active", "").casefold()
        return None if not text else text in _YES


def read_sheet(text: str) -> list[SheetLine]:
    """Return the lines of a sheet with a heading; commas or semicolons part the cells. Raises InputInvalid.

    Columns: name (must be there), display_name, email, language, unit, groups (parted by ; | or spaces), active.
    """
    if len(text) > _MOST_CHARACTERS:
        raise _refused("The file is larger than 2 MB.", "Berkas lebih dari 2 MB.")
    heading = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise _refused(f"The file is no CSV: {error}.", f"Berkas bukan CSV: {error}.") from error
    columns = [cell.strip().casefold() for cell in rows[0]] if rows else []
    unknown = [name for name in columns if name not in COLUMNS]
    if "name" not in columns or unknown or len(set(columns)) != len(columns):
        raise _refused(
            f"The first line must name columns out of: {', '.join(COLUMNS)}. Wrong: {', '.join(unknown) or '-'}.",
            f"Baris pertama harus berisi nama kolom dari: {', '.join(COLUMNS)}. Salah: {', '.join(unknown) or '-'}.",
        )
    if len(rows) - 1 > MOST_LINES:
        raise _refused(f"At most {MOST_LINES} people at a time.", f"Paling banyak {MOST_LINES} orang sekaligus.")
    return list(_lines(columns, rows[1:]))


def _lines(columns: list[str], rows: list[list[str]]) -> Iterator[SheetLine]:
    seen: set[str] = set()
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        values = {column: cell.strip() for column, cell in zip(columns, cells, strict=False) if cell.strip()}
        name = values.pop("name", "")
        problem = _problem(name, values, len(cells) > len(columns), name in seen)
        seen.add(name)
        yield SheetLine(number, name, values, problem)


def _problem(name: str, values: Mapping[str, str], is_too_long: bool, is_double: bool) -> Label | None:
    if is_too_long:
        return Label("There are more cells than columns.", "Sel lebih banyak daripada kolom.")
    if not _NAME.fullmatch(name):
        return Label("The login name needs small letters, digits, dots.", "Nama masuk: huruf kecil, angka, titik.")
    if is_double:
        return Label("This name stands in the file twice.", "Nama ini ada dua kali dalam berkas.")
    if values.get("language", LANGUAGES[0]) not in LANGUAGES:
        return Label(
            f"The language is one of {', '.join(LANGUAGES)}.", f"Bahasa salah satu dari {', '.join(LANGUAGES)}."
        )
    if "email" in values and not _EMAIL.fullmatch(values["email"]):
        return Label("The e-mail address is none.", "Alamat surel tidak sah.")
    if "active" in values and values["active"].casefold() not in _YES | _NO:
        return Label("active is yes or no.", "active diisi yes atau no (ya atau tidak).")
    return None


def _refused(english: str, indonesian: str) -> InputInvalid:
    return InputInvalid(Label(english, indonesian))
