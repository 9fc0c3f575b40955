"""Versions of processes and their counters; counter rows and covering indexes only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, func, select

from engine.model import Label
from engine.store.instance_counts import ALL_TIME
from engine.store.tables import fault, instance_count, live_element, process_definition, process_instance
from engine.store.unit_of_work import UnitOfWork

#: Live elements that only hold others: where something is, is said by what they hold.
SCOPE_TYPES = frozenset({"subProcess", "adHocSubProcess", "multiInstanceBody"})


@dataclass(frozen=True, slots=True)
class DeployedVersion:
    """One version of a process, and how many of its instances there are."""

    key: int
    process_id: str
    version: int
    version_tag: str | None
    name: Label
    resource_key: int
    deployed_at: datetime
    deployed_by: str
    running: int
    started: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """What happened to a process (or one version of it) on one day in UTC."""

    process_id: str
    on: date
    started: int
    completed: int
    canceled: int
    faults: int

    @property
    def ended(self) -> int:
        """Return how many instances came to an end."""
        return self.completed + self.canceled


@dataclass(frozen=True, slots=True)
class RunningCount:
    """How many instances of a process run now, and how many versions have running ones."""

    process_id: str
    running: int
    versions: int


def newest_versions(work: UnitOfWork) -> list[DeployedVersion]:
    """Return the newest version of every process; its own counters."""
    newest = (
        select(process_definition.c.process_id, func.max(process_definition.c.version).label("version"))
        .group_by(process_definition.c.process_id)
        .subquery()
    )
    query = _versions().join(
        newest,
        (newest.c.process_id == process_definition.c.process_id) & (newest.c.version == process_definition.c.version),
    )
    return [_version(row) for row in work.execute(query.order_by(process_definition.c.process_id))]


def versions_of(work: UnitOfWork, process_id: str) -> list[DeployedVersion]:
    """Return all versions of a process, newest first."""
    query = _versions().where(process_definition.c.process_id == process_id)
    return [_version(row) for row in work.execute(query.order_by(process_definition.c.version.desc()))]


def running_by_file(work: UnitOfWork, resource_keys: Collection[int]) -> dict[int, tuple[int, tuple[int, ...]]]:
    """Return how many instances run on each file, and the keys of the versions in it."""
    columns = process_definition.c
    counted = (
        select(columns.resource_key, columns.key, func.coalesce(func.sum(instance_count.c.running), 0).label("running"))
        .outerjoin(
            instance_count,
            (instance_count.c.process_definition_key == columns.key) & (instance_count.c.day == ALL_TIME),
        )
        .where(columns.resource_key.in_(resource_keys))
        .group_by(columns.resource_key, columns.key)
    )
    found: dict[int, tuple[int, tuple[int, ...]]] = {}
    for row in work.execute(counted.order_by(columns.key)):
        running, keys = found.get(row.resource_key, (0, ()))
        found[row.resource_key] = (running + int(row.running), (*keys, row.key))
    return found


def running_counts(work: UnitOfWork) -> dict[str, RunningCount]:
    """Return what runs now, by process id."""
    query = (
        select(instance_count.c.process_id, func.sum(instance_count.c.running).label("running"))
        .where(instance_count.c.day == ALL_TIME)
        .group_by(instance_count.c.process_id, instance_count.c.process_definition_key)
    )
    counts: dict[str, RunningCount] = {}
    for row in work.execute(query):
        before = counts.get(row.process_id, RunningCount(row.process_id, 0, 0))
        counts[row.process_id] = RunningCount(
            row.process_id, before.running + row.running, before.versions + (row.running > 0)
        )
    return counts


def counters(work: UnitOfWork) -> dict[str, tuple[int, int, int, int, int]]:
    """Return (running, started, completed, canceled, faults) since ever, by process id."""
    columns = [func.sum(instance_count.c[name]) for name in ("running", "started", "completed", "canceled", "faults")]
    query = select(instance_count.c.process_id, *columns).where(instance_count.c.day == ALL_TIME)
    rows = work.execute(query.group_by(instance_count.c.process_id).order_by(instance_count.c.process_id))
    return {row[0]: (int(row[1]), int(row[2]), int(row[3]), int(row[4]), int(row[5])) for row in rows}


def day_counts(
    work: UnitOfWork, since: date, process_id: str | None = None, definition_key: int | None = None
) -> list[DayCount]:
    """Return the counters per process and day from `since` on, days without events left out."""
    counters = [instance_count.c[name] for name in ("started", "completed", "canceled", "faults")]
    query = select(
        instance_count.c.process_id,
        instance_count.c.day,
        *(func.sum(counter).label(counter.name) for counter in counters),
    ).where(instance_count.c.day >= since.isoformat())
    if process_id is not None:
        query = query.where(instance_count.c.process_id == process_id)
    if definition_key is not None:
        query = query.where(instance_count.c.process_definition_key == definition_key)
    rows = work.execute(query.group_by(instance_count.c.process_id, instance_count.c.day))
    return [
        DayCount(row.process_id, date.fromisoformat(row.day), row.started, row.completed, row.canceled, row.faults)
        for row in rows
    ]


def open_fault_counts(work: UnitOfWork) -> dict[str, int]:
    """Return the number of open faults by process id."""
    query = (
        select(process_definition.c.process_id, func.count().label("total"))
        .join(fault, fault.c.process_definition_key == process_definition.c.key)
        .where(fault.c.state == "open")
        .group_by(process_definition.c.process_id)
    )
    return {row.process_id: row.total for row in work.execute(query)}


def live_counts(work: UnitOfWork, definition_keys: Collection[int]) -> dict[str, int]:
    """Return the number of live element instances by element id; scopes are not counted."""
    query = (
        select(live_element.c.element_id, func.count().label("total"))
        .where(live_element.c.process_definition_key.in_(definition_keys))
        .where(live_element.c.element_type.not_in(SCOPE_TYPES))
        .group_by(live_element.c.element_id)
    )
    return {row.element_id: row.total for row in work.execute(query)}


def fault_counts(work: UnitOfWork, definition_keys: Collection[int]) -> dict[str, int]:
    """Return the number of open faults by element id."""
    query = (
        select(fault.c.element_id, func.count().label("total"))
        .where(fault.c.state == "open", fault.c.process_definition_key.in_(definition_keys))
        .group_by(fault.c.element_id)
    )
    return {row.element_id: row.total for row in work.execute(query)}


def newest_durations(
    work: UnitOfWork, process_id: str, definition_keys: Collection[int], *, sample: int = 200
) -> list[timedelta]:
    """Return how long the instances took that were completed among the newest starts, at most `sample` of them."""
    table = process_instance
    query = (
        select(table.c.started_at, table.c.ended_at)
        .where(table.c.process_id == process_id, table.c.state == "completed")
        .where(table.c.process_definition_key.in_(definition_keys))
        .order_by(table.c.started_at.desc(), table.c.key.desc())
        .limit(sample)
    )
    return [row.ended_at - row.started_at for row in work.execute(query)]


def _versions() -> Select[*tuple[Any, ...]]:
    from_counts = [
        select(func.coalesce(func.sum(instance_count.c[name]), 0))
        .where(instance_count.c.process_definition_key == process_definition.c.key, instance_count.c.day == ALL_TIME)
        .scalar_subquery()
        .label(name)
        for name in ("running", "started")
    ]
    return select(process_definition, *from_counts)


def _version(row: Row[Any]) -> DeployedVersion:
    cells = row._mapping
    return DeployedVersion(
        key=cells["key"],
        process_id=cells["process_id"],
        version=cells["version"],
        version_tag=cells["version_tag"],
        name=Label(cells["name_en"], cells["name_id"]),
        resource_key=cells["resource_key"],
        deployed_at=cells["deployed_at"],
        deployed_by=cells["deployed_by"],
        running=cells["running"],
        started=cells["started"],
    )
