"""Who may look at operations: administrators work here, auditors read along."""

from __future__ import annotations

from engine.commands.authorisation import Permissions, read_permissions
from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Actor, Label
from engine.store.workplace.readers import Reader


def require_observer(context: CommandContext, actor: Actor) -> Permissions:
    """Return the permissions of an administrator or auditor; raises NotPermitted for anybody else."""
    permissions = read_permissions(context, actor)
    permissions.require_active()
    if not permissions.reads_all:
        raise NotPermitted(
            "observe",
            Label(
                "this needs the role administrator or auditor.",
                "tindakan ini memerlukan peran administrator atau auditor.",
            ),
        )
    return permissions


def reader_of(permissions: Permissions) -> Reader:
    """Return the person as the store's conditions on records want it."""
    return Reader(permissions.user, permissions.groups, reads_all=permissions.reads_all)
