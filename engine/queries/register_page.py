"""One register: a page of its entries, filtered and sorted, in the words of its form."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.choices import offered_choices
from engine.commands.context import CommandContext
from engine.commands.entry_values import may_write, readable_register
from engine.commands.record_access import reader_for
from engine.errors import InputInvalid
from engine.model import Actor, Label, Record
from engine.queries.known_words import known_words
from engine.queries.paging import PAGE_SIZE
from engine.queries.record_values import ShownValue, shown_field
from engine.queries.register_words import FieldWords, RegisterWords, register_words
from engine.records import OWN_COLUMNS, Register
from engine.store.workplace.register_lists import EntryFilter, ListedEntry, Order, SortKind, list_entries

_OWN: Mapping[str, Label] = {
    "number": Label("Number", "Nomor"),
    "title": Label("Title", "Judul"),
    "state": Label("State", "Status"),
    "created_at": Label("Created", "Dibuat"),
    "updated_at": Label("Changed", "Diubah"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a register's list."""

    name: str
    label: Label
    is_number: bool


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A field by which the list can be narrowed, and to what."""

    name: str
    label: Label
    options: tuple[tuple[str, Label], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in the list; `cells` are those of the columns after the number."""

    record: Record
    state: Label
    cells: tuple[ShownValue, ...]


@dataclass(frozen=True, slots=True)
class RegisterPageData:
    """What a register's page shows."""

    register: Register
    columns: tuple[Column, ...]
    lines: tuple[EntryLine, ...]
    filters: tuple[Narrowing, ...]
    editable: tuple[FieldWords, ...]  #: fields that a bulk edit may change
    next: str | None
    may_write: bool
    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """Ask for a page of a register. `wanted` narrows it, `sort` names a column (`-due` for the other direction).

    Raises RegisterNotFound, NotPermitted, and InputInvalid for a place or column that does not exist.
    """

    actor: Actor
    type: str
    wanted: EntryFilter
    sort: str = "number"
    language: str = "id"
    after: str | None = None
    size: int = PAGE_SIZE

    def run(self, context: CommandContext) -> RegisterPageData:
        """Answer in a fixed number of statements, however many entries there are."""
        permissions = read_permissions(context, self.actor)
        register = readable_register(context, permissions, self.type)
        reader, words = reader_for(context, permissions), register_words(context, self.type)
        order = order_of(register, words, self.sort)
        found = list_entries(
            context.work,
            reader,
            self.wanted,
            order,
            language=self.language,
            after=_read_place(self.after),
            limit=self.size + 1,
        )
        shown = found[: self.size]
        names = shown_columns(register)
        values = [entry.record.fields.get(name) for entry in shown for name in names]
        known = known_words(context, reader, values, [])
        lines = tuple(
            EntryLine(
                entry.record,
                words.state(entry.record.state),
                tuple(_cell(entry.record, name, words, known) for name in names),
            )
            for entry in shown
        )
        return RegisterPageData(
            register=register,
            columns=tuple(_column(words, name) for name in names),
            lines=lines,
            filters=tuple(_narrowing(context, self.actor, words, name, self.wanted) for name in register.filters),
            editable=tuple(one for one in words.fields.values() if one.type not in ("dynamiclist", "filepicker")),
            next=_write_place(shown[-1]) if len(found) > self.size else None,
            may_write=may_write(register, permissions),
            order=order,
        )


def shown_columns(register: Register) -> list[str]:
    """Return the columns after the number."""
    return [name for name in dict.fromkeys(register.columns) if name != "number"]


def order_of(register: Register, words: RegisterWords, sort: str) -> Order:
    """Return the order that a column's name asks for; raises InputInvalid for a column that the list does not have."""
    name, is_descending = sort.removeprefix("-"), sort.startswith("-")
    if name not in {*register.columns, *OWN_COLUMNS}:
        raise InputInvalid(Label(f"There is no column {name!r}.", f"Tidak ada kolom {name!r}."))
    if name == "state":
        return Order(name, SortKind.CHOICE, is_descending, tuple(words.states))
    found = words.field(name)
    return Order(
        name, _sort_kind(found) if name not in OWN_COLUMNS else SortKind.TEXT, is_descending, tuple(found.options)
    )


def _sort_kind(words: FieldWords) -> SortKind:
    if words.options:
        return SortKind.CHOICE
    if words.type == "number":
        return SortKind.NUMBER
    kind = words.source.partition(":")[0]
    return {"people": SortKind.PERSON, "register": SortKind.RECORD, "records": SortKind.RECORD}.get(kind, SortKind.TEXT)


def _column(words: RegisterWords, name: str) -> Column:
    found = words.field(name)
    return Column(name, _OWN.get(name, found.label), found.type == "number" and name not in OWN_COLUMNS)


def _cell(record: Record, name: str, words: RegisterWords, known: Any) -> ShownValue:
    if name in OWN_COLUMNS:
        value = getattr(record, name)
        label = _OWN[name]
        if name == "state":
            return ShownValue(label, value, (words.state(record.state),))
        return ShownValue(label, value.isoformat() if name.endswith("_at") else value)
    return shown_field(words.field(name), record.fields.get(name), known)


def _narrowing(
    context: CommandContext, actor: Actor, words: RegisterWords, name: str, wanted: EntryFilter
) -> Narrowing:
    if name == "state":
        return Narrowing(name, _OWN[name], tuple(words.states.items()), wanted.state)
    found, chosen = words.field(name), wanted.fields.get(name, "")
    options: Sequence[tuple[str, Label]] = tuple(found.options.items())
    if not options and found.source:
        offered = offered_choices(context, actor, {"chosen": chosen})(found.source)
        options = [(str(option.value), option.label) for option in offered]
    return Narrowing(name, found.label, tuple(options), chosen)


def _write_place(entry: ListedEntry) -> str:
    return base64.urlsafe_b64encode(json.dumps([entry.sort_value, entry.record.key]).encode()).decode()


def _read_place(text: str | None) -> tuple[Any, int] | None:
    if not text:
        return None
    try:
        value, key = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        value, key = None, None
    if not isinstance(key, int) or isinstance(key, bool) or not isinstance(value, str | int | float):
        raise InputInvalid(Label("This page does not exist.", "Halaman ini tidak ada."))
    return value, key
