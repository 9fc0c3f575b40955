"""Where the process instances of records stand: their live elements, and how ended ones ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, or_, select

from engine.model import Label, ProcessInstanceKey, ProcessInstanceState
from engine.store.tables import (
    fault,
    live_element,
    process_definition,
    process_instance,
    record,
    user_account,
    user_task,
)
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.readers import Reader, sees_record, works_on


@dataclass(frozen=True, slots=True)
class InstanceOfRecord:
    """A process instance that belongs to a record, directly or called by one that does."""

    record_key: int | None
    key: ProcessInstanceKey
    process_definition_key: int
    process_id: str
    process_name: Label
    parent_key: int | None
    state: ProcessInstanceState
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    end_element_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LiveElement:
    """An entered element of one of those instances; a user task says who has it or may take it."""

    instance_key: int
    key: int
    process_definition_key: int
    element_id: str
    element_type: str
    scope_key: int
    entered_at: datetime
    is_stuck: bool
    assignee_name: str | None
    candidate_groups: tuple[str, ...]
    due_at: datetime | None


_ROOT = process_instance.alias("root")


def instances_of(work: UnitOfWork, record_keys: Collection[int]) -> list[InstanceOfRecord]:
    """Return the instances of those records with the instances they called, oldest first."""
    return _instances(work, _ROOT.c.record_key.in_(record_keys))


def instances_below(work: UnitOfWork, root_instance_key: int) -> list[InstanceOfRecord]:
    """Return an instance that nobody called with all that it called, oldest first."""
    return _instances(work, _ROOT.c.key == root_instance_key)


def _instances(work: UnitOfWork, condition: ColumnElement[bool]) -> list[InstanceOfRecord]:
    query = (
        select(_ROOT.c.record_key, process_instance, process_definition.c.name_en, process_definition.c.name_id)
        .join(process_instance, process_instance.c.root_instance_key == _ROOT.c.key)
        .join(process_definition, process_definition.c.key == process_instance.c.process_definition_key)
        .where(condition)
        .order_by(process_instance.c.key)
    )
    return [_instance(row, _ROOT.c.record_key) for row in work.execute(query)]


def may_see_instance(work: UnitOfWork, reader: Reader, key: int) -> bool:
    """Return whether this person may see the instance: its record, or a task of it, or reads everything."""
    part = process_instance.alias("part")
    has_task = exists().where(
        user_task.c.instance_key == part.c.key, part.c.root_instance_key == _ROOT.c.key, works_on(reader)
    )
    seen = [_ROOT.c.started_by == reader.name, has_task, sees_record(reader)]
    if reader.reads_all:
        seen.append(_ROOT.c.record_key.is_(None))
    query = (
        select(process_instance.c.key)
        .join(_ROOT, _ROOT.c.key == process_instance.c.root_instance_key)
        .outerjoin(record, record.c.key == _ROOT.c.record_key)
        .where(process_instance.c.key == key, or_(*seen))
    )
    return work.execute(query).first() is not None


def live_elements(work: UnitOfWork, instance_keys: Collection[int]) -> list[LiveElement]:
    """Return what is alive in those instances, oldest first."""
    is_stuck = select(fault.c.key).where(fault.c.element_instance_key == live_element.c.key, fault.c.state == "open")
    query = (
        select(
            live_element,
            is_stuck.exists().label("is_stuck"),
            user_task.c.assignee,
            user_account.c.display_name,
            user_task.c.candidate_groups,
            user_task.c.due_at,
        )
        .outerjoin(user_task, user_task.c.key == live_element.c.key)
        .outerjoin(user_account, user_account.c.name == user_task.c.assignee)
        .where(live_element.c.instance_key.in_(instance_keys))
        .order_by(live_element.c.key)
    )
    return [_live(row) for row in work.execute(query)]


def _instance(row: Row[Any], record_key: Any) -> InstanceOfRecord:
    cells = row._mapping
    return InstanceOfRecord(
        record_key=cells[record_key],
        key=ProcessInstanceKey(cells[process_instance.c.key]),
        process_definition_key=cells[process_instance.c.process_definition_key],
        process_id=cells[process_instance.c.process_id],
        process_name=Label(cells[process_definition.c.name_en], cells[process_definition.c.name_id]),
        parent_key=cells[process_instance.c.parent_instance_key],
        state=ProcessInstanceState(cells[process_instance.c.state]),
        started_by=cells[process_instance.c.started_by],
        started_at=cells[process_instance.c.started_at],
        ended_at=cells[process_instance.c.ended_at],
        end_element_ids=tuple(cells[process_instance.c.end_element_ids]),
    )


def _live(row: Row[Any]) -> LiveElement:
    return LiveElement(
        instance_key=row.instance_key,
        key=row.key,
        process_definition_key=row.process_definition_key,
        element_id=row.element_id,
        element_type=row.element_type,
        scope_key=row.scope_key,
        entered_at=row.entered_at,
        is_stuck=bool(row.is_stuck),
        assignee_name=row.display_name or row.assignee,
        candidate_groups=tuple(row.candidate_groups or ()),
        due_at=row.due_at,
    )
