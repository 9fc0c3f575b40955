"""Who may look at operations: administrators work here, auditors and process owners read along."""

from __future__ import annotations

from engine.commands.authorisation import PROCESS_OWNER
from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.model import Actor, Label
from engine.queries.readers import reader_of
from engine.store.workplace.readers import Reader


def require_observer(context: CommandContext, actor: Actor) -> Reader:
    """Return an administrator, auditor or process owner, in one statement; raises NotPermitted for anybody else.

    A process owner sees what runs where and what is stuck, but the contents of own records only (`Reader.reads_all`).
    """
    reader = reader_of(context, actor)
    if not (reader.reads_all or PROCESS_OWNER in reader.groups):
        raise NotPermitted(
            "observe",
            Label(
                "this needs the role administrator, auditor or process owner.",
                "tindakan ini memerlukan peran administrator, auditor, atau pemilik proses.",
            ),
        )
    return reader


def require_auditor(context: CommandContext, actor: Actor) -> Reader:
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
