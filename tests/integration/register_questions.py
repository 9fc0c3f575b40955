"""What is asked of registers by those who may not: for the table of `test_authorisation.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine import (
    Actor,
    ApplyImport,
    DropImport,
    EditEntries,
    EntryFilter,
    EntryForm,
    EntryPage,
    ExportEntries,
    ImpactOf,
    ImportPage,
    LinkRecords,
    PreviewEdit,
    RegisterOfNumber,
    RegisterPage,
    RegistersList,
    SaveEntry,
    SheetFormat,
    SubmittedEntry,
    UnlinkRecords,
    UploadEntries,
)

Asking = Callable[[Any, Actor], Any]


def _edit(world: Any, actor: Actor) -> EditEntries:
    return EditEntries(type="TRV", numbers=[world.number], field="title", value="x", actor=actor)


#: Hidden from a requester whom neither the register nor the record concerns.
HIDDEN: Mapping[str, Asking] = {
    "ApplyImport": lambda w, a: ApplyImport(key=1, actor=a),
    "DropImport": lambda w, a: DropImport(key=1, actor=a),
    "EditEntries": _edit,
    "EntryForm": lambda w, a: EntryForm(actor=a, type="XXX"),
    "EntryPage": lambda w, a: EntryPage(actor=a, type="TRV", number=w.number),
    "ExportEntries": lambda w, a: ExportEntries(actor=a, type="TRV", wanted=EntryFilter("TRV"), format=SheetFormat.CSV),
    "ImpactOf": lambda w, a: ImpactOf(actor=a, number=w.number),
    "ImportPage": lambda w, a: ImportPage(actor=a, key=1),
    "LinkRecords": lambda w, a: LinkRecords(number=w.number, to_number=w.number, kind="part_of", actor=a),
    "PreviewEdit": lambda w, a: PreviewEdit(edit=_edit(w, a)),
    "RegisterPage": lambda w, a: RegisterPage(actor=a, type="TRV", wanted=EntryFilter("TRV")),
    "SaveEntry": lambda w, a: SaveEntry(type="TRV", submitted={}, actor=a),
    "SubmittedEntry": lambda w, a: SubmittedEntry(actor=a, type="XXX", pairs=[]),
    "UnlinkRecords": lambda w, a: UnlinkRecords(number=w.number, to_number=w.number, kind="part_of", actor=a),
    "UploadEntries": lambda w, a: UploadEntries(type="TRV", file_name="x", content=b"title\nA", actor=a),
}
#: For everybody: each sees the registers that are open to them.
OPEN: Mapping[str, Asking] = {
    "RegisterOfNumber": lambda w, a: RegisterOfNumber(actor=a, number=w.number),
    "RegistersList": lambda w, a: RegistersList(actor=a),
}
FOR_AUDITORS = frozenset({"EntryPage", "ExportEntries", "ImpactOf", "RegisterPage"})
