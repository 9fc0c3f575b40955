"""A person has read notifications."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.model import Actor
from engine.store.notifications import Notifications


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkNotificationsRead:
    """Mark the actor's notifications as read, all or those of `keys`; returns how many."""

    actor: Actor
    keys: tuple[int, ...] | None = None

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_active()
        return Notifications(context.work).mark_read(self.actor.user, self.keys, at=context.now)
