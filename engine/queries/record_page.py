"""Everything one record's page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.model import Actor, Label, ProcessInstanceKey, Record
from engine.queries.element_names import ElementNames
from engine.queries.portal_messages import PortalMessage, sendable_messages
from engine.queries.readers import reader_of
from engine.queries.timeline import Event, people_in, story
from engine.queries.whereabouts import Whereabouts, whereabouts
from engine.store.workplace import record_details
from engine.store.workplace.places import InstanceOfRecord
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_details import AttachedFile, Comment, RecordPerson, Relation
from engine.store.workplace.record_lists import display_names


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the record with the name that its register gives it."""

    name: str
    label: Label
    value: Any


@dataclass(frozen=True, slots=True)
class RecordPageData:
    """What a record's page shows."""

    record: Record
    type_label: Label
    requester_name: str | None
    whereabouts: Whereabouts
    fields: tuple[Field, ...]
    people: tuple[RecordPerson, ...]
    relations: tuple[Relation, ...]
    files: tuple[AttachedFile, ...]
    comments: tuple[Comment, ...]
    story: tuple[Event, ...]  #: oldest first
    names: dict[str, str]  #: login name -> display name of everybody the story mentions
    instances: tuple[InstanceOfRecord, ...]
    messages: tuple[PortalMessage, ...]  #: what the actor may tell the process now: withdraw, update


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """Ask for a record by number; raises RecordNotFound when there is none that the actor may see."""

    actor: Actor
    number: str

    def run(self, context: CommandContext) -> RecordPageData:
        """Answer with the same number of statements however long the record has lived."""
        work, reader = context.work, reader_of(context, self.actor)
        record = record_details.visible_record(work, reader, self.number)
        state = whereabouts(context, [record.key])[record.key]
        keys = [instance.key for instance in state.instances]
        events = story(record_details.history_of(work, record.key, keys), ElementNames(context))
        people = record_details.people_of(work, record.key)
        names = display_names(work, people_in(events) | {record.requester or ""})
        return RecordPageData(
            record=record,
            type_label=register_label(context, record.type),
            requester_name=names.get(record.requester or "", record.requester),
            whereabouts=state.whereabouts,
            fields=_fields(context, record),
            people=tuple(people),
            relations=tuple(record_details.relations_of(work, reader, record.key)),
            files=tuple(record_details.files_of(work, record.key)),
            comments=tuple(record_details.comments_on(work, record.key)),
            story=tuple(events),
            names=names,
            instances=state.instances,
            messages=_messages(context, reader, record, people, keys),
        )


def _messages(
    context: CommandContext, reader: Reader, record: Record, people: list[RecordPerson], keys: list[ProcessInstanceKey]
) -> tuple[PortalMessage, ...]:
    """Return what the requester and the people of a record may send; nobody else may send anything."""
    if reader.name not in {record.requester, *(person.user for person in people)}:
        return ()
    return sendable_messages(context, record.number, keys)


def register_of(context: CommandContext, record_type: str) -> dict[str, Any]:
    """Return the document that describes records of this type; empty when there is none."""
    registers = context.definitions.documents(context.work).of_kind("register")
    return dict(next((document for document in registers if document.get("type") == record_type), {}))


def register_label(context: CommandContext, record_type: str) -> Label:
    """Return what a record of this type is called."""
    return _label(register_of(context, record_type).get("label"), record_type)


def _fields(context: CommandContext, record: Record) -> tuple[Field, ...]:
    described = {str(field.get("name")): field for field in register_of(context, record.type).get("fields") or ()}
    known = [name for name in described if name in record.fields]
    names = known + [name for name in record.fields if name not in described]
    return tuple(
        Field(name, _label(described.get(name, {}).get("label"), name), record.fields[name])
        for name in names
        if record.fields[name] not in (None, "", [], {})
    )


def _label(text: Any, name: str) -> Label:
    if isinstance(text, dict):
        return Label(str(text.get("en") or name), str(text.get("id") or text.get("en") or name))
    words = str(text or name.replace("_", " ").capitalize())
    return Label(words, words)
