"""The records that a person asked for or belongs to, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, Label
from engine.queries.paging import PAGE_SIZE, Page, page_of, read_place
from engine.queries.readers import reader_of
from engine.queries.register_words import register_words
from engine.queries.whereabouts import Whereabouts, whereabouts
from engine.store.workplace.record_lists import ListedRecord, records_of


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list, with its state in plain words."""

    record: ListedRecord
    state: Label  #: the content's own state
    whereabouts: Whereabouts


@dataclass(frozen=True, slots=True, kw_only=True)
class MyRecords:
    """List the actor's records, newest first; `is_open` None asks for open and closed ones."""

    actor: Actor
    is_open: bool | None = True
    after: str | None = None
    size: int = PAGE_SIZE

    def run(self, context: CommandContext) -> Page[RecordLine]:
        """Answer in at most five statements."""
        reader = reader_of(context, self.actor)
        found = records_of(
            context.work, reader.name, is_open=self.is_open, after=read_place(self.after), limit=self.size + 1
        )
        page = page_of(found, lambda line: line.place, self.size)
        return Page(with_whereabouts(context, page.lines), page.next)


def with_whereabouts(context: CommandContext, records: tuple[ListedRecord, ...]) -> tuple[RecordLine, ...]:
    """Put the state beside each record."""
    states = whereabouts(context, [record.key for record in records])
    words = {record_type: register_words(context, record_type) for record_type in {record.type for record in records}}
    return tuple(
        RecordLine(record, words[record.type].state(record.state), states[record.key].whereabouts) for record in records
    )
