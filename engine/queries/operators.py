"""Who may look at operations: administrators work here, auditors read along."""

from __future__ import annotations

from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Actor, Label
from engine.queries.readers import reader_of
from engine.store.workplace.readers import Reader


def require_observer(context: CommandContext, actor: Actor) -> Reader:
    """Return an administrator or auditor, in one statement; raises NotPermitted for anybody else."""
    reader = reader_of(context, actor)
    if not reader.reads_all:
        raise NotPermitted(
            "observe",
            Label(
                "this needs the role administrator or auditor.",
                "tindakan ini memerlukan peran administrator atau auditor.",
            ),
        )
    return reader
