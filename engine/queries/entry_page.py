"""One entry of a register: its form read-only, what changed when, links from both sides, and who names it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.entry_values import form_of, may_write, readable_register, variables_of
from engine.commands.record_access import reader_for
from engine.commands.save_entry import mark_of
from engine.errors import RecordNotFound
from engine.history import readable_details
from engine.model import Actor, HistoryEntry, Label, Record
from engine.queries.form_view import show_form
from engine.queries.known_words import KnownWords, known_words
from engine.queries.record_values import ShownValue, shown_field, shown_fields
from engine.queries.register_words import FieldWords, RegisterWords, register_words
from engine.queries.shown_form import ShownForm
from engine.records import LinkKind, Register
from engine.store.record_search import newest_mentioning
from engine.store.search_words import mention_word
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_details import Relation, history_of, relations_of, visible_record
from engine.store.workplace.record_lists import ListedRecord, display_names, records_with_keys

#: So many records that name an entry are shown.
_MOST_USERS = 50
_TITLE = Label("Title", "Judul")
_STATE = Label("State", "Status")
_ACTIONS: Mapping[str, Label] = {
    "record_opened": Label("Added", "Ditambahkan"),
    "record_updated": Label("Changed", "Diubah"),
    "record_linked": Label("Link added", "Tautan ditambahkan"),
    "record_unlinked": Label("Link removed", "Tautan dihapus"),
    "comment_added": Label("Comment", "Komentar"),
    "file_added": Label("File attached", "Berkas dilampirkan"),
    "record_redacted": Label("Content removed", "Isi dihapus"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a revision changed; without `before` where it was new."""

    label: Label
    before: ShownValue
    after: ShownValue


@dataclass(frozen=True, slots=True)
class Revision:
    """One entry of the audit chain."""

    sequence: int
    title: Label
    at: datetime
    by: str
    changes: tuple[Change, ...]
    note: Label | None  #: of a link: how it reads from this entry


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as it reads from this entry."""

    relation: Relation
    label: Label


@dataclass(frozen=True, slots=True)
class EntryPageData:
    """What an entry's page shows."""

    register: Register
    record: Record
    state: Label
    fields: tuple[ShownValue, ...]
    revisions: tuple[Revision, ...]  #: newest first
    links: tuple[ShownLink, ...]
    used_by: tuple[ListedRecord, ...]  #: records whose fields name this one
    link_kinds: tuple[LinkKind, ...]
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """Ask for an entry; raises RegisterNotFound, RecordNotFound or NotPermitted."""

    actor: Actor
    type: str
    number: str

    def run(self, context: CommandContext) -> EntryPageData:
        """Answer in a fixed number of statements."""
        permissions = read_permissions(context, self.actor)
        register = readable_register(context, permissions, self.type)
        reader, words = reader_for(context, permissions), register_words(context, self.type)
        record = _entry(context, reader, self.type, self.number)
        history = history_of(context.work, record.key, [])
        known = known_words(context, reader, [record.fields, *(entry.details for entry in history)], [])
        kinds = context.definitions.documents(context.work).link_kinds()
        relations = relations_of(context.work, reader, record.key)
        return EntryPageData(
            register=register,
            record=record,
            state=words.state(record.state),
            fields=shown_fields(record.fields, words, known),
            revisions=tuple(_revisions(context, history, words, known, (record.number, kinds))),
            links=tuple(ShownLink(relation, _reads(kinds, relation)) for relation in relations),
            used_by=tuple(_users(context, reader, record)),
            link_kinds=tuple(kinds.values()),
            may_write=may_write(register, permissions),
        )


@dataclass(frozen=True, slots=True)
class EntryFormData:
    """The form of an entry, to add or change it."""

    register: Register
    record: Record | None
    form: ShownForm
    states: tuple[tuple[str, Label], ...]
    state: str
    mark: str
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryForm:
    """Ask for the form of an entry, or of a new one; `submitted` are values typed but not accepted.

    Raises RegisterNotFound, RecordNotFound, NotPermitted.
    """

    actor: Actor
    type: str
    number: str | None = None
    submitted: Mapping[str, Any] | None = None
    errors: Mapping[str, Label] | None = None
    state: str | None = None

    def run(self, context: CommandContext) -> EntryFormData:
        """Answer; one statement more for each source of options."""
        permissions = read_permissions(context, self.actor)
        register = readable_register(context, permissions, self.type)
        reader = reader_for(context, permissions)
        record = _entry(context, reader, self.type, self.number) if self.number else None
        words = register_words(context, self.type)
        form = show_form(
            context,
            self.actor,
            form_of(context, register),
            variables_of(record),
            submitted=self.submitted,
            errors=self.errors or {},
        )
        return EntryFormData(
            register,
            record,
            form,
            tuple(words.states.items()),
            self.state or (record.state if record else register.first_state),
            mark_of(record) if record else "",
            may_write(register, permissions),
        )


def _entry(context: CommandContext, reader: Reader, record_type: str, number: str) -> Record:
    record = visible_record(context.work, reader, number)
    if record.type != record_type:
        raise RecordNotFound(number)
    return record


def _users(context: CommandContext, reader: Reader, record: Record) -> Sequence[ListedRecord]:
    keys = newest_mentioning(context.work, reader, mention_word(record.number), limit=_MOST_USERS)
    found = records_with_keys(context.work, reader, keys)
    return [other for other in found if other.number != record.number]


def _reads(kinds: Mapping[str, LinkKind], relation: Relation) -> Label:
    kind = kinds.get(relation.kind)
    if kind is None:
        return Label(relation.kind.replace("_", " "), relation.kind.replace("_", " "))
    return kind.label if relation.is_outgoing else kind.reverse


def _revisions(
    context: CommandContext,
    history: Sequence[HistoryEntry],
    words: RegisterWords,
    known: KnownWords,
    links: tuple[str, Mapping[str, LinkKind]],
) -> Sequence[Revision]:
    names = display_names(context.work, {entry.actor for entry in history})
    return [_revision(entry, names.get(entry.actor, ""), words, known, links) for entry in reversed(history)]


def _revision(
    entry: HistoryEntry, by: str, words: RegisterWords, known: KnownWords, links: tuple[str, Mapping[str, LinkKind]]
) -> Revision:
    details = readable_details(entry.details)
    title = _ACTIONS.get(entry.action, Label(entry.action, entry.action))
    if entry.action == "record_updated":
        raw = details.get("changes")
        pairs = raw if isinstance(raw, Mapping) else {}
        changes = [_change(name, pair, words, known) for name, pair in pairs.items() if name != "closed"]
    else:
        changes = []
    note = _link_note(details, *links) if entry.action in ("record_linked", "record_unlinked") else None
    return Revision(entry.sequence, title, entry.at, by, tuple(changes), note)


def _link_note(details: Mapping[str, Any], number: str, kinds: Mapping[str, LinkKind]) -> Label:
    is_outgoing = details.get("from") == number
    other = str(details.get("to" if is_outgoing else "from"))
    label = _reads(kinds, Relation(other, "", str(details.get("kind")), is_outgoing))
    return Label(f"{label.en} {other}", f"{label.id} {other}")


def _change(name: str, pair: Any, words: RegisterWords, known: KnownWords) -> Change:
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
    if name == "state":
        shown = [ShownValue(_STATE, value, (words.state(str(value)),)) for value in (before, after)]
        return Change(_STATE, shown[0], shown[1])
    field = words.field(name.removeprefix("fields.")) if name != "title" else FieldWords("title", _TITLE, {})
    return Change(field.label, shown_field(field, before, known), shown_field(field, after, known))
