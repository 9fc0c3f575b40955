"""Where records stand, in plain words: the names of what waits, or of the end that was reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import CommandContext
from engine.model import Group, Label, ProcessInstanceState
from engine.queries.element_names import ElementNames
from engine.store.workplace.places import InstanceOfRecord, LiveElement, instances_of, live_elements
from engine.store.workplace.record_lists import group_labels

#: Scopes and containers: what they hold says more than they do.
_CONTAINERS = frozenset({"subProcess", "adHocSubProcess", "callActivity", "boundaryEvent", "multiInstanceBody"})


@dataclass(frozen=True, slots=True)
class Step:
    """A live element as a person reads it: what, since when, and who is to do it."""

    name: Label
    element_id: str
    element_type: str
    entered_at: datetime
    who: tuple[Label, ...]  #: the assignee, or the groups that may take it; empty when no person is awaited
    count: int  #: how many times it is alive (ballots of several voters)
    is_stuck: bool
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The state of a record: its live steps, or the ends that were reached when nothing is alive."""

    steps: tuple[Step, ...]
    ends: tuple[Label, ...]
    is_canceled: bool


@dataclass(frozen=True, slots=True)
class RecordState:
    """What was read to tell the whereabouts, for pages that show more of it."""

    instances: tuple[InstanceOfRecord, ...]
    live: tuple[LiveElement, ...]
    whereabouts: Whereabouts


def whereabouts(context: CommandContext, record_keys: Collection[int]) -> dict[int, RecordState]:
    """Return record key -> state in three statements, however many records; definitions come from the cache."""
    instances = instances_of(context.work, record_keys) if record_keys else []
    running = [instance.key for instance in instances if instance.ended_at is None]
    live = live_elements(context.work, running) if running else []
    labels = group_labels(context.work, {group for element in live for group in element.candidate_groups})
    names = ElementNames(context)
    return {key: _state(names, key, instances, live, labels) for key in record_keys}


def _state(
    names: ElementNames,
    record_key: int,
    instances: Iterable[InstanceOfRecord],
    live: Iterable[LiveElement],
    labels: Mapping[str, Group],
) -> RecordState:
    mine = tuple(instance for instance in instances if instance.record_key == record_key)
    keys = {instance.key for instance in mine}
    elements = tuple(element for element in live if element.instance_key in keys)
    shown = [element for element in elements if element.element_type not in _CONTAINERS] or list(elements)
    return RecordState(
        mine, elements, Whereabouts(_steps(names, shown, labels), _ends(names, mine), _is_canceled(mine))
    )


def _steps(names: ElementNames, shown: list[LiveElement], labels: Mapping[str, Group]) -> tuple[Step, ...]:
    by_element: dict[tuple[int, str], list[LiveElement]] = {}
    for element in sorted(shown, key=lambda element: element.element_type != "userTask"):
        by_element.setdefault((element.process_definition_key, element.element_id), []).append(element)
    return tuple(_step(names, together, labels) for together in by_element.values())


def _step(names: ElementNames, together: list[LiveElement], labels: Mapping[str, Group]) -> Step:
    first = together[0]
    people = {element.assignee_name for element in together if element.assignee_name}
    groups = {group for element in together if not element.assignee_name for group in element.candidate_groups}
    who = [Label(name, name) for name in sorted(people)]
    who += [labels[group].label if group in labels else Label(group, group) for group in sorted(groups)]
    return Step(
        name=names.of(first.process_definition_key, first.element_id),
        element_id=first.element_id,
        element_type=first.element_type,
        entered_at=first.entered_at,
        who=tuple(who),
        count=len(together),
        is_stuck=any(element.is_stuck for element in together),
        due_at=min((element.due_at for element in together if element.due_at), default=None),
    )


def _ends(names: ElementNames, instances: Iterable[InstanceOfRecord]) -> tuple[Label, ...]:
    roots = [instance for instance in instances if instance.parent_key is None]
    return tuple(
        names.of(instance.process_definition_key, element_id)
        for instance in roots
        for element_id in instance.end_element_ids
    )


def _is_canceled(instances: Iterable[InstanceOfRecord]) -> bool:
    roots = [instance for instance in instances if instance.parent_key is None]
    return bool(roots) and all(instance.state is ProcessInstanceState.CANCELED for instance in roots)
