"""What the frame around every page counts."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, Label
from engine.queries.readers import deputy_reader_of
from engine.store.workplace import glance


@dataclass(frozen=True, slots=True)
class Glance:
    """The unit of one person, and counts, each at most 100 (shown as "99+")."""

    unit: Label
    open_tasks: int
    group_tasks: int
    overdue: int
    unread: int
    open_faults: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AtAGlance:
    """Count what waits for the actor."""

    actor: Actor

    def run(self, context: CommandContext) -> Glance:
        """Answer in three statements."""
        return Glance(*glance.counts(context.work, deputy_reader_of(context, self.actor), context.now))
