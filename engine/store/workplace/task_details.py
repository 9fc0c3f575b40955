"""Everything a user task's own page shows beside its form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, func, select

from engine.errors import UserTaskNotFound
from engine.model import (
    Label,
    ProcessDefinitionKey,
    ProcessInstanceKey,
    RecordKey,
    ResourceKey,
    UserTask,
    UserTaskKey,
    UserTaskState,
)
from engine.store.tables import process_definition, process_instance, record, task_draft, user_account, user_task
from engine.store.unit_of_work import UnitOfWork

_ROOT = process_instance.alias("root")
_ASSIGNEE = user_account.alias("assignee")
_COMPLETER = user_account.alias("completer")
_REQUESTER = user_account.alias("requester")


@dataclass(frozen=True, slots=True)
class Draft:
    """What the person typed so far, raw as the form sends it."""

    submitted: Mapping[str, Any]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class TaskDetails:
    """A user task with the names and the record around it, and the reader's draft."""

    task: UserTask
    properties: Mapping[str, str]
    root_instance_key: ProcessInstanceKey
    record_key: RecordKey | None
    assignee_name: str | None
    completer_name: str | None
    requester_name: str | None
    draft: Draft | None


def task_details(work: UnitOfWork, key: int, person: str) -> TaskDetails:
    """Return the task with everything around it in one statement; raises UserTaskNotFound."""
    row = work.execute(_query(person).where(user_task.c.key == key)).one_or_none()
    if row is None:
        raise UserTaskNotFound(key)
    return _details(row)


def _query(person: str) -> Any:
    draft = and_(task_draft.c.task_key == user_task.c.key, task_draft.c.user_name == person)
    requester = func.coalesce(record.c.requester, _ROOT.c.started_by)
    return (
        select(
            user_task,
            process_definition.c.name_en.label("process_en"),
            process_definition.c.name_id.label("process_indonesian"),
            _ROOT.c.key.label("root_key"),
            _ROOT.c.record_key,
            _ROOT.c.business_id,
            record.c.title,
            _ASSIGNEE.c.display_name.label("assignee_name"),
            _COMPLETER.c.display_name.label("completer_name"),
            func.coalesce(_REQUESTER.c.display_name, requester).label("requester_name"),
            task_draft.c.submitted,
            task_draft.c.saved_at,
        )
        .join(process_instance, process_instance.c.key == user_task.c.instance_key)
        .join(_ROOT, _ROOT.c.key == process_instance.c.root_instance_key)
        .join(process_definition, process_definition.c.key == _ROOT.c.process_definition_key)
        .outerjoin(record, record.c.key == _ROOT.c.record_key)
        .outerjoin(task_draft, draft)
        .outerjoin(_ASSIGNEE, _ASSIGNEE.c.name == user_task.c.assignee)
        .outerjoin(_COMPLETER, _COMPLETER.c.name == user_task.c.completed_by)
        .outerjoin(_REQUESTER, _REQUESTER.c.name == requester)
    )


def _details(row: Row[Any]) -> TaskDetails:
    return TaskDetails(
        task=_task(row),
        properties=row.properties,
        root_instance_key=ProcessInstanceKey(row.root_key),
        record_key=None if row.record_key is None else RecordKey(row.record_key),
        assignee_name=row.assignee_name or row.assignee,
        completer_name=row.completer_name or row.completed_by,
        requester_name=row.requester_name,
        draft=None if row.saved_at is None else Draft(row.submitted, row.saved_at),
    )


def _task(row: Row[Any]) -> UserTask:
    return UserTask(
        key=UserTaskKey(row.key),
        process_instance_key=ProcessInstanceKey(row.instance_key),
        process_definition_key=ProcessDefinitionKey(row.process_definition_key),
        process_id=row.process_id,
        element_id=row.element_id,
        name=Label(row.name_en, row.name_id),
        process_name=Label(row.process_en, row.process_indonesian),
        state=UserTaskState(row.state),
        assignee=row.assignee,
        candidate_groups=tuple(row.candidate_groups),
        candidate_users=tuple(row.candidate_users),
        due_at=row.due_at,
        follow_up_at=row.follow_up_at,
        priority=row.priority,
        form_key=None if row.form_key is None else ResourceKey(row.form_key),
        business_id=row.business_id,
        title=row.title or "",
        created_at=row.created_at,
        completed_at=row.completed_at,
        completed_by=row.completed_by,
        revision=row.revision,
        on_behalf_of=row.on_behalf_of,
    )
