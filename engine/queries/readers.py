"""Who asks a question, and that this person is still active."""

from __future__ import annotations

from dataclasses import replace

from engine.commands.authorisation import read_permissions, stand_ins_of
from engine.commands.context import CommandContext
from engine.commands.record_access import reader_for
from engine.model import Actor
from engine.store.workplace.readers import Reader


def reader_of(context: CommandContext, actor: Actor) -> Reader:
    """Return the person with groups, in one statement; raises NotPermitted when the account is not active."""
    permissions = read_permissions(context, actor)
    permissions.require_active()
    return reader_for(context, permissions)


def deputy_reader_of(context: CommandContext, actor: Actor) -> Reader:
    """Return the person as above, with those for whom the person stands in now; two statements."""
    reader = reader_of(context, actor)
    return replace(reader, stands_in=stand_ins_of(context, reader.name))
