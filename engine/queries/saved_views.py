"""The views that a person saved of a list."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, SavedView
from engine.queries.readers import reader_of
from engine.store.saved_views import SavedViews


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewsOfPage:
    """Ask for the actor's own views of a list. Two statements."""

    page: str
    actor: Actor

    def run(self, context: CommandContext) -> tuple[SavedView, ...]:
        """Answer, by name; raises NotPermitted."""
        reader = reader_of(context, self.actor)
        return tuple(SavedViews(context.work).of(reader.name, self.page))
