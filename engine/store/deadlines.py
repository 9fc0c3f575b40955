"""Clocks, their logs, and the jobs that compute them again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, insert, select, update

from engine.model import (
    ClockEvent,
    ClockEventKind,
    ClockState,
    Deadline,
    DeadlineKey,
    ProcessInstanceKey,
    Recalculation,
)
from engine.store.tables import (
    deadline,
    deadline_event,
    deadline_recalculation,
    process_instance,
    user_task,
)
from engine.store.unit_of_work import UnitOfWork

_OPEN = (ClockState.RUNNING.value, ClockState.PAUSED.value)


class DeadlineRows:
    """Clocks of one unit of work. Whoever changes one has locked it first."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def of_root(self, root_key: int, clock: str) -> Deadline | None:
        """Return a clock of an instance and lock it."""
        query = select(deadline).where(deadline.c.root_instance_key == root_key, deadline.c.clock == clock)
        row = self._work.execute(query.with_for_update()).one_or_none()
        return None if row is None else _deadline(row)

    def get(self, key: int, *, is_locked: bool = False) -> Deadline | None:
        """Return a clock; with `is_locked` nobody else changes it until the transaction ends."""
        query = select(deadline).where(deadline.c.key == key)
        row = self._work.execute(query.with_for_update() if is_locked else query).one_or_none()
        return None if row is None else _deadline(row)

    def of_roots(self, root_keys: Collection[int]) -> list[Deadline]:
        """Return the clocks of instances, in the order in which they began."""
        if not root_keys:
            return []
        query = select(deadline).where(deadline.c.root_instance_key.in_(root_keys))
        return [_deadline(row) for row in self._work.execute(query.order_by(deadline.c.started_at, deadline.c.key))]

    def of_record(self, record_key: int) -> list[tuple[Deadline, datetime | None]]:
        """Return the clocks of a record's instances in the order in which they began, with the end of the instance."""
        query = (
            select(*deadline.c, process_instance.c.ended_at.label("instance_ended_at"))
            .join(process_instance, process_instance.c.key == deadline.c.root_instance_key)
            .where(process_instance.c.record_key == record_key)
            .order_by(deadline.c.started_at, deadline.c.key)
        )
        return [(_deadline(row), row.instance_ended_at) for row in self._work.execute(query)]

    def of_tasks(self, task_keys: Collection[int]) -> list[tuple[int, Deadline]]:
        """Return (user task, open clock of its root instance), the earliest due first."""
        query = (
            select(user_task.c.key.label("task_key"), *deadline.c)
            .join(process_instance, process_instance.c.key == user_task.c.instance_key)
            .join(deadline, deadline.c.root_instance_key == process_instance.c.root_instance_key)
            .where(user_task.c.key.in_(task_keys), deadline.c.state.in_(_OPEN))
            .order_by(deadline.c.due_at, deadline.c.key)
        )
        return [(row.task_key, _deadline(row)) for row in self._work.execute(query)]

    def of_number(self, number: str, clock: str) -> Deadline | None:
        """Return the clock of the newest instance that has this business id, without a lock."""
        query = (
            select(deadline)
            .join(process_instance, process_instance.c.key == deadline.c.root_instance_key)
            .where(process_instance.c.business_id == number, deadline.c.clock == clock)
            .order_by(deadline.c.key.desc())
            .limit(1)
        )
        row = self._work.execute(query).one_or_none()
        return None if row is None else _deadline(row)

    def open_of_calendar(self, calendar: str, after_key: int, limit: int) -> list[Deadline]:
        """Return open clocks of a calendar by key, and lock them."""
        query = (
            select(deadline)
            .where(deadline.c.calendar == calendar, deadline.c.state.in_(_OPEN), deadline.c.key > after_key)
            .order_by(deadline.c.key)
            .limit(limit)
            .with_for_update()
        )
        return [_deadline(row) for row in self._work.execute(query)]

    def count_open(self, calendar: str) -> int:
        """Return how many clocks of a calendar are open."""
        query = select(func.count()).where(deadline.c.calendar == calendar, deadline.c.state.in_(_OPEN))
        count: int = self._work.execute(query).scalar_one()
        return count

    def events(self, keys: Collection[int]) -> dict[int, list[ClockEvent]]:
        """Return the logs of clocks, oldest entry first."""
        found: dict[int, list[ClockEvent]] = {key: [] for key in keys}
        if keys:
            query = select(deadline_event).where(deadline_event.c.deadline_key.in_(keys))
            for row in self._work.execute(query.order_by(deadline_event.c.deadline_key, deadline_event.c.sequence)):
                found[row.deadline_key].append(_event(row))
        return found

    def write(self, entries: Sequence[tuple[Deadline, ClockEvent]]) -> None:
        """Append to the logs of clocks and write what they are now; the first entry of a log adds its clock."""
        if not entries:
            return
        new = [_row(one) for one, event in entries if event.sequence == 1]
        known = [_row(one) for one, event in entries if event.sequence > 1]
        if new:
            self._work.execute(insert(deadline), new)
        self.change(known)
        self._work.execute(insert(deadline_event), [_event_row(one.key, event) for one, event in entries])

    def change(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write whole rows of known clocks."""
        if rows:
            names = [name for name in rows[0] if name != "key"]
            statement = update(deadline).where(deadline.c.key == bindparam("b_key"))
            statement = statement.values({name: bindparam(f"b_{name}") for name in names})
            self._work.execute(statement, [{f"b_{name}": value for name, value in row.items()} for row in rows])

    def move(self, one: Deadline) -> None:
        """Write what a clock is now without an entry in its log: when it is looked at next."""
        self.change([_row(one)])

    def due(self, now: datetime, limit: int) -> list[DeadlineKey]:
        """Return clocks whose next message is due, oldest first; those of suspended instances wait on."""
        query = _may_tell(select(deadline.c.key)).where(deadline.c.next_at <= now)
        query = query.order_by(deadline.c.next_at, deadline.c.key).limit(limit)
        return [DeadlineKey(key) for key in self._work.execute(query).scalars()]

    def next_due_at(self) -> datetime | None:
        """Return when the next message falls due."""
        query = _may_tell(select(deadline.c.next_at)).where(deadline.c.next_at.is_not(None))
        return self._work.execute(query.order_by(deadline.c.next_at).limit(1)).scalar()


class RecalculationRows:
    """Jobs that compute the open clocks of a calendar again."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, row: Mapping[str, Any]) -> None:
        """Insert a job."""
        self._work.execute(insert(deadline_recalculation), row)

    def end_running(self, calendar: str, at: datetime) -> None:
        """End the jobs of a calendar, since a newer one begins from the start."""
        table = deadline_recalculation
        running = update(table).where(table.c.calendar == calendar, table.c.is_running.is_(True))
        self._work.execute(running.values(is_running=False, ended_at=at))

    def oldest_running(self) -> tuple[Recalculation, int] | None:
        """Return the job that is to go on, and the key up to which clocks are done."""
        table = deadline_recalculation
        query = select(table).where(table.c.is_running.is_(True)).order_by(table.c.key).limit(1)
        row = self._work.execute(query).one_or_none()
        return None if row is None else (_recalculation(row), row.after_key)

    def claim(self, key: int, after_key: int) -> bool:
        """Lock a job where it stands; False when somebody else took it further meanwhile."""
        table = deadline_recalculation
        place = (table.c.key == key, table.c.after_key == after_key, table.c.is_running.is_(True))
        return self._work.execute(update(table).where(*place).values(after_key=after_key)).rowcount == 1

    def progress(self, key: int, after_key: int, done: int, changed: int, ended_at: datetime | None) -> None:
        """Write how far a job is; `done` and `changed` are added."""
        table = deadline_recalculation
        values = {
            "after_key": after_key,
            "done": table.c.done + done,
            "changed": table.c.changed + changed,
            "is_running": ended_at is None,
            "ended_at": ended_at,
        }
        self._work.execute(update(table).where(table.c.key == key).values(values))

    def newest(self, calendars: Iterable[str]) -> dict[str, Recalculation]:
        """Return the newest job of each calendar."""
        table = deadline_recalculation
        newest = select(func.max(table.c.key)).where(table.c.calendar.in_(list(calendars))).group_by(table.c.calendar)
        rows = self._work.execute(select(table).where(table.c.key.in_(newest)))
        return {row.calendar: _recalculation(row) for row in rows}


def _may_tell(query: Select[Any]) -> Select[Any]:
    return query.join(process_instance, process_instance.c.key == deadline.c.root_instance_key).where(
        process_instance.c.state != "suspended"
    )


def _deadline(row: Row[Any]) -> Deadline:
    return Deadline(
        DeadlineKey(row.key),
        row.clock,
        ProcessInstanceKey(row.root_instance_key),
        ClockState(row.state),
        row.reason,
        row.calendar,
        row.duration,
        row.started_at,
        row.due_at,
        row.next_at,
        row.next_share,
        row.revision,
    )


def _row(one: Deadline) -> dict[str, Any]:
    names = (
        "key", "clock", "root_instance_key", "reason", "calendar", "duration", "started_at", "due_at", "next_at",
        "next_share", "revision",
    )  # fmt: skip
    return {name: getattr(one, name) for name in names} | {"state": one.state.value}


def _event(row: Row[Any]) -> ClockEvent:
    return ClockEvent(
        row.sequence,
        row.at,
        ClockEventKind(row.kind),
        row.actor,
        row.element_id,
        row.reason,
        row.calendar,
        row.duration,
        row.due_before,
        row.due_at,
        row.share,
    )


def _event_row(key: int, event: ClockEvent) -> dict[str, Any]:
    names = (
        "sequence", "at", "actor", "element_id", "reason", "calendar", "duration", "due_before", "due_at", "share",
    )  # fmt: skip
    return {name: getattr(event, name) for name in names} | {"deadline_key": key, "kind": event.kind.value}


def _recalculation(row: Row[Any]) -> Recalculation:
    return Recalculation(
        row.key,
        row.calendar,
        row.is_running,
        row.started_by,
        row.started_at,
        row.ended_at,
        row.total,
        row.done,
        row.changed,
    )
