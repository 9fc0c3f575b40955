"""What stands where, over all instances: what tests and scenarios look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, union

from engine.model import JobState
from engine.store.tables import (
    fault,
    history_entry,
    job,
    live_element,
    notification,
    process_definition,
    process_instance,
    record,
    record_link,
    user_task,
    variable,
)
from engine.store.unit_of_work import UnitOfWork

_RUNNING = ("active", "suspended")
_PASSING = ("element_entered", "element_completed")


@dataclass(frozen=True, slots=True)
class Place:
    """Something that waits at an element: a user task, a job or a fault."""

    key: int
    element_id: str
    instance_key: int
    root_key: int


@dataclass(frozen=True, slots=True)
class WaitingJob:
    """A job that is not done."""

    place: Place
    type: str
    retries: int
    headers: Mapping[str, str]
    can_be_activated: bool


class Census:
    """Questions over all instances of one database."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def open_user_tasks(self) -> list[Place]:
        """Return every open user task, oldest first."""
        return self._places(user_task, user_task.c.state == "created")

    def ended_user_tasks(self, element_id: str) -> list[Place]:
        """Return the user tasks of an element that are not open any more, newest first."""
        is_that = (user_task.c.element_id == element_id) & (user_task.c.state != "created")
        return self._places(user_task, is_that)[::-1]

    def open_faults(self) -> dict[Place, str]:
        """Return every open fault and its reason in English, oldest first."""
        query = self._query(fault, fault.c.reason_en).where(fault.c.state == "open")
        return {_place(row): row.reason_en for row in self._work.execute(query)}

    def jobs(self, now: datetime) -> list[WaitingJob]:
        """Return every job that is not done, oldest first."""
        columns = (job.c.type, job.c.retries, job.c.headers, job.c.state, job.c.due_at, job.c.deadline_at)
        return [
            WaitingJob(_place(row), row.type, row.retries, row.headers, _can_be_activated(row, now))
            for row in self._work.execute(self._query(job, *columns))
        ]

    def roots(self) -> dict[int, bool]:
        """Return key -> whether it runs, of every instance that no other called, oldest first."""
        query = select(process_instance.c.key, process_instance.c.state).where(
            process_instance.c.parent_instance_key.is_(None)
        )
        return {row.key: row.state in _RUNNING for row in self._work.execute(query.order_by(process_instance.c.key))}

    def business_id(self, instance_key: int) -> str | None:
        """Return the human reference of an instance: the number of its record."""
        query = select(process_instance.c.business_id).where(process_instance.c.key == instance_key)
        found: str | None = self._work.execute(query).scalar_one()
        return found

    def times(self, action: str, element_id: str) -> int:
        """Return how often the history says that `action` happened at the element."""
        query = select(func.count()).where(history_entry.c.action == action, history_entry.c.element_id == element_id)
        count: int = self._work.execute(query).scalar_one()
        return count

    def visited(self) -> Counter[tuple[str, str]]:
        """Return (process id, id of an element or flow) -> how often it was entered or taken."""
        entry = history_entry.c
        query = (
            select(process_definition.c.process_id, entry.element_id, entry.action, entry.details)
            .join(process_definition, process_definition.c.key == entry.process_definition_key)
            .where(entry.action.in_(_PASSING))
        )
        seen: dict[str, Counter[tuple[str, str]]] = {action: Counter() for action in _PASSING}
        for process_id, element_id, action, details in self._work.execute(query):
            flows = (details or {}).get("flows", ())
            seen[action].update((process_id, passed) for passed in (element_id, *flows))
        # What waits is entered and later completed; what does not is only noted when it is done.
        return seen[_PASSING[0]] | seen[_PASSING[1]]

    def variables(self, scope_key: int) -> dict[str, Any]:
        """Return the variables that a scope itself holds."""
        query = select(variable.c.name, variable.c.value).where(variable.c.scope_key == scope_key)
        return {row.name: row.value for row in self._work.execute(query)}

    def visible_variables(self, element_instance_key: int) -> dict[str, Any]:
        """Return what a live element instance sees: its own variables, else those of the scopes around it."""
        instance_key = self._work.execute(
            select(live_element.c.instance_key).where(live_element.c.key == element_instance_key)
        ).scalar_one()
        scopes = select(live_element.c.key, live_element.c.scope_key).where(live_element.c.instance_key == instance_key)
        around: dict[int, int] = {row.key: row.scope_key for row in self._work.execute(scopes)}
        seen: dict[str, Any] = {}
        scope_key: int | None = element_instance_key
        while scope_key is not None:
            seen = self.variables(scope_key) | seen
            scope_key = around.get(scope_key, None if scope_key == instance_key else instance_key)
        return seen

    def newest_live(self, element_id: str) -> int | None:
        """Return the key of the newest live instance of an element."""
        query = select(func.max(live_element.c.key)).where(live_element.c.element_id == element_id)
        key: int | None = self._work.execute(query).scalar_one()
        return key

    def newest_task(self, element_id: str) -> dict[str, Any] | None:
        """Return the row of the newest user task of an element, finished ones too."""
        query = select(user_task).where(user_task.c.element_id == element_id).order_by(user_task.c.key.desc()).limit(1)
        row = self._work.execute(query).one_or_none()
        return None if row is None else dict(row._mapping)

    def record(self, number: str) -> dict[str, Any] | None:
        """Return what a record holds."""
        row = self._work.execute(select(record).where(record.c.number == number)).one_or_none()
        return None if row is None else dict(row._mapping) | {"is_closed": row.closed_at is not None}

    def connected_roots(self, root_key: int) -> set[int]:
        """Return the root instance and those whose record is linked with its record: a change's release."""
        own = select(process_instance.c.record_key).where(process_instance.c.key == root_key).scalar_subquery()
        linked = union(
            select(record_link.c.to_key).where(record_link.c.from_key == own),
            select(record_link.c.from_key).where(record_link.c.to_key == own),
        )
        roots = select(process_instance.c.key).where(
            process_instance.c.record_key.in_(linked), process_instance.c.parent_instance_key.is_(None)
        )
        return {root_key, *self._work.execute(roots).scalars()}

    def notifications(self) -> dict[str, int]:
        """Return how many notifications each person got so far."""
        query = select(notification.c.user_name, func.count().label("many")).group_by(notification.c.user_name)
        return {row.user_name: row.many for row in self._work.execute(query)}

    def _places(self, table: Any, condition: Any) -> list[Place]:
        return [_place(row) for row in self._work.execute(self._query(table).where(condition))]

    def _query(self, table: Any, *columns: Any) -> Any:
        return (
            select(
                table.c.key, table.c.element_id, table.c.instance_key, process_instance.c.root_instance_key, *columns
            )
            .join(process_instance, process_instance.c.key == table.c.instance_key)
            .order_by(table.c.key)
        )


def _place(row: Any) -> Place:
    return Place(row.key, row.element_id, row.instance_key, row.root_instance_key)


def _can_be_activated(row: Any, now: datetime) -> bool:
    is_leased = row.deadline_at is not None and row.deadline_at > now
    return bool(row.state == JobState.OPEN.value and row.retries > 0 and row.due_at <= now and not is_leased)
