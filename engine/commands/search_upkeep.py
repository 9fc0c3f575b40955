"""The pump keeps the index of words true to who may read: tasks of a record change that, and nobody waits for it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.store.record_search import is_due, refresh_due

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class SearchIsDue:
    """Whether records wait to be written into the index."""

    def run(self, context: CommandContext) -> bool:
        """Answer."""
        return is_due(context.work)


@dataclass(frozen=True, slots=True)
class RefreshSearch:
    """The pump: write records into the index whose tasks changed. Returns of how many root instances."""

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        return refresh_due(context.work, _AT_ONCE)
