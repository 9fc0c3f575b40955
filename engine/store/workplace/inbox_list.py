"""Tasks as the inbox lists them: overdue first, keyset paging, one short index scan per inbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, literal, or_, select, tuple_, union_all

from engine.model import Label, UserTaskState
from engine.store.columns import NEVER
from engine.store.tables import process_definition, process_instance, record, task_inbox, user_account, user_task
from engine.store.unit_of_work import UnitOfWork

_ROOT = process_instance.alias("root")
_ASSIGNEE = user_account.alias("assignee")
_REQUESTER = user_account.alias("requester")
_AWAY = user_account.alias("away")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the next one begins after it. For done tasks `at` is when they were done."""

    at: datetime
    key: int


@dataclass(frozen=True, slots=True)
class ListedTask:
    """One line of the inbox."""

    key: int
    name: Label
    process_name: Label
    number: str | None
    title: str
    assignee: str | None
    assignee_name: str | None
    requester_name: str | None
    state: UserTaskState
    created_at: datetime
    due_at: datetime | None
    completed_at: datetime | None
    for_name: str | None  #: for whom a deputy has, does or did it

    @property
    def place(self) -> Place:
        """Return the task's place in its list."""
        return Place(self.completed_at or self.due_at or NEVER, self.key)


def open_tasks(
    work: UnitOfWork,
    own: tuple[str, ...],
    lent: Mapping[str, str],
    *,
    after: Place | None,
    due_before: datetime | None,
    limit: int,
) -> list[ListedTask]:
    """Return open tasks of those inboxes by due time; what has none comes last. `lent`: inbox -> name of who is away.

    Each inbox gives its first `limit` rows from the index, then doubles leave: a union of short scans
    stays quick where a condition over all inboxes would sort everything.
    """
    inboxes = (*own, *lent)
    scans = [_scan(inbox, place, after, due_before, limit) for place, inbox in enumerate(inboxes)]
    if not scans:
        return []
    found = union_all(*scans).subquery()
    # The own inboxes come first, so a task that lies in one of them is nobody else's.
    least = func.min(found.c.inbox).label("inbox")
    first = select(found.c.task_key, func.min(found.c.due_at).label("place"), least).group_by(found.c.task_key)
    chosen = first.subquery()
    query = _listed().add_columns(chosen.c.inbox).join(chosen, chosen.c.task_key == user_task.c.key)
    rows = work.execute(query.order_by(chosen.c.place, user_task.c.key).limit(limit))
    return [_listed_task(row, lent.get(inboxes[row.inbox])) for row in rows]


def _scan(inbox: str, place: int, after: Place | None, due_before: datetime | None, limit: int) -> Select[Any]:
    columns = (task_inbox.c.task_key, task_inbox.c.due_at, literal(place).label("inbox"))
    query = select(*columns).where(task_inbox.c.actor == inbox)
    if after is not None:
        position = tuple_(task_inbox.c.due_at, task_inbox.c.task_key)
        query = query.where(
            position > tuple_(after.at, after.key, types=[task_inbox.c.due_at.type, task_inbox.c.task_key.type])
        )
    if due_before is not None:
        query = query.where(task_inbox.c.due_at < due_before)
    scan = query.order_by(task_inbox.c.due_at, task_inbox.c.task_key).limit(limit).subquery()
    return select(scan)


def done_tasks(work: UnitOfWork, person: str, *, after: Place | None, limit: int) -> list[ListedTask]:
    """Return the tasks this person completed, the last one first."""
    query = _listed().where(user_task.c.completed_by == person)
    if after is not None:
        earlier = user_task.c.completed_at < after.at
        query = query.where(or_(earlier, and_(user_task.c.completed_at == after.at, user_task.c.key < after.key)))
    query = query.order_by(user_task.c.completed_at.desc(), user_task.c.key.desc())
    return [_listed_task(row) for row in work.execute(query.limit(limit))]


def _listed() -> Select[Any]:
    return (
        select(
            user_task.c.key,
            user_task.c.name_en,
            user_task.c.name_id,
            process_definition.c.name_en.label("process_en"),
            process_definition.c.name_id.label("process_id_name"),
            _ROOT.c.business_id,
            record.c.title,
            user_task.c.assignee,
            _ASSIGNEE.c.display_name.label("assignee_name"),
            func.coalesce(_REQUESTER.c.display_name, record.c.requester, _ROOT.c.started_by).label("requester_name"),
            user_task.c.state,
            user_task.c.created_at,
            user_task.c.due_at,
            user_task.c.completed_at,
            func.coalesce(_AWAY.c.display_name, user_task.c.on_behalf_of).label("for_name"),
        )
        .join(process_instance, process_instance.c.key == user_task.c.instance_key)
        .join(_ROOT, _ROOT.c.key == process_instance.c.root_instance_key)
        .join(process_definition, process_definition.c.key == _ROOT.c.process_definition_key)
        .outerjoin(record, record.c.key == _ROOT.c.record_key)
        .outerjoin(_ASSIGNEE, _ASSIGNEE.c.name == user_task.c.assignee)
        .outerjoin(_AWAY, _AWAY.c.name == user_task.c.on_behalf_of)
        .outerjoin(_REQUESTER, _REQUESTER.c.name == func.coalesce(record.c.requester, _ROOT.c.started_by))
    )


def _listed_task(row: Row[Any], for_name: str | None = None) -> ListedTask:
    return ListedTask(
        key=row.key,
        name=Label(row.name_en, row.name_id),
        process_name=Label(row.process_en, row.process_id_name),
        number=row.business_id,
        title=row.title or "",
        assignee=row.assignee,
        assignee_name=row.assignee_name or row.assignee,
        requester_name=row.requester_name,
        state=UserTaskState(row.state),
        created_at=row.created_at,
        due_at=row.due_at,
        completed_at=row.completed_at,
        for_name=row.for_name or for_name,
    )
