"""A person's notifications, newest first."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, Notification
from engine.queries.paging import PAGE_SIZE, Page, page_of, read_place
from engine.queries.readers import reader_of
from engine.store.workplace.inbox_list import Place
from engine.store.workplace.notification_list import notifications_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsPage:
    """List the actor's notifications."""

    actor: Actor
    after: str | None = None
    size: int = PAGE_SIZE

    def run(self, context: CommandContext) -> Page[Notification]:
        """Answer in two statements."""
        reader = reader_of(context, self.actor)
        found = notifications_of(context.work, reader.name, after=read_place(self.after), limit=self.size + 1)
        return page_of(found, lambda notification: Place(notification.created_at, notification.key), self.size)
