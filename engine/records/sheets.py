"""Reads and writes spreadsheets: CSV as people's programs write it, and XLSX. Nothing in them is computed or run."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from engine.errors import InputInvalid
from engine.model import Label

MOST_ROWS = 100_000
_MOST_COLUMNS = 200
_LONGEST_CELL = 32_767  # what a cell of XLSX holds
#: An XLSX is a ZIP: so much it may hold, and so much more than its own size.
_MOST_UNPACKED, _MOST_RATIO = 300 * 1024 * 1024, 200
_ZIP = b"PK\x03\x04"
#: What spreadsheet programs take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_sheet(content: bytes) -> list[list[str]]:
    """Return the rows of a CSV or XLSX file as texts, without empty ones; the first is that of the headings.

    The encoding of a CSV is found: UTF-8 or UTF-16 with or without mark, else Windows-1252; its separator too. Raises
    InputInvalid for what is neither, for more than MOST_ROWS rows, and for an XLSX that unpacks to far more than it is.
    """
    rows = _read_xlsx(content) if content.startswith(_ZIP) else _read_csv(content)
    found: list[list[str]] = []
    for row in rows:
        if len(row) > _MOST_COLUMNS:
            raise _wrong(f"it has more than {_MOST_COLUMNS} columns.", f"kolomnya lebih dari {_MOST_COLUMNS}.")
        if any(row):
            found.append(row)
        if len(found) > MOST_ROWS + 1:
            raise _wrong(
                f"it has more than {MOST_ROWS:,} rows; split it.", f"barisnya lebih dari {MOST_ROWS}; bagilah."
            )
    if not found:
        raise _wrong("it is empty.", "berkas kosong.")
    return found


def write_csv(rows: Iterable[Sequence[str | float | int]]) -> Iterator[str]:
    """Yield the lines of a CSV with a mark that tells programs it is UTF-8; no cell is taken for a formula."""
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def write_xlsx(title: str, rows: Iterable[Sequence[str | float | int]]) -> bytes:
    """Return a workbook with one sheet; the first row stays in sight. Texts are texts, whatever they begin with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("".join(sign for sign in title if sign not in "[]:*?/\\'")[:31] or "1")
    sheet.freeze_panes = "A2"
    for column in range(1, 13):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    for index, row in enumerate(rows):
        sheet.append([_xlsx_cell(sheet, cell, is_heading=index == 0) for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def safe(cell: str | float | int) -> str | float | int:
    """Return a cell that no spreadsheet program takes for a formula: an apostrophe stands before such texts."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """Return what `safe` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


# ---- CSV ------------------------------------------------------------------------------------


def _read_csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = text.split("\n", 1)[0]
    separator = max(",;\t|", key=first.count)
    csv.field_size_limit(10 * _LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [_cut(plain(cell)) for cell in row]
    except csv.Error as error:
        raise _wrong(f"it is not CSV ({error}).", f"bukan CSV ({error}).") from error


def _decoded(content: bytes) -> str:
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), None)
    candidates = [encoding] if encoding else ["utf-8", *_utf16_guess(content), "cp1252"]
    for name in candidates:
        try:
            text = content.decode(name)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise _wrong(
        "its characters could not be read. Save it as CSV UTF-8.",
        "karakternya tidak terbaca. Simpan sebagai CSV UTF-8.",
    )


def _utf16_guess(content: bytes) -> list[str]:
    """Return the UTF-16 that text mostly of Latin letters would be: every other byte is nothing."""
    sample = content[:2000]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > half // 2:
        return ["utf-16-le"]
    return ["utf-16-be"] if sample[0::2].count(0) > half // 2 else []


# ---- XLSX -----------------------------------------------------------------------------------


def _read_xlsx(content: bytes) -> Iterator[list[str]]:
    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for row in book.worksheets[0].iter_rows(values_only=True, max_col=_MOST_COLUMNS + 1):
            yield _without_end([_cut(plain(_text(cell))) for cell in row])
    except InputInvalid:
        raise
    except Exception as error:  # the library raises whatever the parser in it meets in a damaged file
        raise _wrong("it is no XLSX that can be read.", "bukan XLSX yang dapat dibaca.") from error


def _refuse_bomb(content: bytes) -> None:
    """Look at what the ZIP says of its parts, and unpack each no further than that before the reader may."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
            if len(archive.infolist()) > 2_000 or size > min(_MOST_UNPACKED, max(len(content), 50_000) * _MOST_RATIO):
                raise _wrong("it unpacks to far more than a sheet.", "isinya jauh lebih besar daripada sebuah lembar.")
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")) and _has_entities(archive, part):
                    raise _wrong("its XML declares a document type.", "XML-nya menyatakan tipe dokumen.")
    except (BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _wrong("it is no XLSX that can be read.", "bukan XLSX yang dapat dibaca.") from error


def _has_entities(archive: ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as file:
        return b"<!DOCTYPE" in file.read(4_096).replace(b"\0", b"").upper()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        is_day = cell.hour == cell.minute == cell.second == 0
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _without_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def _xlsx_cell(sheet: Any, cell: str | float | int, *, is_heading: bool) -> Any:
    if not isinstance(cell, str):
        return cell
    clean = "".join(sign for sign in cell if sign >= " " or sign in "\n\t")[:_LONGEST_CELL]
    made = WriteOnlyCell(sheet, value=None)
    made.value = clean
    made.data_type = "s"  # else the library writes a text that begins with = as a formula
    made.font = Font(bold=is_heading)
    return made


def _cut(cell: str) -> str:
    return cell[: 2 * _LONGEST_CELL].strip()


def _wrong(english: str, indonesian: str) -> InputInvalid:
    return InputInvalid(Label(f"The file cannot be imported: {english}", f"Berkas tidak dapat diimpor: {indonesian}"))
