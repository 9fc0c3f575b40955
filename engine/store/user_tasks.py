"""User tasks: rows as a run changes them, and who can be reached in an inbox."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal, null, or_, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from engine.errors import UserTaskNotFound
from engine.model import UserTaskState
from engine.store.columns import Moment
from engine.store.instances import LoadedInstance, loaded_instance
from engine.store.tables import (
    instance_state,
    membership,
    process_instance,
    task_draft,
    task_inbox,
    user_account,
    user_task,
)
from engine.store.unit_of_work import UnitOfWork

_COLUMNS = [column.label(f"task_{column.name}") for column in user_task.c]
_WITH_INSTANCE = (
    select(process_instance, instance_state.c.state.label("blob"), *_COLUMNS)
    .join(user_task, user_task.c.instance_key == process_instance.c.key)
    .join(instance_state, instance_state.c.instance_key == process_instance.c.key)
    .where(user_task.c.key == bindparam("task"))
    .with_for_update(of=[process_instance, instance_state, user_task])  # see engine/store/instances.py
)
_OF_ENDED_INSTANCE = (
    select(process_instance, null().label("blob"), *_COLUMNS)
    .join(user_task, user_task.c.instance_key == process_instance.c.key)
    .where(user_task.c.key == bindparam("task"))
)

_REACHABLE = union_all(
    select(literal("u:").label("kind"), user_account.c.name).where(
        user_account.c.is_active, user_account.c.name.in_(bindparam("users", expanding=True))
    ),
    select(literal("g:"), membership.c.group_name)
    .join(user_account, user_account.c.name == membership.c.user_name)
    .where(
        user_account.c.is_active,
        membership.c.group_name.in_(bindparam("groups", expanding=True)),
        or_(membership.c.from_at.is_(None), membership.c.from_at <= bindparam("now", type_=Moment)),
        or_(membership.c.until_at.is_(None), membership.c.until_at > bindparam("now", type_=Moment)),
    )
    .distinct(),
)


@dataclass(slots=True)
class LoadedTask:
    """A user task's row and the instance it belongs to, locked."""

    row: dict[str, Any]
    instance: LoadedInstance


class UserTaskRows:
    """User tasks of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def row(self, key: int) -> dict[str, Any]:
        """Return the row of a user task; raises UserTaskNotFound."""
        found = self._work.execute(select(user_task).where(user_task.c.key == key)).one_or_none()
        if found is None:
            raise UserTaskNotFound(key)
        return dict(found._mapping)

    def load(self, key: int) -> LoadedTask:
        """Return a user task with its instance in one statement; raises UserTaskNotFound."""
        named = {"task": key}
        found = self._work.execute(_WITH_INSTANCE, named).one_or_none()
        found = found or self._work.execute(_OF_ENDED_INSTANCE, named).one_or_none()
        if found is None:
            raise UserTaskNotFound(key)
        cells = found._mapping
        row = {column.name: cells[f"task_{column.name}"] for column in user_task.c}
        return LoadedTask(row, loaded_instance(found))

    def reachable(self, actors: Collection[str], now: datetime) -> set[str]:
        """Return which of these inboxes (`u:name`, `g:group`) an active person reads."""
        users = [actor[2:] for actor in actors if actor.startswith("u:")]
        groups = [actor[2:] for actor in actors if actor.startswith("g:")]
        found = self._work.execute(_REACHABLE, {"users": users, "groups": groups, "now": now})
        return {f"{kind}{name}" for kind, name in found}

    def lies_with(self, task_key: int, group: str) -> bool:
        """Return whether an open user task lies in the inbox of the group."""
        query = select(task_inbox.c.task_key).where(
            task_inbox.c.actor == f"g:{group}", task_inbox.c.task_key == task_key
        )
        return self._work.execute(query).one_or_none() is not None

    def lying_with(self, user: str) -> list[int]:
        """Return the open user tasks in a person's own inbox, by key."""
        query = select(task_inbox.c.task_key).where(task_inbox.c.actor == f"u:{user}").order_by(task_inbox.c.task_key)
        return list(self._work.execute(query).scalars())

    def open_elements(self, instance_key: int) -> set[str]:
        """Return the ids of the elements of which an instance has an open user task."""
        query = select(user_task.c.element_id).where(
            user_task.c.instance_key == instance_key, user_task.c.state == UserTaskState.CREATED.value
        )
        return set(self._work.execute(query).scalars())

    def save_draft(self, task_key: int, user: str, submitted: dict[str, Any], saved_at: Any) -> None:
        """Keep what a person typed so far."""
        statement = (sqlite if self._work.is_sqlite else postgresql).insert(task_draft)
        values = {"submitted": statement.excluded.submitted, "saved_at": statement.excluded.saved_at}
        self._work.execute(
            statement.on_conflict_do_update(index_elements=["task_key", "user_name"], set_=values),
            {"task_key": task_key, "user_name": user, "submitted": submitted, "saved_at": saved_at},
        )
