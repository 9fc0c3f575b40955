"""The rows that a run of instances changes, gathered first and then written table by table.

What is added and removed before it was written costs nothing. Each table costs at most one
statement for what is added and one for what is removed, however many elements ran.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import Executable

from engine.store.columns import NEVER
from engine.store.tables import (
    buffered_message,
    fault,
    history_entry,
    job,
    live_element,
    message_correlation,
    message_subscription,
    signal_subscription,
    task_inbox,
    timer,
    user_task,
    variable,
)
from engine.store.unit_of_work import UnitOfWork

Row = dict[str, Any]

#: Tables whose rows come and go by key, in the order in which they are written.
_KEYED = (live_element, timer, job, message_subscription, signal_subscription, buffered_message)


class Delta:
    """Rows to add, change and remove; written once."""

    def __init__(self) -> None:
        self._added: dict[Table, dict[int, Row]] = {table: {} for table in _KEYED}
        self._removed: dict[Table, set[int]] = {table: set() for table in _KEYED}
        self._changed: dict[Table, dict[int, Row]] = {}
        self._tasks: dict[int, Row] = {}
        self._inbox: dict[int, set[str]] = {}
        self._inbox_stale: set[int] = set()
        self._variables: dict[tuple[int, str], Row] = {}
        self._scopes_removed: set[int] = set()
        self._faults: dict[int, Row] = {}
        self._faults_resolved: dict[int, datetime] = {}
        self._history: list[Row] = []
        self._correlations: list[Row] = []

    def add(self, table: Table, row: Row) -> None:
        """Add a row of a keyed table."""
        self._added[table][row["key"]] = row

    def remove(self, table: Table, key: int) -> None:
        """Remove a row of a keyed table, written or not."""
        if self._added[table].pop(key, None) is None:
            self._removed[table].add(key)

    def change(self, table: Table, key: int, changes: Row) -> None:
        """Change columns of a row of a keyed table, written or not."""
        if key in self._added[table]:
            self._added[table][key] |= changes
        else:
            self._changed.setdefault(table, {})[key] = changes

    def added(self, table: Table) -> Iterable[Row]:
        """Return the rows of a keyed table that are not written yet."""
        return self._added[table].values()

    def put_task(self, row: Row) -> None:
        """Write the whole row of a user task, new or not."""
        self._tasks[row["key"]] = row

    def task(self, key: int) -> Row | None:
        """Return the row of a user task if it waits to be written."""
        return self._tasks.get(key)

    def put_inbox(self, task_key: int, actors: Iterable[str], *, is_new: bool) -> None:
        """Say in whose inbox an open user task lies (`u:name`, `g:group`)."""
        self._inbox[task_key] = set(actors)
        if not is_new:
            self._inbox_stale.add(task_key)

    def leave_inbox(self, task_key: int) -> None:
        """Forget inbox rows that are not written; written ones go with the live element."""
        self._inbox.pop(task_key, None)

    def put_variable(self, instance_key: int, scope_key: int, name: str, value: Any) -> None:
        """Write a variable, new or not."""
        self._variables[scope_key, name] = {
            "instance_key": instance_key,
            "scope_key": scope_key,
            "name": name,
            "value": value,
        }

    def remove_scope(self, scope_key: int) -> None:
        """Remove all variables of a scope that ended."""
        for place in [place for place in self._variables if place[0] == scope_key]:
            del self._variables[place]
        self._scopes_removed.add(scope_key)

    def put_fault(self, row: Row) -> None:
        """Open a fault."""
        self._faults[row["key"]] = row

    def resolve_fault(self, key: int, at: datetime) -> None:
        """Close a fault."""
        if key in self._faults:
            self._faults[key] |= {"state": "resolved", "resolved_at": at}
        else:
            self._faults_resolved[key] = at

    def add_history(self, rows: Iterable[Row]) -> None:
        """Append history entries."""
        self._history.extend(rows)

    def task_instances(self) -> set[int]:
        """Return the instances whose user tasks change."""
        return {row["instance_key"] for row in self._tasks.values()}

    def add_correlation(self, message_key: int, process_id: str) -> None:
        """Remember that a buffered message reached a process."""
        self._correlations.append({"message_key": message_key, "process_id": process_id})

    def write(self, work: UnitOfWork) -> None:
        """Write everything gathered."""
        for table in _KEYED:
            _delete_keys(work, table, self._removed[table])
            _insert(work, table, self._added[table].values())
        for table, changed in self._changed.items():
            for key, changes in changed.items():
                work.execute(update(table).where(table.c.key == key).values(changes))
        _upsert(work, user_task, self._tasks.values())
        self._write_inbox(work)
        self._write_variables(work)
        self._write_faults(work)
        _insert(work, history_entry, self._history)
        _insert(work, message_correlation, self._correlations)

    def _write_inbox(self, work: UnitOfWork) -> None:
        if self._inbox_stale:
            work.execute(delete(task_inbox).where(task_inbox.c.task_key.in_(self._inbox_stale)))
        rows = [
            {"actor": actor, "due_at": self._tasks[key]["due_at"] or NEVER, "task_key": key}
            for key, actors in self._inbox.items()
            for actor in sorted(actors)
        ]
        _insert(work, task_inbox, rows)

    def _write_variables(self, work: UnitOfWork) -> None:
        if self._scopes_removed:
            work.execute(delete(variable).where(variable.c.scope_key.in_(self._scopes_removed)))
        _upsert(work, variable, self._variables.values())

    def _write_faults(self, work: UnitOfWork) -> None:
        _insert(work, fault, self._faults.values())
        if self._faults_resolved:
            statement = (
                update(fault)
                .where(fault.c.key == bindparam("b_key"))
                .values(state="resolved", resolved_at=bindparam("b_at"))
            )
            work.execute(statement, [{"b_key": key, "b_at": at} for key, at in self._faults_resolved.items()])


def _insert(work: UnitOfWork, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    if listed := list(rows):
        work.execute(insert(table), listed)


def _delete_keys(work: UnitOfWork, table: Table, keys: set[int]) -> None:
    if keys:
        work.execute(delete(table).where(table.c.key.in_(keys)))


def _upsert(work: UnitOfWork, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    if listed := list(rows):
        work.execute(_upsert_statement(table, tuple(listed[0]), work.is_sqlite), listed)


@lru_cache(maxsize=32)
def _upsert_statement(table: Table, names: tuple[str, ...], is_sqlite: bool) -> Executable:
    # Building this costs more than running it, so each is built once.
    statement = (sqlite if is_sqlite else postgresql).insert(table)
    keys = [column.name for column in table.primary_key]
    changing = {name: statement.excluded[name] for name in names if name not in keys}
    upsert: Executable = statement.on_conflict_do_update(index_elements=keys, set_=changing)
    return upsert
