"""Find records by any of their words, where the reader may read them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.model import Actor, Label
from engine.queries.my_records import RecordLine, with_whereabouts
from engine.queries.readers import reader_of
from engine.queries.register_words import RegisterWords, register_words
from engine.store.record_search import newest_matching
from engine.store.records import Records
from engine.store.search_words import asked_words, fold
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_lists import ListedRecord, records_with_keys

_MOST = 30
_SHORTEST = 2
_MOST_ROUNDS = 20
#: Letters on each side of a word found.
_AROUND = 60
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text in pieces: (piece, whether it was asked for)."""

    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A record that was found, and where the words stand."""

    line: RecordLine
    type_label: Label
    is_entry: bool  #: of a register without process
    title: Excerpt
    excerpt: Excerpt | None  #: of the field where a word stands that is not in the title
    where: Label | None  #: that field


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecords:
    """Return the newest records that match and that the actor may see; nothing for less than two letters.

    Every word must stand in number, title, fields or requester, or begin a word there.
    """

    actor: Actor
    text: str
    limit: int = _MOST

    def run(self, context: CommandContext) -> tuple[FoundRecord, ...]:
        """Answer in a fixed number of statements."""
        reader = reader_of(context, self.actor)
        if len(self.text.strip()) < _SHORTEST:
            return ()
        found = self._newest(context, reader)
        lines = with_whereabouts(context, tuple(found))
        full = Records(context.work).get_many([line.record.number for line in lines]) if lines else {}
        asked = [word for group in asked_words(self.text) for word in group]
        registers = context.definitions.documents(context.work).registers()
        words = {kind: register_words(context, kind) for kind in {line.record.type for line in lines}}
        return tuple(
            _found(
                line,
                full[line.record.number].fields,
                asked,
                words[line.record.type],
                is_entry=line.record.type in registers and not registers[line.record.type].has_process,
            )
            for line in lines
        )

    def _newest(self, context: CommandContext, reader: Reader) -> list[ListedRecord]:
        """Return as many as are shown; the index may name records that the reader has lost, so it is asked on."""
        found: list[ListedRecord] = []
        before: int | None = None
        for _ in range(_MOST_ROUNDS):
            keys = newest_matching(context.work, reader, self.text, before=before, limit=self.limit)
            found += records_with_keys(context.work, reader, keys) if keys else []
            if len(keys) < self.limit or len(found) >= self.limit:
                break
            before = keys[-1]
        return found[: self.limit]


def _found(
    line: RecordLine, fields: Mapping[str, Any], asked: list[str], words: RegisterWords, *, is_entry: bool
) -> FoundRecord:
    title = marked(line.record.title, asked)
    missing = [word for word in asked if word not in fold(line.record.title)]
    name, excerpt = _best(fields, missing)
    return FoundRecord(line, words.label, is_entry, title, excerpt, words.field(name).label if name else None)


def marked(text: str, asked: list[str]) -> Excerpt:
    """Return the text with the words that begin with one of `asked` marked; case and accents do not count."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for word in _WORD.finditer(text):
        if fold(word[0]).startswith(tuple(asked)):
            pieces += [(text[end : word.start()], False), (word[0], True)]
            end = word.end()
    return Excerpt(tuple(piece for piece in (*pieces, (text[end:], False)) if piece[0]))


def _best(fields: Mapping[str, Any], asked: list[str]) -> tuple[str, Excerpt | None]:
    """Return the first field with a text in which a word begins, and the part around it."""
    for name, value in fields.items():
        for text in value if isinstance(value, list) else [value]:
            if not isinstance(text, str):
                continue
            found = marked(text, asked)
            before = 0
            for piece, is_hit in found.pieces:
                if is_hit:
                    start = max(0, before - _AROUND)
                    end = before + len(piece) + _AROUND
                    part = ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
                    return name, marked(part, asked)
                before += len(piece)
    return "", None
