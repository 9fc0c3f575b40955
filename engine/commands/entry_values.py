"""Entries of a register: which form they have, what may be written into them, and which links their fields keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.commands.audit import note_in_system
from engine.commands.authorisation import Permissions, read_permissions
from engine.commands.choices import offered_choices
from engine.commands.context import CommandContext
from engine.commands.form_values import uploaded_file
from engine.commands.host_functions import lazy_host_functions
from engine.errors import InputInvalid, NotPermitted, RegisterNotFound
from engine.forms import Form, Option, check
from engine.model import Actor, Label, Record, ResourceKind
from engine.records import Register
from engine.store.records import Records as RecordRows
from engine.store.resources import Resources

#: The form's field that becomes the record's title.
TITLE = "title"
_NUMBER = re.compile(r"([A-Z]{2,8})-(\d{4})-(\d{6,9})")


@dataclass(frozen=True, slots=True)
class Entry:
    """What will be written: checked values, or what is wrong by field path."""

    title: str
    fields: Mapping[str, Any]
    errors: Mapping[str, Label]


def find_register(context: CommandContext, record_type: str) -> Register:
    """Return the register; raises RegisterNotFound."""
    register = context.definitions.documents(context.work).registers().get(record_type)
    if register is None:
        raise RegisterNotFound(record_type)
    return register


def readable_register(context: CommandContext, permissions: Permissions, record_type: str) -> Register:
    """Return the register if this person may open it; raises RegisterNotFound, so that nobody learns of others."""
    permissions.require_active()
    register = find_register(context, record_type)
    if not (register.reads(permissions.groups) or (permissions.reads_all and not register.is_restricted)):
        raise RegisterNotFound(record_type)
    return register


def may_write(register: Register, permissions: Permissions) -> bool:
    """Return whether this person adds and changes entries; processes alone do where they own the records."""
    if register.has_process or register.form_id is None:
        return False
    may_administer = permissions.is_administrator and not register.is_restricted
    return may_administer or register.writes(permissions.groups)


def writable_register(context: CommandContext, actor: Actor, record_type: str) -> Register:
    """Return the register; raises RegisterNotFound, and NotPermitted for who may only read it."""
    permissions = read_permissions(context, actor)
    register = readable_register(context, permissions, record_type)
    if not may_write(register, permissions):
        wanted = ", ".join(sorted(register.write)) or "–"
        raise NotPermitted(
            "write_register",
            Label(
                f"this register is kept by: {wanted}. Ask one of them.",
                f"register ini dikelola oleh: {wanted}. Mintalah salah satunya.",
            ),
        )
    return register


def form_of(context: CommandContext, register: Register) -> Form:
    """Return the newest form of a register; raises InputInvalid when it is not deployed."""
    wanted = register.form_id or ""
    stored = Resources(context.work).newest(ResourceKind.FORM, [wanted]).get(wanted)
    if stored is None:
        raise InputInvalid(
            Label(
                f"The form {wanted} of the register {register.type} is not deployed. Deploy it.",
                f"Formulir {wanted} dari register {register.type} belum diterapkan. Terapkan dahulu.",
            )
        )
    return context.definitions.form(context.work, stored.key)


def variables_of(record: Record | None) -> dict[str, Any]:
    """Return what the form of an entry starts with."""
    if record is None:
        return {}
    return {**record.fields, TITLE: record.title, "number": record.number, "state": record.state}


def checked_entry(
    context: CommandContext,
    actor: Actor,
    form: Form,
    submitted: Mapping[str, Any],
    before: Record | None,
    *,
    choices: Callable[[str], Sequence[Option]] | None = None,
) -> Entry:
    """Return what a form's values make of an entry. Fields that the form hides are emptied."""
    kept = _files_of(before.fields) if before else {}
    values, errors = check(
        form,
        submitted,
        variables_of(before),
        now=context.now,
        choices=choices or offered_choices(context, actor, submitted, before.fields if before else {}),
        files=lambda key: kept.get(key) or uploaded_file(context, actor, key),
        functions=lazy_host_functions(context),
        zone=context.zone,
    )
    title = values.pop(TITLE, None) or (before.title if before else "")
    hidden = {key: None for key in form.keys if key != TITLE and before is not None and key in before.fields}
    own = [] if before is None else [field for field in _links(values) if field[1] == before.number]
    errors = {**errors, **{name: _to_itself() for name, _ in own}}
    return Entry(str(title), {**hidden, **values}, errors)


def _files_of(fields: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the facts of the files that an entry has already, by key: whoever changes it may keep them."""
    listed = [item for value in fields.values() if isinstance(value, list) for item in value]
    files = [item for item in listed if isinstance(item, Mapping) and {"key", "media_type"} <= item.keys()]
    return {str(item["key"]): {name: item[name] for name in item if name != "key"} for item in files}


def checked_state(register: Register, state: str | None, before: Record | None) -> str:
    """Return the state to write; raises InputInvalid for one that the register does not have."""
    wanted = state or (before.state if before else register.first_state)
    if wanted not in {known.key for known in register.states} | {register.first_state, before.state if before else ""}:
        raise InputInvalid(
            Label(
                f"{register.label.en} have no state {wanted!r}.", f"{register.label.id} tidak punya status {wanted!r}."
            )
        )
    return wanted


def links_in_fields(register: Register, fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (number, kind of link) of what the fields name, as the register says."""
    for field, kind in register.links.items():
        yield from ((number, kind) for number in _numbers(fields.get(field)))


def number_parts(number: str) -> tuple[str, int, int] | None:
    """Return (prefix, year, counter) of `PREFIX-YYYY-NNNNNN`; None for anything else."""
    found = _NUMBER.fullmatch(number)
    return (found[1], int(found[2]), int(found[3])) if found else None


def reserve_numbers(context: CommandContext, actor: Actor, numbers: Iterable[str], reason: str) -> None:
    """Let the counters go on after numbers that were brought along; the audit tells which were skipped, and why."""
    brought: dict[tuple[str, int], set[int]] = {}
    for number in numbers:
        if parts := number_parts(number):
            brought.setdefault(parts[:2], set()).add(parts[2])
    for (prefix, year), counters in sorted(brought.items()):
        for first, last in RecordRows(context.work).reserve_numbers(prefix, year, counters):
            details = {"prefix": prefix, "year": year, "first": first, "last": last, "reason": reason}
            note_in_system(context, actor, "numbers_skipped", details)


def _numbers(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [number for number in listed if isinstance(number, str) and _NUMBER.fullmatch(number)]


def _links(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        yield from ((name, number) for number in _numbers(value))


def _to_itself() -> Label:
    return Label("A record cannot refer to itself.", "Rekaman tidak dapat merujuk dirinya sendiri.")
