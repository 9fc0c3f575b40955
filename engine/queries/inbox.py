"""The inbox: my tasks, my groups' tasks, what is overdue, what I did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.commands.context import CommandContext
from engine.model import Actor
from engine.queries.paging import PAGE_SIZE, Page, page_of, read_place
from engine.queries.readers import deputy_reader_of
from engine.store.workplace.inbox_list import ListedTask, Place, done_tasks, open_tasks
from engine.store.workplace.readers import Reader


class InboxTab(Enum):
    """Which tasks the inbox lists."""

    MINE = "mine"  #: assigned to me, or for me by name
    GROUPS = "groups"  #: nobody has them yet and one of my groups may
    OVERDUE = "overdue"  #: both, those whose due time has passed
    DONE = "done"  #: completed by me


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """List tasks of the actor: open ones by due time, done ones by when they were done.

    `after` is `Page.next` of the page before. Raises NotPermitted or InputInvalid.
    """

    actor: Actor
    tab: InboxTab = InboxTab.MINE
    after: str | None = None
    size: int = PAGE_SIZE

    def run(self, context: CommandContext) -> Page[ListedTask]:
        """Answer in three statements."""
        reader, after = deputy_reader_of(context, self.actor), read_place(self.after)
        lines = self._lines(context, reader, after, self.size + 1)
        return page_of(lines, lambda task: task.place, self.size)

    def _lines(self, context: CommandContext, reader: Reader, after: Place | None, limit: int) -> list[ListedTask]:
        if self.tab is InboxTab.DONE:
            return done_tasks(context.work, reader.name, after=after, limit=limit)
        own = {
            InboxTab.MINE: reader.inboxes[:1],
            InboxTab.GROUPS: reader.group_inboxes,
            InboxTab.OVERDUE: reader.inboxes,
        }[self.tab]
        kinds = {InboxTab.MINE: "u:", InboxTab.GROUPS: "g:"}
        kind = kinds.get(self.tab, "")
        lent = {inbox: name for inbox, name in reader.lent_inboxes.items() if inbox.startswith(kind)}
        due_before = context.now if self.tab is InboxTab.OVERDUE else None
        return open_tasks(context.work, own, lent, after=after, due_before=due_before, limit=limit)
