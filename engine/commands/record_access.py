"""Who may see a record (decision no. 20): its people, the groups of its tasks, administrators, auditors."""

from __future__ import annotations

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import RecordNotFound
from engine.model import Actor, Record
from engine.store.records import Records
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_details import may_see_record


def require_visible_record(context: CommandContext, actor: Actor, number: str) -> Record:
    """Return the record; raises RecordNotFound when there is none that the actor may see."""
    permissions = read_permissions(context, actor)
    permissions.require_active()
    record = Records(context.work).get(number)
    reader = Reader(permissions.user, permissions.groups, permissions.reads_all)
    if not may_see_record(context.work, reader, record.key):
        raise RecordNotFound(number)
    return record
