"""Spreadsheets into registers and out of them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from engine import (
    ApplyImport,
    DropImport,
    EntryFilter,
    ExportEntries,
    ImportNotFound,
    ImportPage,
    ImportPageData,
    ImportState,
    InputInvalid,
    NotInState,
    NotPermitted,
    RegisterPage,
    SaveEntry,
    SheetFormat,
    SystemHistory,
    UploadEntries,
)
from engine.records.sheets import read_sheet
from engine.testing import Harness
from tests.integration.registers.conftest import ADMIN, GUEST, KEEPER, add


def upload(house: Harness, content: bytes | str, kind: str = "THG") -> ImportPageData:
    data = content.encode() if isinstance(content, str) else content
    taken = house.engine.execute(UploadEntries(type=kind, file_name="list.csv", content=data, actor=KEEPER))
    return house.engine.ask(ImportPage(actor=KEEPER, key=taken.key))


def apply(house: Harness, page: ImportPageData) -> ImportState:
    state: ImportState = house.engine.execute(ApplyImport(key=page.found.key, actor=KEEPER)).state
    return state


def entries(house: Harness, **wanted: Any) -> dict[str, Any]:
    page = RegisterPage(actor=KEEPER, type="THG", wanted=EntryFilter("THG", **wanted), size=10_000)
    return {line.record.title: line.record for line in house.engine.ask(page).lines}


def export(house: Harness, ending: SheetFormat, language: str = "en") -> bytes:
    query = ExportEntries(actor=KEEPER, type="THG", wanted=EntryFilter("THG"), format=ending, language=language)
    content: bytes = house.engine.ask(query)
    return content


def xlsx(*rows: list[Any]) -> bytes:
    book = Workbook()
    sheet = book.create_sheet("first", 0)
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_rows_are_looked_at_before_anything_is_written(house: Harness) -> None:
    lamp = add(house, title="Lamp", colour="red", weight="2")
    content = f"Nomor;Judul;Warna;Weight;Shape\n{lamp};Old lamp;Biru;2\n;Chair;merah;3,5\n{lamp[:-1]}9;Table;;\n"
    page = upload(house, content)
    assert (page.found.state, page.new, page.changed, page.unknown) == (ImportState.READY, 2, 1, ("Shape",))
    assert [change.en for change in page.rows[0].changes] == ["Colour", "Title"]
    assert set(entries(house)) == {"Lamp"}
    assert apply(house, page) is ImportState.APPLIED
    found = entries(house)
    assert (found["Old lamp"].number, found["Old lamp"].fields["colour"]) == (lamp, "blue")
    assert (found["Chair"].fields["colour"], found["Chair"].fields["weight"]) == ("red", 3.5)
    assert found["Table"].number.endswith("000009")


def test_numbers_that_a_file_brings_are_never_given_again_and_gaps_are_told(house: Harness) -> None:
    year = house.clock.now().year
    apply(house, upload(house, f"number,title\nTHG-{year}-000005,Five\n,Six\n"))
    numbers = {title: record.number[-1] for title, record in entries(house).items()}
    assert numbers["Five"] == "5"
    assert add(house, title="Next").endswith("000006")
    told = house.engine.ask(SystemHistory(actor=ADMIN, action="numbers_skipped"))
    assert "first" in str(told)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("THG-1,Lamp,,", "Number"),
        ("XXX-2030-000001,Lamp,,", "Number"),
        (",,red,", "Title"),
        (",Lamp,green,", "Colour"),
        (",Lamp,,heavy", "Weight"),
        (",Lamp,,-1", "Weight"),
    ],
)
def test_a_row_with_a_problem_keeps_all_rows_out(house: Harness, row: str, column: str) -> None:
    page = upload(house, f"number,title,colour,weight\n,Chair,red,1\n{row}\n")
    assert (page.found.wrong, page.rows[0].row) == (1, 3)
    assert [problem.column.en for problem in page.rows[0].problems] == [column]
    with pytest.raises(InputInvalid):
        apply(house, page)
    assert entries(house) == {}


def test_a_number_twice_or_a_row_that_names_itself_is_a_problem(house: Harness) -> None:
    rows = ["THG-2030-000001,A,", "THG-2030-000001,B,", "THG-2030-000002,C,THG-2030-000002", ",D,THG-2030-000404"]
    page = upload(house, "\n".join(["number,title,needs", *rows]))
    assert [(row.row, [problem.column.en for problem in row.problems]) for row in page.rows] == [
        (2, ["Number"]),
        (3, ["Number"]),
        (4, ["Number"]),
        (5, ["Needs"]),
    ]


def test_a_column_that_is_not_there_stays_as_it_is(house: Harness) -> None:
    plug = add(house, title="Plug")
    lamp = add(house, title="Lamp", colour="red", needs=[plug])
    assert apply(house, upload(house, f"number,title\n{lamp},Old lamp\n")) is ImportState.APPLIED
    assert (entries(house)["Old lamp"].fields["needs"], entries(house)["Old lamp"].fields["colour"]) == ([plug], "red")


def test_rows_may_name_each_other(house: Harness) -> None:
    page = upload(house, "number,title,needs\nTHG-2030-000001,Lamp,THG-2030-000002; \nTHG-2030-000002,Plug,\n")
    assert apply(house, page) is ImportState.APPLIED
    assert entries(house)["Lamp"].fields["needs"] == ["THG-2030-000002"]


def test_nothing_is_written_when_an_entry_changed_since_it_was_looked_at(house: Harness) -> None:
    lamp = add(house, title="Lamp")
    page = upload(house, f"number,title\n{lamp},Mine\n,New\n")
    house.advance(minutes=1)
    house.engine.execute(SaveEntry(type="THG", number=lamp, submitted={"title": "Theirs"}, actor=KEEPER))
    with pytest.raises(Exception, match="changed by somebody else"):
        apply(house, page)
    assert set(entries(house)) == {"Theirs"}


def test_an_import_belongs_to_who_uploaded_it_and_is_decided_once(house: Harness) -> None:
    page = upload(house, "title\nLamp\n")
    with pytest.raises(ImportNotFound):
        house.engine.ask(ImportPage(actor=ADMIN, key=page.found.key))
    with pytest.raises(NotPermitted):
        house.engine.execute(UploadEntries(type="THG", file_name="x", content=b"title\nA", actor=GUEST))
    house.engine.execute(DropImport(key=page.found.key, actor=KEEPER))
    with pytest.raises(NotInState):
        apply(house, page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_encoding_and_separator_of_a_csv_are_found(encoding: str, separator: str) -> None:
    content = f"title{separator}story\r\nCafé{separator}naïve\r\n".encode(encoding)
    assert read_sheet(content) == [["title", "story"], ["Café", "naïve"]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"title\n",
        b"colour,weight\nred,1\n",
        b"\x81\x8d\x8f\x90\x9d",
        b"PK\x03\x04 no zip",
        b'title\n"open quote',
        b"title" + b",x" * 300 + b"\nA\n",
    ],
)
def test_a_file_that_is_no_sheet_is_refused_with_a_reason(house: Harness, content: bytes) -> None:
    with pytest.raises(InputInvalid):
        upload(house, content)


def test_a_sheet_that_unpacks_to_far_more_is_refused(house: Harness) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(InputInvalid, match="unpacks"):
        upload(house, target.getvalue())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(InputInvalid, match="document type"):
        upload(house, target.getvalue())


def test_xlsx_comes_in_as_csv_does(house: Harness) -> None:
    page = upload(house, xlsx(["Title", "Weight", "Colour"], ["Lamp", 2.5, "Red"], ["Chair", 3, None]))
    assert apply(house, page) is ImportState.APPLIED
    assert {title: record.fields["weight"] for title, record in entries(house).items()} == {"Lamp": 2.5, "Chair": 3}


def test_formulas_leave_as_text_and_come_back_as_they_were(house: Harness) -> None:
    formulas = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")']
    for formula in formulas:
        add(house, title=formula, story=formula)
    rows = list(csv.reader(io.StringIO(export(house, SheetFormat.CSV).decode("utf-8-sig"))))
    assert all(row[1].startswith("'") for row in rows[1:])
    sheet = load_workbook(io.BytesIO(export(house, SheetFormat.XLSX))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {"s"}
    for ending in SheetFormat:
        page = upload(house, export(house, ending))
        assert (page.unchanged, page.found.wrong) == (len(formulas), 0)


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("ending", list(SheetFormat))
def test_an_export_changes_nothing_when_it_is_imported(house: Harness, language: str, ending: SheetFormat) -> None:
    room = add(house, "PLC", title="Room")
    plug = add(house, title="Plug")
    add(
        house,
        title="Lamp",
        colour="red",
        weight="1.5",
        owner="wira",
        story="Two\nlines; and more",
        needs=[plug],
        places=[room],
    )
    page = upload(house, export(house, ending, language))
    assert (page.unchanged, page.new, page.changed, page.found.wrong, page.unknown) == (2, 0, 0, 0, ())


def test_a_large_file_is_checked_and_written_by_the_pump(house: Harness) -> None:
    page = upload(house, "title,weight\n" + "".join(f"Thing {place},{place}\n" for place in range(1_500)))
    assert (page.found.state, page.found.checked) == (ImportState.CHECKING, 0)
    house.drain()
    page = house.engine.ask(ImportPage(actor=KEEPER, key=page.found.key))
    assert (page.found.state, page.found.checked, page.new) == (ImportState.READY, 1_500, 1_500)
    assert apply(house, page) is ImportState.APPLYING
    assert entries(house) == {}
    house.drain()
    assert len(entries(house)) == 1_500


def test_what_the_pump_cannot_write_ends_refused(house: Harness) -> None:
    lamp = add(house, title="Lamp")
    page = upload(house, f"number,title\n{lamp},Mine\n" + "".join(f",Thing {place}\n" for place in range(1_200)))
    house.drain()
    house.clock.move_to(house.clock.now() + timedelta(minutes=1))
    house.engine.execute(SaveEntry(type="THG", number=lamp, submitted={"title": "Theirs"}, actor=KEEPER))
    assert apply(house, page) is ImportState.APPLYING
    house.drain()
    assert house.engine.ask(ImportPage(actor=KEEPER, key=page.found.key)).found.state is ImportState.REFUSED
    assert set(entries(house)) == {"Theirs"}
