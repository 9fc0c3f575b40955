"""People add and change entries of a register by its form, one by one or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.entry_values import (
    Entry,
    checked_entry,
    checked_state,
    form_of,
    links_in_fields,
    writable_register,
)
from engine.commands.record_access import reader_for
from engine.commands.record_rooms import adopt_attachments, records_of, streams_of
from engine.errors import FormRejected, InputInvalid, StaleRevision
from engine.model import Actor, Label, Record
from engine.records import Records, Register
from engine.store.records import Records as RecordRows
from engine.store.workplace.record_details import visible_record

#: More entries at once are no edit, but an import.
MOST_EDITED = 1_000


def mark_of(record: Record) -> str:
    """Return what tells one version of an entry from the next, for a page that is sent back later."""
    return str(int(record.updated_at.timestamp() * 1000))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveEntry:
    """Add an entry, or change the one with `number`; returns its number.

    `mark` is that of the version which the person saw. Raises RegisterNotFound, RecordNotFound, NotPermitted,
    FormRejected with what is wrong by field, and StaleRevision.
    """

    type: str
    submitted: Mapping[str, Any]
    actor: Actor
    number: str | None = None
    state: str | None = None
    mark: str | None = None

    def run(self, context: CommandContext) -> str:
        """Do it in the caller's transaction."""
        register = writable_register(context, self.actor, self.type)
        RecordRows(context.work).lock([self.number] if self.number else [])
        before = _entry(context, self.actor, register, self.number) if self.number else None
        if before is not None and self.mark is not None and self.mark != mark_of(before):
            raise StaleRevision("record", before.number)
        state = checked_state(register, self.state, before)
        entry = checked_entry(context, self.actor, form_of(context, register), self.submitted, before)
        if entry.errors:
            raise FormRejected(entry.errors)
        streams = streams_of(context, self.actor)
        written = write_entry(records_of(context, self.actor, streams), register, entry, state, before)
        streams.write()
        adopt_attachments(context, self.actor, written.key, entry.fields)
        return written.number


@dataclass(frozen=True, slots=True)
class EntryEdit:
    """What a bulk edit does to one entry: from which value to which, or why not."""

    number: str
    title: str
    before: Any
    after: Any
    error: Label | None

    @property
    def is_change(self) -> bool:
        """Return whether there is anything to write."""
        return self.error is None and self.before != self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class EditEntries:
    """Give one field (or `state`) of many entries the same value; all of them or none. Returns how many changed.

    Raises what SaveEntry raises; InputInvalid when an entry cannot take the value, naming it.
    """

    type: str
    numbers: Sequence[str]
    field: str
    value: Any
    actor: Actor

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        register = writable_register(context, self.actor, self.type)
        RecordRows(context.work).lock(self.numbers)
        edits = self.preview(context)
        for edit in edits:
            if edit.error is not None:
                raise InputInvalid(
                    Label(
                        f"{edit.number}: {edit.error.en} Nothing was changed.",
                        f"{edit.number}: {edit.error.id} Tidak ada yang diubah.",
                    )
                )
        streams = streams_of(context, self.actor)
        records = records_of(context, self.actor, streams)
        changes = [edit for edit in edits if edit.is_change]
        for edit in changes:
            before = records.get(edit.number)
            is_state = self.field == "state"
            entry = Entry(before.title, {} if is_state else {self.field: edit.after}, {})
            write_entry(records, register, entry, edit.after if is_state else before.state, before)
        streams.write()
        return len(changes)

    def preview(self, context: CommandContext) -> list[EntryEdit]:
        """Return what would happen to each entry; nothing is written."""
        register = writable_register(context, self.actor, self.type)
        numbers = list(dict.fromkeys(self.numbers))
        if not 0 < len(numbers) <= MOST_EDITED:
            raise InputInvalid(Label(f"Choose 1 to {MOST_EDITED} entries.", f"Pilih 1 sampai {MOST_EDITED} entri."))
        return [self._edit(context, register, _entry(context, self.actor, register, number)) for number in numbers]

    def _edit(self, context: CommandContext, register: Register, before: Record) -> EntryEdit:
        if self.field == "state":
            state = checked_state(register, str(self.value), before)
            return EntryEdit(before.number, before.title, before.state, state, None)
        form = form_of(context, register)
        known = {field.key[0] for field in form.fields if len(field.key) == 1 and field.readonly is False}
        if self.field not in known:
            raise InputInvalid(
                Label(f"There is no field {self.field!r} to edit.", f"Tidak ada kolom {self.field!r} untuk diubah.")
            )
        submitted = {**before.fields, "title": before.title, self.field: self.value}
        entry = checked_entry(context, self.actor, form, submitted, before)
        errors = [label for name, label in entry.errors.items() if name.split("[")[0].split(".")[0] == self.field]
        after = entry.title if self.field == "title" else entry.fields.get(self.field)
        old = before.title if self.field == "title" else before.fields.get(self.field)
        return EntryEdit(before.number, before.title, old, after, errors[0] if errors else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewEdit:
    """Ask what EditEntries would do."""

    edit: EditEntries

    def run(self, context: CommandContext) -> list[EntryEdit]:
        """Answer; raises what the command raises."""
        return self.edit.preview(context)


def write_entry(records: Records, register: Register, entry: Entry, state: str, before: Record | None) -> Record:
    """Write a checked entry and the links that its fields keep."""
    if before is None:
        written = records.create(
            register.type,
            entry.title,
            fields=entry.fields,
            state=state,
            is_restricted=register.is_restricted,
            is_closed=register.is_final(state),
        )
    else:
        is_final = register.is_final(state)
        written = records.update(
            before.number, title=entry.title, state=state, fields=entry.fields, close=is_final, reopen=not is_final
        )
    keep_links(records, register, before, written)
    return written


def keep_links(records: Records, register: Register, before: Record | None, written: Record) -> None:
    """Add the links that the fields ask for now, and take back those they asked for before."""
    old = set(links_in_fields(register, before.fields)) if before else set()
    new = set(links_in_fields(register, written.fields))
    for number, kind in sorted(old - new):
        if records.has_link(written.number, number, kind):
            records.unlink(written.number, number, kind)
    for number, kind in sorted(new - old):
        records.link(written.number, number, kind)


def _entry(context: CommandContext, actor: Actor, register: Register, number: str) -> Record:
    """Return an entry of the register that the person sees; raises RecordNotFound."""
    record = visible_record(context.work, reader_for(context, read_permissions(context, actor)), number)
    if record.type != register.type:
        raise InputInvalid(
            Label(f"{number} is not of the register {register.type}.", f"{number} bukan dari register {register.type}.")
        )
    return record
