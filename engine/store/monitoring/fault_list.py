"""Execution faults: all that is stuck, oldest first, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select, tuple_

from engine.model import (
    Fault,
    FaultKey,
    FaultState,
    JobKey,
    Label,
    ProcessInstanceKey,
)
from engine.store.tables import fault, process_definition, process_instance
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.inbox_list import Place


@dataclass(frozen=True, slots=True)
class ListedFault:
    """An open fault with the instance and process it belongs to."""

    fault: Fault
    process_definition_key: int
    process_id: str
    version: int
    process_name: Label
    number: str | None  #: business id of the root instance


def list_faults(
    work: UnitOfWork, *, process_id: str = "", kind: str = "", after: Place | None, limit: int
) -> list[ListedFault]:
    """Return the next open faults, oldest first."""
    instance, root = process_instance, process_instance.alias("root")
    query = (
        select(
            fault,
            process_definition.c.process_id,
            process_definition.c.version,
            process_definition.c.name_en,
            process_definition.c.name_id,
            root.c.business_id.label("number"),
        )
        .join(process_definition, process_definition.c.key == fault.c.process_definition_key)
        .join(instance, instance.c.key == fault.c.instance_key)
        .join(root, root.c.key == instance.c.root_instance_key)
        .where(fault.c.state == "open")
    )
    if process_id:
        query = query.where(process_definition.c.process_id == process_id)
    if kind:
        query = query.where(fault.c.kind == kind)
    if after is not None:
        types = (fault.c.opened_at.type, fault.c.key.type)
        query = query.where(tuple_(fault.c.opened_at, fault.c.key) > tuple_(after.at, after.key, types=types))
    rows = work.execute(query.order_by(fault.c.opened_at, fault.c.key).limit(limit))
    return [_listed(row) for row in rows]


def fault_of(row: Row[Any]) -> Fault:
    """Turn a row of fault into a value."""
    return Fault(
        key=FaultKey(row.key),
        process_instance_key=ProcessInstanceKey(row.instance_key),
        element_instance_key=row.element_instance_key,
        element_id=row.element_id,
        job_key=None if row.job_key is None else JobKey(row.job_key),
        kind=row.kind,
        reason=Label(row.reason_en, row.reason_id),
        state=FaultState(row.state),
        opened_at=row.opened_at,
        resolved_at=row.resolved_at,
    )


def _listed(row: Row[Any]) -> ListedFault:
    return ListedFault(
        fault=fault_of(row),
        process_definition_key=row.process_definition_key,
        process_id=row.process_id,
        version=row.version,
        process_name=Label(row.name_en, row.name_id),
        number=row.number,
    )
