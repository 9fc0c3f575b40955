"""The audit of the system itself: logins, deployments, people, settings."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, HistoryEntry
from engine.queries.operators import require_auditor
from engine.store.monitoring import history_list, people_list

PAGE_SIZE = 50
STREAM = "system"


@dataclass(frozen=True, slots=True)
class SystemEntry:
    """An entry with the name of who acted."""

    entry: HistoryEntry
    actor_name: str


@dataclass(frozen=True, slots=True)
class SystemHistoryPage:
    """One page of entries, newest first; `next` is the sequence number to go on before."""

    entries: tuple[SystemEntry, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemHistory:
    """Ask for entries of the system's stream. Two statements."""

    actor: Actor
    before: int | None = None
    action: str = ""
    person: str = ""

    def run(self, context: CommandContext) -> SystemHistoryPage:
        """Answer; raises NotPermitted."""
        require_auditor(context, self.actor)
        found = history_list.stream_entries(
            context.work, STREAM, before=self.before, limit=PAGE_SIZE + 1, action=self.action, actor=self.person
        )
        shown = found[:PAGE_SIZE]
        people = people_list.display_names(context.work, {entry.actor for entry in shown})
        return SystemHistoryPage(
            entries=tuple(SystemEntry(entry, people.get(entry.actor, entry.actor)) for entry in shown),
            next=shown[-1].sequence if len(found) > PAGE_SIZE else None,
        )
