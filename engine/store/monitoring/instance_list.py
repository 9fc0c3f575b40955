"""Process instances as lists show them: filters, keyset paging on the list indexes, no totals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, literal, or_, select, tuple_, union_all

from engine.model import ProcessInstanceState
from engine.store.columns import Json
from engine.store.tables import (
    fault,
    live_element,
    process_definition,
    process_instance,
    record,
    record_person,
    task_inbox,
    user_account,
    variable,
)
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.inbox_list import Place

RUNNING = (ProcessInstanceState.ACTIVE, ProcessInstanceState.SUSPENDED)
ENDED = (ProcessInstanceState.COMPLETED, ProcessInstanceState.CANCELED)
#: A live user task of the person lies in the inbox under this name.
_INBOX_OF = "u:{}"
_KEY_DIGITS = 12


@dataclass(frozen=True, slots=True)
class InstanceFilter:
    """Which instances a list shows; what is empty does not restrict."""

    process_id: str = ""
    version: int | None = None
    states: tuple[ProcessInstanceState, ...] = RUNNING
    element_id: str = ""  #: a live element instance is there
    number: str = ""  #: business id (a trailing `*` stands for any ending) or instance key
    person: str = ""  #: started it, has an open task of it, or belongs to its record
    started_before: datetime | None = None
    has_fault: bool = False
    variable_name: str = ""
    variable_values: tuple[Any, ...] = ()  #: one of these; empty = the variable exists
    is_oldest_first: bool = False
    keys: tuple[int, ...] = ()  #: one of these instances


@dataclass(frozen=True, slots=True)
class ListedInstance:
    """One line of a list of instances."""

    key: int
    process_definition_key: int
    process_id: str
    version: int
    state: ProcessInstanceState
    number: str | None  #: business id of the root instance
    is_child: bool
    started_by: str
    started_by_name: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlaceOfInstance:
    """An element where an instance waits, and whether it is stuck there."""

    process_definition_key: int
    element_id: str
    element_type: str
    entered_at: datetime
    is_fault: bool = field(default=False)


def list_instances(
    work: UnitOfWork, wanted: InstanceFilter, *, after: Place | None, limit: int
) -> list[ListedInstance]:
    """Return the next `limit` instances after a position, newest (or oldest) start first; one statement.

    One branch per state, each cut at `limit`, keeps the planner on the index that ends in
    (state, started_at, key); a single `state IN (…)` would sort everything that matches.
    """
    branches = [_branch(wanted, state, after).limit(limit).subquery() for state in wanted.states]
    if not branches:
        return []
    found = union_all(*(select(branch) for branch in branches)).subquery()
    root = process_instance.alias("root")
    query = (
        select(found, root.c.business_id.label("number"), user_account.c.display_name)
        .join(root, root.c.key == found.c.root_instance_key)
        .outerjoin(user_account, user_account.c.name == found.c.started_by)
        .order_by(*_order(found.c.started_at, found.c.key, wanted.is_oldest_first))
        .limit(limit)
    )
    return [_listed(row) for row in work.execute(query)]


def places(work: UnitOfWork, instance_keys: Collection[int]) -> dict[int, list[PlaceOfInstance]]:
    """Return the live elements of each instance, longest first; one statement."""
    stuck = (
        select(fault.c.key)
        .where(fault.c.element_instance_key == live_element.c.key, fault.c.instance_key == live_element.c.instance_key)
        .where(fault.c.state == "open")
        .exists()
    )
    query = (
        select(live_element, stuck.label("is_fault"))
        .where(live_element.c.instance_key.in_(instance_keys))
        .order_by(live_element.c.instance_key, live_element.c.entered_at, live_element.c.key)
    )
    found: dict[int, list[PlaceOfInstance]] = {}
    for row in work.execute(query):
        place = PlaceOfInstance(
            row.process_definition_key, row.element_id, row.element_type, row.entered_at, bool(row.is_fault)
        )
        found.setdefault(row.instance_key, []).append(place)
    return found


def _branch(wanted: InstanceFilter, state: ProcessInstanceState, after: Place | None) -> Select[*tuple[Any, ...]]:
    conditions = [process_instance.c.state == state.value, *_of_process(wanted), *_restrictions(wanted)]
    if after is not None:
        conditions.append(_comes_after(after, wanted.is_oldest_first))
    order = _order(process_instance.c.started_at, process_instance.c.key, wanted.is_oldest_first)
    return select(process_instance).where(and_(*conditions)).order_by(*order)


def _of_process(wanted: InstanceFilter) -> list[ColumnElement[bool]]:
    if not wanted.process_id:
        return []
    if wanted.version is None:
        return [process_instance.c.process_id == wanted.process_id]
    definition = (
        select(process_definition.c.key)
        .where(process_definition.c.process_id == wanted.process_id, process_definition.c.version == wanted.version)
        .scalar_subquery()
    )
    return [process_instance.c.process_definition_key == definition]


def _restrictions(wanted: InstanceFilter) -> list[ColumnElement[bool]]:
    key = process_instance.c.key
    conditions: list[ColumnElement[bool]] = []
    if wanted.element_id:
        at_element = select(live_element.c.instance_key).where(live_element.c.element_id == wanted.element_id)
        conditions.append(key.in_(at_element.where(*_same_definition(wanted))))
    if wanted.has_fault:
        conditions.append(key.in_(select(fault.c.instance_key).where(fault.c.state == "open")))
    if wanted.started_before is not None:
        conditions.append(process_instance.c.started_at <= wanted.started_before)
    if wanted.keys:
        conditions.append(key.in_(wanted.keys))
    if wanted.number:
        conditions.append(_has_number(wanted.number.strip()))
    if wanted.person:
        conditions.append(_concerns(wanted.person))
    if wanted.variable_name:
        conditions.append(_has_variable(wanted.variable_name, wanted.variable_values))
    return conditions


def _same_definition(wanted: InstanceFilter) -> list[ColumnElement[bool]]:
    """Let the index of live elements, which begins with the definition, find them."""
    if not wanted.process_id:
        return []
    keys = select(process_definition.c.key).where(process_definition.c.process_id == wanted.process_id)
    if wanted.version is not None:
        keys = keys.where(process_definition.c.version == wanted.version)
    return [live_element.c.process_definition_key.in_(keys)]


def _has_number(number: str) -> ColumnElement[bool]:
    numbered = process_instance.alias("numbered")
    is_match = (
        numbered.c.business_id.startswith(number[:-1], autoescape=True)
        if number.endswith("*")
        else numbered.c.business_id == number
    )
    family = process_instance.c.root_instance_key.in_(select(numbered.c.key).where(is_match))
    if number.isdecimal() and len(number) >= _KEY_DIGITS:
        return or_(family, process_instance.c.key == int(number))
    return family


def _concerns(person: str) -> ColumnElement[bool]:
    has_task = (
        select(live_element.c.instance_key)
        .join(task_inbox, task_inbox.c.task_key == live_element.c.key)
        .where(task_inbox.c.actor == _INBOX_OF.format(person))
    )
    belongs = select(record_person.c.record_key).where(record_person.c.user_name == person)
    return or_(
        process_instance.c.started_by == person,
        process_instance.c.key.in_(has_task),
        process_instance.c.record_key.in_(belongs),
    )


def _has_variable(name: str, values: Sequence[Any]) -> ColumnElement[bool]:
    query = select(variable.c.name).where(variable.c.instance_key == process_instance.c.key, variable.c.name == name)
    if values:
        query = query.where(or_(*(variable.c.value == literal(value, Json()) for value in values)))
    return and_(query.exists(), ~_is_confidential())


def _is_confidential() -> ColumnElement[bool]:
    """A search by value must not tell what a restricted record holds."""
    root = process_instance.alias("confidential")
    query = select(record.c.key).join(root, root.c.record_key == record.c.key)
    return query.where(root.c.key == process_instance.c.root_instance_key, record.c.is_restricted).exists()


def _comes_after(position: Place, is_oldest_first: bool) -> ColumnElement[bool]:
    columns = (process_instance.c.started_at, process_instance.c.key)
    here, there = tuple_(*columns), tuple_(position.at, position.key, types=[column.type for column in columns])
    return here > there if is_oldest_first else here < there


def _order(started_at: Any, key: Any, is_oldest_first: bool) -> tuple[Any, Any]:
    return (started_at, key) if is_oldest_first else (started_at.desc(), key.desc())


def _listed(row: Row[Any]) -> ListedInstance:
    cells = row._mapping
    return ListedInstance(
        key=cells["key"],
        process_definition_key=cells["process_definition_key"],
        process_id=cells["process_id"],
        version=cells["version"],
        state=ProcessInstanceState(cells["state"]),
        number=cells["number"],
        is_child=cells["parent_instance_key"] is not None,
        started_by=cells["started_by"],
        started_by_name=cells["display_name"] or cells["started_by"],
        started_at=cells["started_at"],
        ended_at=cells["ended_at"],
    )
