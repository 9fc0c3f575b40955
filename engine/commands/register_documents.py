"""Starting data of registers: records that shared documents bring along, added once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.entry_values import links_in_fields, reserve_numbers
from engine.commands.record_rooms import records_of, streams_of
from engine.errors import InputInvalid
from engine.model import Actor, Label
from engine.records import OPEN
from engine.store.records import Records as RecordRows


def apply_register_documents(context: CommandContext, actor: Actor, documents: Sequence[Mapping[str, Any]]) -> None:
    """Add the records of documents `kind: register_data` whose number is not there yet, then their links.

    What people changed since stays as it is. Raises InputInvalid for an item without number or title.
    """
    entries = [
        (str(document["type"]), item)
        for document in documents
        if document["kind"] == "register_data"
        for item in document.get("items", ())
    ]
    if not entries:
        return
    rows = RecordRows(context.work)
    registers = context.definitions.documents(context.work).registers()
    known = rows.existing([_text(item, "number") for _, item in entries])
    new = [(kind, item) for kind, item in entries if item["number"] not in known]
    streams = streams_of(context, actor)
    records = records_of(context, actor, streams)
    for kind, item in new:
        register = registers.get(kind)
        state = str(item.get("state") or (register.first_state if register else OPEN))
        records.create(
            kind,
            _text(item, "title"),
            fields=item.get("fields") or {},
            number=item["number"],
            state=state,
            is_restricted=register is not None and register.is_restricted,
            is_closed=register is not None and register.is_final(state),
        )
    reserve_numbers(context, actor, [item["number"] for _, item in new], "starting data")
    for kind, item in new:
        links = {(str(link["to"]), str(link["kind"])) for link in item.get("links") or ()}
        if kind in registers:
            links |= set(links_in_fields(registers[kind], item.get("fields") or {}))
        for to_number, link_kind in sorted(links):
            records.link(item["number"], to_number, link_kind)
    streams.write()


def _text(item: Any, name: str) -> str:
    value = item.get(name) if isinstance(item, Mapping) else None
    if not isinstance(value, str) or not value.strip():
        raise InputInvalid(
            Label(f"Register data lacks the {name} of an item: {item!r}.", f"Data register tanpa {name}: {item!r}.")
        )
    return value
