"""Which instance called which, from any of them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from engine.model import Label, ProcessInstanceState
from engine.store.monitoring.instance_detail import RelatedInstance
from engine.store.tables import fault, history_entry, process_definition, process_instance
from engine.store.unit_of_work import UnitOfWork


def family(work: UnitOfWork, key: int) -> list[RelatedInstance]:
    """Return the root of an instance's call hierarchy and all that it called, callers first; nothing when unknown."""
    table = process_instance
    root = select(table.c.root_instance_key).where(table.c.key == key).scalar_subquery()
    query = (
        select(table, process_definition.c.name_en, process_definition.c.name_id)
        .join(process_definition, process_definition.c.key == table.c.process_definition_key)
        .where(table.c.root_instance_key == root)
        .order_by(table.c.key)
    )
    return [
        RelatedInstance(
            row.key,
            row.process_id,
            row.version,
            Label(row.name_en, row.name_id),
            ProcessInstanceState(row.state),
            row.parent_element_instance_key,
            row.started_at,
            row.ended_at,
            row.business_id,
        )
        for row in work.execute(query)
    ]


def parents(work: UnitOfWork, keys: list[int]) -> dict[int, int]:
    """Return instance -> calling instance."""
    table = process_instance
    query = select(table.c.key, table.c.parent_instance_key).where(
        table.c.key.in_(keys), table.c.parent_instance_key.is_not(None)
    )
    return {row.key: row.parent_instance_key for row in work.execute(query)}


def running_below(work: UnitOfWork, key: int, element_instances: Collection[int]) -> list[int]:
    """Return what runs because these element instances of an instance called it, directly or not."""
    table = process_instance
    root = select(table.c.root_instance_key).where(table.c.key == key).scalar_subquery()
    query = select(table.c.key, table.c.parent_instance_key, table.c.parent_element_instance_key).where(
        table.c.root_instance_key == root, table.c.ended_at.is_(None), table.c.parent_instance_key.is_not(None)
    )
    found: list[int] = []
    for row in work.execute(query.order_by(table.c.key)):
        is_called = row.parent_instance_key == key and row.parent_element_instance_key in element_instances
        if is_called or row.parent_instance_key in found:
            found.append(row.key)
    return found


def calling_elements(work: UnitOfWork, keys: list[int]) -> dict[int, tuple[int, str]]:
    """Return element instance -> (definition, element id) of the call activities that these instances entered."""
    query = select(
        history_entry.c.element_instance_key, history_entry.c.process_definition_key, history_entry.c.element_id
    ).where(history_entry.c.stream.in_([f"i:{key}" for key in keys]), history_entry.c.action == "child_started")
    return {row.element_instance_key: (row.process_definition_key, row.element_id) for row in work.execute(query)}


def open_faults(work: UnitOfWork, keys: list[int]) -> dict[int, int]:
    """Return instance -> number of open faults, of those that have any."""
    query = (
        select(fault.c.instance_key, func.count().label("number"))
        .where(fault.c.instance_key.in_(keys), fault.c.state == "open")
        .group_by(fault.c.instance_key)
    )
    return {row.instance_key: row.number for row in work.execute(query)}
