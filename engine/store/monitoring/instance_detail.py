"""All that is known of one process instance; one statement per kind of thing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Row, and_, null, or_, select, type_coerce

from engine.model import (
    BufferedMessage,
    ElementInstance,
    ElementInstanceKey,
    Fault,
    HistoryEntry,
    Job,
    JobKey,
    JobKind,
    JobState,
    Label,
    MessageSubscription,
    ProcessDefinitionKey,
    ProcessInstance,
    ProcessInstanceKey,
    ProcessInstanceState,
    SubscriptionKey,
    Timer,
    TimerKey,
    UserTaskState,
)
from engine.store.history import entry_of
from engine.store.instances import loaded_instance
from engine.store.messages import buffered
from engine.store.monitoring.fault_list import fault_of
from engine.store.tables import (
    buffered_message,
    fault,
    history_entry,
    job,
    live_element,
    message_subscription,
    process_definition,
    process_instance,
    record,
    signal_subscription,
    timer,
    user_account,
    user_task,
    variable,
)
from engine.store.unit_of_work import UnitOfWork
from engine.store.workplace.readers import Reader, sees_record

#: A diagram's trail is painted from the newest entries; older turns of a loop ran the same elements.
#: A key is a 64-bit number.
_MOST_DIGITS = 19
_TRAIL_ENTRIES = 2_000


@dataclass(frozen=True, slots=True)
class InstanceHead:
    """An instance with the names that a page shows beside its keys."""

    instance: ProcessInstance
    number: str | None  #: business id of the root instance
    process_name: Label
    started_by_name: str
    record_number: str | None
    record_title: str
    is_restricted: bool  #: the contents are not for this reader: of a confidential record, or of others' for an owner


@dataclass(frozen=True, slots=True)
class ScopedVariable:
    """A variable and the element instance (or process instance) that owns it."""

    scope_key: int
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class SignalWait:
    """An element instance that waits for a signal."""

    key: int
    signal_name: str
    element_id: str


@dataclass(frozen=True, slots=True)
class TaskOfInstance:
    """A user task with the person who has it or had it."""

    key: int
    element_id: str
    name: Label
    state: UserTaskState
    assignee: str | None
    assignee_name: str | None
    candidate_groups: tuple[str, ...]
    due_at: datetime | None
    created_at: datetime
    completed_at: datetime | None
    completed_by: str | None


@dataclass(frozen=True, slots=True)
class RelatedInstance:
    """A calling or called instance."""

    key: int
    process_id: str
    version: int
    process_name: Label
    state: ProcessInstanceState
    parent_element_instance_key: int | None
    started_at: datetime
    ended_at: datetime | None
    number: str | None


def head(work: UnitOfWork, key: int, reader: Reader) -> InstanceHead | None:
    """Return the instance and its names; None when there is none.

    A called instance belongs to the record of its root.
    """
    root = process_instance.alias("root")
    query = (
        select(
            process_instance,
            type_coerce(null(), LargeBinary).label("blob"),
            root.c.business_id.label("number"),
            process_definition.c.name_en,
            process_definition.c.name_id,
            user_account.c.display_name,
            record.c.number.label("record_number"),
            record.c.title,
            _is_hidden(reader).label("is_hidden"),
        )
        .join(root, root.c.key == process_instance.c.root_instance_key)
        .join(process_definition, process_definition.c.key == process_instance.c.process_definition_key)
        .outerjoin(user_account, user_account.c.name == process_instance.c.started_by)
        .outerjoin(record, record.c.key == root.c.record_key)
        .where(process_instance.c.key == key)
    )
    row = work.execute(query).one_or_none()
    return None if row is None else _head(row)


def key_of(work: UnitOfWork, name: str) -> int | None:
    """Return the key of the instance with this key or number, the newest where several have the number."""
    columns = process_instance.c
    is_key = name.isascii() and name.isdigit() and len(name) < _MOST_DIGITS
    same = columns.key == int(name) if is_key else columns.business_id == name
    found: int | None = work.execute(select(columns.key).where(same).order_by(columns.key.desc()).limit(1)).scalar()
    return found


def _is_hidden(reader: Reader) -> ColumnElement[bool]:
    """Contents are for who sees the record; what has no record (yet) only for who reads all."""
    if reader.reads_all:
        return and_(record.c.is_restricted, ~sees_record(reader))
    return or_(record.c.key.is_(None), ~sees_record(reader))


def definition_of(work: UnitOfWork, key: int) -> int | None:
    """Return the version that the instance runs; None when there is none."""
    query = select(process_instance.c.process_definition_key).where(process_instance.c.key == key)
    found: int | None = work.execute(query).scalar_one_or_none()
    return found


def live_elements(work: UnitOfWork, key: int) -> list[ElementInstance]:
    """Return what the instance has entered and not left, in the order of entering."""
    query = select(live_element).where(live_element.c.instance_key == key)
    return [_live(row) for row in work.execute(query.order_by(live_element.c.entered_at, live_element.c.key))]


def variables(work: UnitOfWork, key: int) -> list[ScopedVariable]:
    """Return the variables of all scopes, outer scopes first."""
    query = select(variable).where(variable.c.instance_key == key).order_by(variable.c.scope_key, variable.c.name)
    return [ScopedVariable(row.scope_key, row.name, row.value) for row in work.execute(query)]


def timers(work: UnitOfWork, key: int) -> list[Timer]:
    """Return the timers that wait, the next one first."""
    query = select(timer).where(timer.c.instance_key == key).order_by(timer.c.due_at, timer.c.key)
    return [timer_of(row) for row in work.execute(query)]


def jobs(work: UnitOfWork, key: int) -> list[Job]:
    """Return the open and failed jobs."""
    query = select(job).where(job.c.instance_key == key).order_by(job.c.key)
    return [_job(row) for row in work.execute(query)]


def message_waits(work: UnitOfWork, key: int) -> list[MessageSubscription]:
    """Return what waits for a message."""
    query = select(message_subscription).where(message_subscription.c.instance_key == key)
    return [subscription_of(row) for row in work.execute(query.order_by(message_subscription.c.key))]


def signal_waits(work: UnitOfWork, key: int) -> list[SignalWait]:
    """Return what waits for a signal."""
    query = select(signal_subscription).where(signal_subscription.c.instance_key == key)
    return [SignalWait(row.key, row.signal_name, row.element_id) for row in work.execute(query)]


def buffered_for(
    work: UnitOfWork, names: Collection[str], correlation_keys: Collection[str], now: datetime
) -> list[BufferedMessage]:
    """Return the messages of these names that wait under one of these keys."""
    table = buffered_message
    query = select(table).where(
        table.c.name.in_(names), table.c.correlation_key.in_(correlation_keys), table.c.expires_at > now
    )
    return [buffered(row) for row in work.execute(query.order_by(table.c.key))]


def user_tasks(work: UnitOfWork, key: int) -> list[TaskOfInstance]:
    """Return the open tasks, then what was done, newest first."""
    query = (
        select(user_task, user_account.c.display_name)
        .outerjoin(user_account, user_account.c.name == user_task.c.assignee)
        .where(user_task.c.instance_key == key)
        .order_by(user_task.c.completed_at.is_not(None), user_task.c.key.desc())
        .limit(200)
    )
    return [_task(row) for row in work.execute(query)]


def open_faults(work: UnitOfWork, key: int) -> list[Fault]:
    """Return what is stuck."""
    query = select(fault).where(fault.c.instance_key == key, fault.c.state == "open").order_by(fault.c.key)
    return [fault_of(row) for row in work.execute(query)]


def relatives(work: UnitOfWork, key: int, parent_key: int | None) -> list[RelatedInstance]:
    """Return the calling instance and the called ones, newest first, at most 100."""
    table = process_instance
    query = (
        select(table, process_definition.c.name_en, process_definition.c.name_id)
        .join(process_definition, process_definition.c.key == table.c.process_definition_key)
        .where(or_(table.c.parent_instance_key == key, table.c.key == parent_key))
        .order_by(table.c.key.desc())
        .limit(100)
    )
    return [_related(row) for row in work.execute(query)]


def history(work: UnitOfWork, key: int, *, before: int | None, limit: int) -> list[HistoryEntry]:
    """Return entries of the instance's stream, newest first, older than sequence `before`."""
    query = select(history_entry).where(history_entry.c.stream == f"i:{key}")
    if before is not None:
        query = query.where(history_entry.c.sequence < before)
    return [entry_of(row) for row in work.execute(query.order_by(history_entry.c.sequence.desc()).limit(limit))]


def moves(work: UnitOfWork, key: int, actions: Collection[str], *, limit: int) -> list[HistoryEntry]:
    """Return the newest entries of these actions, newest first."""
    table = history_entry
    query = select(table).where(table.c.stream == f"i:{key}", table.c.action.in_(actions))
    return [entry_of(row) for row in work.execute(query.order_by(table.c.sequence.desc()).limit(limit))]


def trail(work: UnitOfWork, key: int) -> set[str]:
    """Return the ids of elements that the instance went through, and of the flows it took."""
    table = history_entry
    query = (
        select(table.c.element_id, table.c.details)
        .where(table.c.stream == f"i:{key}", table.c.action == "element_completed")
        .order_by(table.c.sequence.desc())
        .limit(_TRAIL_ENTRIES)
    )
    passed: set[str] = set()
    for row in work.execute(query):
        passed |= {row.element_id, *(row.details or {}).get("flows", ())}
    return passed


def timer_of(row: Row[Any]) -> Timer:
    """Turn a row of timer into a value."""
    return Timer(
        key=TimerKey(row.key),
        process_instance_key=row.instance_key,
        process_definition_key=ProcessDefinitionKey(row.process_definition_key),
        element_instance_key=row.element_instance_key,
        element_id=row.element_id,
        due_at=row.due_at,
        repetitions_left=row.repetitions_left,
    )


def subscription_of(row: Row[Any]) -> MessageSubscription:
    """Turn a row of message_subscription into a value."""
    return MessageSubscription(
        key=SubscriptionKey(row.key),
        message_name=row.message_name,
        correlation_key=row.correlation_key,
        process_instance_key=row.instance_key,
        process_definition_key=ProcessDefinitionKey(row.process_definition_key),
        element_instance_key=row.element_instance_key,
        element_id=row.element_id,
        opened_at=row.opened_at,
    )


def _head(row: Row[Any]) -> InstanceHead:
    cells = row._mapping
    return InstanceHead(
        instance=loaded_instance(row).instance,
        number=cells["number"],
        process_name=Label(cells["name_en"], cells["name_id"]),
        started_by_name=cells["display_name"] or cells[process_instance.c.started_by],
        record_number=cells["record_number"],
        record_title="" if cells["is_hidden"] else cells["title"] or "",
        is_restricted=bool(cells["is_hidden"]),
    )


def _live(row: Row[Any]) -> ElementInstance:
    return ElementInstance(
        key=ElementInstanceKey(row.key),
        process_instance_key=ProcessInstanceKey(row.instance_key),
        element_id=row.element_id,
        element_type=row.element_type,
        scope_key=row.scope_key,
        entered_at=row.entered_at,
    )


def _job(row: Row[Any]) -> Job:
    return Job(
        key=JobKey(row.key),
        kind=JobKind(row.kind),
        type=row.type,
        process_instance_key=ProcessInstanceKey(row.instance_key),
        element_instance_key=ElementInstanceKey(row.element_instance_key),
        element_id=row.element_id,
        headers=row.headers,
        retries=row.retries,
        state=JobState(row.state),
        due_at=row.due_at,
        worker=row.worker,
        deadline_at=row.deadline_at,
        last_error=row.last_error,
    )


def _task(row: Row[Any]) -> TaskOfInstance:
    return TaskOfInstance(
        key=row.key,
        element_id=row.element_id,
        name=Label(row.name_en, row.name_id),
        state=UserTaskState(row.state),
        assignee=row.assignee,
        assignee_name=row.display_name or row.assignee,
        candidate_groups=tuple(row.candidate_groups),
        due_at=row.due_at,
        created_at=row.created_at,
        completed_at=row.completed_at,
        completed_by=row.completed_by,
    )


def _related(row: Row[Any]) -> RelatedInstance:
    return RelatedInstance(
        key=row.key,
        process_id=row.process_id,
        version=row.version,
        process_name=Label(row.name_en, row.name_id),
        state=ProcessInstanceState(row.state),
        parent_element_instance_key=row.parent_element_instance_key,
        started_at=row.started_at,
        ended_at=row.ended_at,
        number=row.business_id,
    )
