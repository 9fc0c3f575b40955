"""One process instance: everything an operator needs to understand and mend it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.bpmn import ElementInfo
from engine.commands.context import CommandContext
from engine.errors import ProcessInstanceNotFound
from engine.history import readable_details
from engine.model import (
    Actor,
    BufferedMessage,
    Fault,
    HistoryEntry,
    Job,
    Label,
    MessageSubscription,
    ProcessInstance,
    Timer,
)
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.store.monitoring import instance_detail, people_list
from engine.store.monitoring.instance_detail import (
    InstanceHead,
    RelatedInstance,
    ScopedVariable,
    SignalWait,
    TaskOfInstance,
)

HISTORY_PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class LivePlace:
    """An entered element."""

    key: int
    element_id: str
    element_type: str
    name: Label
    entered_at: datetime
    is_fault: bool


@dataclass(frozen=True, slots=True)
class VariableScope:
    """The variables that one element instance (or the whole process instance) owns."""

    key: int
    name: Label | None  #: None for the process itself
    variables: tuple[ScopedVariable, ...]


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """A history entry with the name of its element and of who acted."""

    entry: HistoryEntry
    element: Label | None
    actor_name: str


@dataclass(frozen=True, slots=True)
class InstancePageData:
    """What the page of one instance shows."""

    head: InstanceHead
    places: tuple[LivePlace, ...]
    passed: frozenset[str]  #: ids of elements and flows that were gone through
    scopes: tuple[VariableScope, ...]  #: empty values where the record is restricted
    timers: tuple[Timer, ...]
    jobs: tuple[Job, ...]
    message_waits: tuple[MessageSubscription, ...]
    signal_waits: tuple[SignalWait, ...]
    buffered: tuple[BufferedMessage, ...]
    tasks: tuple[TaskOfInstance, ...]
    faults: tuple[Fault, ...]
    parent: RelatedInstance | None
    children: tuple[RelatedInstance, ...]
    history: tuple[NamedEntry, ...]  #: newest first
    next_history: int | None  #: ask for entries before this sequence number to go on
    names: Mapping[str, Label]  #: of every element that the page mentions

    @property
    def instance(self) -> ProcessInstance:
        """Return the instance itself."""
        return self.head.instance


@dataclass(frozen=True, slots=True, kw_only=True)
class InstancePage:
    """Ask for one instance. Fifteen statements, however long it has lived."""

    process_instance_key: int
    actor: Actor
    history_before: int | None = None

    def run(self, context: CommandContext) -> InstancePageData:
        """Answer; raises NotPermitted, ProcessInstanceNotFound."""
        reader = require_observer(context, self.actor)
        key, work = self.process_instance_key, context.work
        head = instance_detail.head(work, key, reader)
        if head is None:
            raise ProcessInstanceNotFound(key)
        names = ElementNames(context)
        definition_key = head.instance.process_definition_key
        elements = names.elements(definition_key)
        live = instance_detail.live_elements(work, key)
        faults = instance_detail.open_faults(work, key)
        stuck = {fault.element_instance_key for fault in faults}
        places = tuple(
            LivePlace(
                element.key,
                element.element_id,
                element.element_type,
                names.of(definition_key, element.element_id),
                element.entered_at,
                element.key in stuck,
            )
            for element in live
        )
        waits = instance_detail.message_waits(work, key)
        parent_key = head.instance.parent_instance_key
        relatives = instance_detail.relatives(work, key, parent_key)
        history = self._history(context)
        return InstancePageData(
            head=head,
            places=places,
            passed=frozenset(instance_detail.trail(work, key)),
            scopes=_scopes(instance_detail.variables(work, key), places, head),
            timers=tuple(instance_detail.timers(work, key)),
            jobs=tuple(instance_detail.jobs(work, key)),
            message_waits=tuple(waits),
            signal_waits=tuple(instance_detail.signal_waits(work, key)),
            buffered=_buffered(context, head, waits, elements),
            tasks=tuple(instance_detail.user_tasks(work, key)),
            faults=tuple(faults),
            parent=next((related for related in relatives if related.key == parent_key), None),
            children=tuple(related for related in relatives if related.key != parent_key),
            history=_named(context, history[:HISTORY_PAGE_SIZE], names, definition_key, head),
            next_history=history[HISTORY_PAGE_SIZE - 1].sequence if len(history) > HISTORY_PAGE_SIZE else None,
            names={element_id: names.of(definition_key, element_id) for element_id in elements},
        )

    def _history(self, context: CommandContext) -> list[HistoryEntry]:
        return instance_detail.history(
            context.work, self.process_instance_key, before=self.history_before, limit=HISTORY_PAGE_SIZE + 1
        )


def _scopes(
    variables: Sequence[ScopedVariable], places: Collection[LivePlace], head: InstanceHead
) -> tuple[VariableScope, ...]:
    if head.is_restricted:
        return ()
    root = head.instance.key
    owners: dict[int, Label | None] = {root: None} | {place.key: place.name for place in places}
    by_scope: dict[int, list[ScopedVariable]] = {root: []}
    for variable in variables:
        by_scope.setdefault(variable.scope_key, []).append(variable)
    return tuple(
        VariableScope(key, owners.get(key, Label(str(key), str(key))) if key != root else None, tuple(owned))
        for key, owned in by_scope.items()
    )


def _buffered(
    context: CommandContext,
    head: InstanceHead,
    waits: Sequence[MessageSubscription],
    elements: Mapping[str, ElementInfo],
) -> tuple[BufferedMessage, ...]:
    if head.is_restricted:
        return ()
    names = {element.message_name for element in elements.values() if element.message_name}
    keys = {wait.correlation_key for wait in waits} | ({head.number} if head.number else set())
    if not (names and keys):
        return ()
    return tuple(instance_detail.buffered_for(context.work, names, keys, context.now))


def _named(
    context: CommandContext,
    entries: Sequence[HistoryEntry],
    names: ElementNames,
    definition_key: int,
    head: InstanceHead,
) -> tuple[NamedEntry, ...]:
    people = people_list.display_names(context.work, {entry.actor for entry in entries})
    return tuple(
        NamedEntry(
            entry=replace(entry, details={} if head.is_restricted else readable_details(entry.details)),
            element=names.of(entry.process_definition_key or definition_key, entry.element_id)
            if entry.element_id
            else None,
            actor_name=people.get(entry.actor, entry.actor),
        )
        for entry in entries
    )
