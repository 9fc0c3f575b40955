"""The open user tasks of a record, with who may take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from engine.model import Label, UserTaskState
from engine.store.tables import process_instance, user_task
from engine.store.unit_of_work import UnitOfWork

_ROOT = process_instance.alias("root")
_MOST = 200


@dataclass(frozen=True, slots=True)
class OpenRecordTask:
    """One open user task."""

    key: int
    name: Label
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    properties: Mapping[str, str]


def open_tasks_of(work: UnitOfWork, record_key: int) -> list[OpenRecordTask]:
    """Return the open user tasks of a record's instances, also of those they called, oldest first; one statement."""
    query = (
        select(user_task)
        .join(process_instance, process_instance.c.key == user_task.c.instance_key)
        .join(_ROOT, _ROOT.c.key == process_instance.c.root_instance_key)
        .where(_ROOT.c.record_key == record_key, user_task.c.state == UserTaskState.CREATED.value)
        .order_by(user_task.c.key)
        .limit(_MOST)
    )
    return [
        OpenRecordTask(
            row.key,
            Label(row.name_en, row.name_id),
            row.assignee,
            tuple(row.candidate_groups),
            tuple(row.candidate_users),
            row.properties,
        )
        for row in work.execute(query)
    ]
