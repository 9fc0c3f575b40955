"""A spreadsheet goes into a register: read and looked at row by row first, then written as a whole or not at all.

Small files are checked at once, large ones by the pump, some rows in each transaction, so that no writer waits. What
was checked is written in one transaction; should an entry have changed meanwhile, nothing is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from engine.commands.context import CommandContext
from engine.commands.entry_values import number_parts, writable_register
from engine.commands.import_rows import RowCheck, column_names
from engine.commands.write_import import write_rows
from engine.errors import ImportNotFound, InputInvalid, NotInState
from engine.model import Actor, ImportState, Label, RegisterImport
from engine.records.sheets import read_sheet
from engine.store.register_imports import RegisterImports

#: Up to so many rows are checked while the person waits.
_AT_ONCE = 1_000
_IMPORT = Label("import", "impor")
_MOST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadEntries:
    """Take a CSV or XLSX file for a register; nothing is written to the register yet. Returns the import.

    Raises RegisterNotFound, NotPermitted, and InputInvalid for a file that cannot be read or lacks the title's column.
    """

    type: str
    file_name: str
    content: bytes
    actor: Actor
    sheet: tuple[tuple[str, ...], ...] | None = None

    def prepare(self, context: CommandContext) -> Self:
        """Read the file before the transaction: that of a large one takes a while."""
        writable_register(context, self.actor, self.type)
        return replace(self, sheet=tuple(tuple(row) for row in read_sheet(self.content)))

    def run(self, context: CommandContext) -> RegisterImport:
        """Do it in the caller's transaction."""
        register = writable_register(context, self.actor, self.type)
        sheet = self.sheet if self.sheet is not None else tuple(tuple(row) for row in read_sheet(self.content))
        names, unknown = column_names(context, register, sheet[0])
        if "title" not in names and "number" not in names:
            raise InputInvalid(
                Label(
                    "The first row names no column Title. Export the register to see how its columns are called.",
                    "Baris pertama tidak memuat kolom Judul. Ekspor register untuk melihat nama kolomnya.",
                )
            )
        rows = [_row(place, names, cells) for place, cells in enumerate(sheet[1:], start=2)]
        if not rows:
            raise InputInvalid(Label("There are no rows below the headings.", "Tidak ada baris di bawah judul kolom."))
        new = RegisterImport(
            context.keys.next_key(),
            self.type,
            self.actor.user,
            self.file_name[:_MOST_NAME],
            ImportState.CHECKING,
            len(rows),
            0,
            0,
            context.now,
            None,
        )
        imports = RegisterImports(context.work)
        imports.add(new, _whole(rows, names, unknown), rows)
        if len(rows) <= _AT_ONCE:
            while _check_some(context, new):
                pass
        return imports.get(new.key) or new


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyImport:
    """Write an import's rows: all of them, or none and InputInvalid. A large one is handed to the pump.

    Raises ImportNotFound, NotPermitted, NotInState, and InputInvalid when a row has a problem.
    """

    key: int
    actor: Actor

    def run(self, context: CommandContext) -> RegisterImport:
        """Do it in the caller's transaction."""
        imports = RegisterImports(context.work)
        found = own_import(context, self.actor, self.key, is_locked=True)
        if found.state is not ImportState.READY:
            raise NotInState(_IMPORT, found.key, ImportState.READY.value, found.state.value)
        if found.wrong:
            raise InputInvalid(
                Label(
                    f"{found.wrong} rows have problems. Correct the file and import it again.",
                    f"{found.wrong} baris bermasalah. Perbaiki berkas lalu impor lagi.",
                )
            )
        if found.total <= _AT_ONCE:
            write_rows(context, self.actor, found)
            imports.move(found.key, ImportState.APPLIED, context.now)
        else:
            imports.move(found.key, ImportState.APPLYING, context.now)
        return imports.get(found.key) or found


@dataclass(frozen=True, slots=True, kw_only=True)
class DropImport:
    """Forget an import that was not applied; raises ImportNotFound, NotPermitted, NotInState."""

    key: int
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        found = own_import(context, self.actor, self.key, is_locked=True)
        if found.state not in (ImportState.CHECKING, ImportState.READY):
            raise NotInState(_IMPORT, found.key, ImportState.READY.value, found.state.value)
        RegisterImports(context.work).move(found.key, ImportState.DROPPED, context.now)


@dataclass(frozen=True, slots=True)
class ImportWaits:
    """Whether an import waits for the pump."""

    def run(self, context: CommandContext) -> bool:
        """Answer."""
        return RegisterImports(context.work).working() is not None


@dataclass(frozen=True, slots=True)
class GoOnWithImport:
    """The pump: check some rows of the oldest import that waits, or write it. Returns whether there was one."""

    def run(self, context: CommandContext) -> bool:
        """Do it in the caller's transaction."""
        imports = RegisterImports(context.work)
        waiting = imports.working()
        found = imports.get(waiting.key, is_locked=True) if waiting else None
        if found is None:
            return False
        if found.state is ImportState.APPLYING:
            write_rows(context, Actor(found.user), found)
            imports.move(found.key, ImportState.APPLIED, context.now)
        elif found.state is ImportState.CHECKING:
            _check_some(context, found)
        return True


@dataclass(frozen=True, slots=True)
class RefuseImport:
    """The pump: the oldest import could not be checked or written; it ends, and nothing of it was."""

    def run(self, context: CommandContext) -> None:
        """Do it in a transaction of its own: that of the attempt is gone."""
        imports = RegisterImports(context.work)
        if found := imports.working():
            imports.move(found.key, ImportState.REFUSED, context.now)


def own_import(context: CommandContext, actor: Actor, key: int, *, is_locked: bool = False) -> RegisterImport:
    """Return an import of this person, who still writes the register; raises ImportNotFound, NotPermitted."""
    found = RegisterImports(context.work).get(key, is_locked=is_locked)
    if found is None or found.user != actor.user:
        raise ImportNotFound(key)
    writable_register(context, actor, found.type)
    return found


def _check_some(context: CommandContext, found: RegisterImport) -> bool:
    """Check the next chunk; return whether there was one. After the last one the import is ready."""
    imports = RegisterImports(context.work)
    chunk = imports.next_unchecked(found.key)
    if chunk is None:
        imports.move(found.key, ImportState.READY, context.now)
        return False
    first, rows = chunk
    actor = Actor(found.user)
    register = writable_register(context, actor, found.type)
    checked = RowCheck(context, actor, register, imports.whole(found.key)).check(rows)
    imports.put_checked(found.key, first, checked, sum(1 for row in checked if row["problems"]))
    return True


def _row(place: int, names: Sequence[str | None], cells: Sequence[str]) -> dict[str, Any]:
    named = {name: cell for name, cell in zip(names, cells, strict=False) if name is not None}
    return {"row": place, "cells": named}


def _whole(rows: Sequence[Mapping[str, Any]], names: Sequence[str | None], unknown: Sequence[str]) -> Mapping[str, Any]:
    """Return what a row alone does not tell: columns, and which numbers the file brings, which of them twice."""
    numbers = [number for row in rows if (number := row["cells"].get("number", "").strip())]
    doubled = [number for number, times in Counter(numbers).items() if times > 1]
    return {
        "columns": [name for name in names if name],
        "unknown": list(unknown),
        "doubled": sorted(doubled),
        "numbers": [number for number in numbers if number_parts(number)],
    }
