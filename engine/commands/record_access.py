"""Who may see a record (decision no. 20): its people, the groups of its tasks, administrators, auditors."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from engine.commands.authorisation import ADMINISTRATOR, Permissions, read_permissions
from engine.commands.context import CommandContext
from engine.errors import NotPermitted, RecordNotFound
from engine.model import Actor, Label, Record, RecordKey
from engine.store.records import Records
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_details import may_see_record


def reader_for(context: CommandContext, permissions: Permissions) -> Reader:
    """Return a person as a reader: with groups, and the registers that they open."""

    @cache
    def opened() -> tuple[frozenset[str], frozenset[str]]:
        registers = context.definitions.documents(context.work).registers().values()
        readable = [register for register in registers if register.reads(permissions.groups)]
        restricted = frozenset(register.type for register in readable if register.is_restricted)
        return frozenset(register.type for register in readable), restricted

    return Reader(permissions.user, permissions.groups, permissions.reads_all, opened)


def require_visible_record(context: CommandContext, actor: Actor, number: str) -> Record:
    """Return the record; raises RecordNotFound when there is none that the actor may see."""
    permissions = read_permissions(context, actor)
    permissions.require_active()
    record = Records(context.work).get(number)
    reader = reader_for(context, permissions)
    if not may_see_record(context.work, reader, record.key):
        raise RecordNotFound(number)
    return record


def require_writable_record(context: CommandContext, actor: Actor, number: str) -> Record:
    """Return the record; raises RecordNotFound as above, and NotPermitted for auditors that it does not concern."""
    record = require_visible_record(context, actor, number)
    permissions = read_permissions(context, actor)
    reader = reader_for(context, permissions)
    if not may_write_record(context, reader, record.key):
        raise NotPermitted("write", Label("auditors only read.", "auditor hanya membaca."))
    return record


def may_write_record(context: CommandContext, reader: Reader, record_key: RecordKey) -> bool:
    """Return whether who sees the record may also comment on it; who only audits may not."""
    if not reader.reads_all or ADMINISTRATOR in reader.groups:
        return True
    return may_see_record(context.work, replace(reader, reads_all=False), record_key)
