"""Writes the checked rows of an import, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.commands.audit import note_in_system
from engine.commands.context import CommandContext
from engine.commands.entry_values import Entry, links_in_fields, reserve_numbers, writable_register
from engine.commands.record_rooms import records_of, streams_of
from engine.commands.save_entry import mark_of, write_entry
from engine.errors import InputInvalid, StaleRevision
from engine.model import Actor, Label, RegisterImport
from engine.records import NewEntry, Register
from engine.store.records import Records as RecordRows
from engine.store.register_imports import RegisterImports


def write_rows(context: CommandContext, actor: Actor, found: RegisterImport) -> None:
    """Write every row; raises StaleRevision when an entry changed since it was checked, InputInvalid otherwise."""
    register = writable_register(context, actor, found.type)
    imports = RegisterImports(context.work)
    whole = imports.whole(found.key) or {}
    links: list[tuple[str, str, str]] = []
    for rows in imports.chunks(found.key):
        links += _write_new(context, actor, register, [row for row in rows if row["is_new"]])
        _write_changed(context, actor, register, [row for row in rows if not row["is_new"] and row["changes"]])
    # Links last: a row may name one that stands below it.
    streams = streams_of(context, actor)
    records_of(context, actor, streams).link_many(links)
    streams.write()
    reserve_numbers(context, actor, whole.get("numbers") or (), f"import of {found.file_name}")
    details = {"register": found.type, "file": found.file_name, "rows": found.total}
    note_in_system(context, actor, "register_imported", details)


def _write_new(
    context: CommandContext, actor: Actor, register: Register, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[str, str, str]]:
    if not rows:
        return []
    if taken := RecordRows(context.work).existing([row["number"] for row in rows if row["number"]]):
        number = min(taken)
        raise InputInvalid(Label(f"{number} was taken meanwhile.", f"{number} sudah dipakai sementara itu."))
    streams = streams_of(context, actor)
    entries = [_new_entry(register, row) for row in rows]
    created = records_of(context, actor, streams).create_many(register.type, entries)
    streams.write()
    return [
        (record.number, number, kind)
        for record in created
        for number, kind in dict.fromkeys(links_in_fields(register, record.fields))
    ]


def _write_changed(
    context: CommandContext, actor: Actor, register: Register, rows: Sequence[Mapping[str, Any]]
) -> None:
    if not rows:
        return
    streams = streams_of(context, actor)
    records = records_of(context, actor, streams)
    for row, before in zip(rows, records.get_many([row["number"] for row in rows]), strict=True):
        if mark_of(before) != row["mark"]:
            raise StaleRevision("record", before.number)
        write_entry(records, register, Entry(row["title"], row["fields"], {}), row["state"], before)
    streams.write()


def _new_entry(register: Register, row: Mapping[str, Any]) -> NewEntry:
    is_closed = register.is_final(row["state"])
    return NewEntry(row["title"], row["state"], row["fields"], row["number"], is_closed, register.is_restricted)
