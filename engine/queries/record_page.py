"""Everything one record's page shows."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.commands.record_access import may_write_record
from engine.model import Actor, Label, ProcessInstanceKey, Record
from engine.queries.element_names import ElementNames
from engine.queries.known_words import known_words
from engine.queries.portal_messages import PortalMessage, sendable_messages
from engine.queries.readers import deputy_reader_of
from engine.queries.record_values import ShownValue, shown_fields
from engine.queries.register_words import humanised, register_words
from engine.queries.timeline import Event, Story, people_in
from engine.queries.whereabouts import Whereabouts, whereabouts
from engine.store.workplace import record_details
from engine.store.workplace.places import InstanceOfRecord
from engine.store.workplace.readers import Reader
from engine.store.workplace.record_details import AttachedFile, Comment, RecordPerson, Relation
from engine.store.workplace.record_lists import display_names, group_labels


@dataclass(frozen=True, slots=True)
class PersonInRole:
    """A person of the record."""

    display_name: str
    role: Label


@dataclass(frozen=True, slots=True)
class RecordPageData:
    """What a record's page shows."""

    record: Record
    type_label: Label
    state: Label  #: the content's own state of the record
    requester_name: str | None
    whereabouts: Whereabouts
    fields: tuple[ShownValue, ...]
    people: tuple[PersonInRole, ...]
    relations: tuple[Relation, ...]
    files: tuple[AttachedFile, ...]
    comments: tuple[Comment, ...]
    story: tuple[Event, ...]  #: oldest first
    names: dict[str, str]  #: login name -> display name of everybody the story mentions
    instances: tuple[InstanceOfRecord, ...]
    messages: tuple[PortalMessage, ...]  #: what the actor may tell the process now: withdraw, update
    may_write: bool  #: comments and files


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """Ask for a record by number; raises RecordNotFound when there is none that the actor may see."""

    actor: Actor
    number: str

    def run(self, context: CommandContext) -> RecordPageData:
        """Answer with the same number of statements however long the record has lived."""
        work, reader = context.work, deputy_reader_of(context, self.actor)
        record = record_details.visible_record(work, reader, self.number)
        state = whereabouts(context, [record.key])[record.key]
        keys = [instance.key for instance in state.instances]
        roots = [instance for instance in state.instances if instance.parent_key is None]
        story = Story(ElementNames(context), [instance.key for instance in roots])
        events = story.tell(record_details.history_of(work, record.key, keys))
        people = record_details.people_of(work, record.key)
        words = register_words(context, record.type)
        known = known_words(context, reader, record.fields.values(), _deployment_keys(context, roots))
        names = display_names(work, people_in(events) | {record.requester or ""})
        return RecordPageData(
            record=record,
            type_label=words.label,
            state=words.state(record.state),
            requester_name=names.get(record.requester or "", record.requester),
            whereabouts=state.whereabouts,
            fields=shown_fields(record.fields, words, known),
            people=_in_roles(context, people),
            relations=tuple(record_details.relations_of(work, reader, record.key)),
            files=tuple(record_details.files_of(work, record.key, reader.name)),
            comments=tuple(record_details.comments_on(work, record.key, reader.name)),
            story=tuple(events),
            names=names,
            instances=state.instances,
            messages=_messages(context, reader, record, people, keys),
            may_write=may_write_record(context, reader, record.key),
        )


def _deployment_keys(context: CommandContext, roots: list[InstanceOfRecord]) -> list[int]:
    """Return the deployments whose forms the record's fields were filled in with."""
    definitions = [context.definitions.process(context.work, root.process_definition_key) for root in roots]
    return [deployed.definition.deployment_key for deployed in definitions]


def _in_roles(context: CommandContext, people: list[RecordPerson]) -> tuple[PersonInRole, ...]:
    """Return people with their roles in words: those of the group of the same name, else made of the role's name."""
    groups = group_labels(context.work, {person.role for person in people})
    return tuple(
        PersonInRole(
            person.display_name, groups[person.role].label if person.role in groups else humanised(person.role)
        )
        for person in people
    )


def _messages(
    context: CommandContext, reader: Reader, record: Record, people: list[RecordPerson], keys: list[ProcessInstanceKey]
) -> tuple[PortalMessage, ...]:
    """Return what the requester and the people of a record may send; nobody else may send anything."""
    if reader.name not in {record.requester, *(person.user for person in people)}:
        return ()
    return sendable_messages(context, record.number, keys)
