"""Whose session a request belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.commands.log_in import digest
from engine.model import User
from engine.store.sessions import Sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoIs:
    """Ask for the active person of a session token; None when it ended. One statement."""

    token: str

    def run(self, context: CommandContext) -> User | None:
        """Answer."""
        return Sessions(context.work).user(digest(self.token), now=context.now)
