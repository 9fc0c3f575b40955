"""Who asks a question, and that this person is still active."""

from __future__ import annotations

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.model import Actor
from engine.store.workplace.readers import Reader


def reader_of(context: CommandContext, actor: Actor) -> Reader:
    """Return the person with groups, in one statement; raises NotPermitted when the account is not active."""
    permissions = read_permissions(context, actor)
    permissions.require_active()
    return Reader(permissions.user, permissions.groups, permissions.reads_all)
