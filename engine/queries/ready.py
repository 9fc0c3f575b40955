"""Is everything that answering needs there?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.store.resources import Resources


@dataclass(frozen=True, slots=True, kw_only=True)
class IsReady:
    """Read one row through the schema; raises StoreUnavailable when the database does not answer."""

    def run(self, context: CommandContext) -> bool:
        """Answer in one statement."""
        Resources(context.work).document_revision()
        return True
