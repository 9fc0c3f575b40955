"""People end sessions of theirs on other devices; administrators those of anybody."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.model import Actor
from engine.store.sessions import Sessions


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSessions:
    """End the sessions of a person that have these ids (`SessionEntry.id`), or all of them when none is named.

    Returns how many ended. Raises NotPermitted for sessions of others unless the actor is an administrator.
    """

    user: str
    actor: Actor
    ids: tuple[str, ...] = ()

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        if self.user != self.actor.user:
            permissions.require_administrator()
        ended = Sessions(context.work).end(self.user, self.ids)
        if ended:
            note_in_system(context, self.actor, "sessions_ended", {"name": self.user, "count": ended})
        return ended
