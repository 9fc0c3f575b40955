"""Find a record by number, title or requester."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor
from engine.queries.my_records import RecordLine, with_whereabouts
from engine.queries.readers import reader_of
from engine.store.workplace.record_lists import records_matching

_MOST = 50
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecords:
    """Return the newest records that match and that the actor may see; nothing for less than two letters."""

    actor: Actor
    text: str

    def run(self, context: CommandContext) -> tuple[RecordLine, ...]:
        """Answer in at most five statements."""
        reader, text = reader_of(context, self.actor), self.text.strip()
        if len(text) < _SHORTEST:
            return ()
        return with_whereabouts(context, tuple(records_matching(context.work, reader, text, limit=_MOST)))
