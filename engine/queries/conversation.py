"""What a record's page needs beside the record itself: who watches, how it was rated, texts that are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.model import Actor, Label
from engine.queries.readers import deputy_reader_of
from engine.store.watchers import Rating, Ratings, Watchers
from engine.store.workplace.record_details import visible_record
from engine.store.workplace.record_lists import display_names


@dataclass(frozen=True, slots=True)
class CannedText:
    """A text that people of a group use again and again."""

    name: Label
    text: Label


@dataclass(frozen=True, slots=True)
class ConversationData:
    """What the reader may say about the record."""

    is_watching: bool
    watchers: tuple[str, ...]  #: display names
    rating: Rating | None
    may_rate: bool
    may_write_internal: bool
    canned: tuple[CannedText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Ask for it; raises RecordNotFound."""

    actor: Actor
    number: str

    def run(self, context: CommandContext) -> ConversationData:
        """Answer in a few statements."""
        work, reader = context.work, deputy_reader_of(context, self.actor)
        record = visible_record(work, reader, self.number)
        watching = Watchers(work).of_record(record.key)
        is_requester = record.requester == reader.name
        return ConversationData(
            is_watching=reader.name in watching,
            watchers=tuple(sorted(display_names(work, watching).values())),
            rating=Ratings(work).of_record(record.key) if record.closed_at else None,
            may_rate=is_requester and record.closed_at is not None,
            may_write_internal=not is_requester,
            canned=tuple(_canned(context, record.type, reader.groups)),
        )


def _canned(context: CommandContext, record_type: str, groups: frozenset[str]) -> Iterator[CannedText]:
    """Yield the texts of the documents `kind: canned_texts` for this type of record and one of the groups."""
    for document in context.definitions.documents(context.work).of_kind("canned_texts"):
        for entry in document.get("texts") or ():
            types, wanted = entry.get("types") or (), entry.get("groups") or ()
            if (not types or record_type in types) and (not wanted or groups & set(wanted)):
                yield CannedText(_label(entry.get("name")), _label(entry.get("text")))


def _label(texts: Mapping[str, Any] | None) -> Label:
    found = texts or {}
    english = str(found.get("en") or "")
    return Label(english, str(found.get("id") or english))
