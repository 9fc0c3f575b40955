"""Is the database a new one?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.store.people import People


@dataclass(frozen=True, slots=True, kw_only=True)
class HasPeople:
    """Whether anybody has an account; asked before the first person could log in."""

    def run(self, context: CommandContext) -> bool:
        """Answer in one statement."""
        return not People(context.work, context.now).is_empty()
