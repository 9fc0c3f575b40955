"""A register as a spreadsheet: every entry that the reader may see, with all fields, ready to be imported again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.entry_values import readable_register
from engine.commands.record_access import reader_for
from engine.model import Actor, Label
from engine.queries.register_words import FieldWords, register_words
from engine.records.cells import CellWords, cell_of
from engine.records.sheets import MOST_ROWS, write_csv, write_xlsx
from engine.store.workplace.register_lists import EntryFilter, every_entry

NUMBER, TITLE, STATE = Label("Number", "Nomor"), Label("Title", "Judul"), Label("State", "Status")


class SheetFormat(Enum):
    """What a register is written as."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportEntries:
    """Return the file of a register; `wanted` narrows it as in its list. At most 100,000 entries.

    Texts that a spreadsheet program would take for a formula are kept from it. Raises RegisterNotFound, NotPermitted.
    """

    actor: Actor
    type: str
    wanted: EntryFilter
    format: SheetFormat
    language: str = "id"

    def run(self, context: CommandContext) -> bytes:
        """Answer."""
        permissions = read_permissions(context, self.actor)
        register = readable_register(context, permissions, self.type)
        reader = reader_for(context, permissions)
        words = register_words(context, self.type)
        fields = list(words.fields.values())
        cells = {field.name: _cell_words(field, self.language) for field in fields}
        heading = [label.text(self.language) for label in (NUMBER, TITLE, STATE, *(field.label for field in fields))]
        rows: list[Sequence[str | float | int]] = [heading]
        for record in every_entry(context.work, reader, self.wanted, limit=MOST_ROWS):
            values = [cell_of(record.fields.get(field.name), cells[field.name]) for field in fields]
            rows.append([record.number, record.title, words.state(record.state).text(self.language), *values])
        if self.format is SheetFormat.XLSX:
            return write_xlsx(register.label.text(self.language), rows)
        return "".join(write_csv(rows)).encode()


def _cell_words(field: FieldWords, language: str) -> CellWords:
    return CellWords({code: label.text(language) for code, label in field.options.items()}, {})
