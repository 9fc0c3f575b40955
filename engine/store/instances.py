"""Process instances: the row that lists read, the state a restart needs, and what is alive."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, null, select, update

from engine.model import (
    ElementInstanceKey,
    ProcessDefinitionKey,
    ProcessInstance,
    ProcessInstanceKey,
    ProcessInstanceState,
    RecordKey,
)
from engine.store.tables import (
    fault,
    instance_state,
    job,
    live_element,
    message_subscription,
    process_instance,
    signal_subscription,
    timer,
    user_task,
)
from engine.store.unit_of_work import UnitOfWork


@dataclass(slots=True)
class LoadedInstance:
    """An instance with what a run needs: its state and the head of its history stream."""

    instance: ProcessInstance
    state: bytes
    history_sequence: int
    history_head: str
    end_element_ids: tuple[str, ...] = ()
    has_lost_bodies: bool = False  #: retention took its variables


#: What a run may change in the row of an instance.
_CHANGING = (
    "process_definition_key",
    "version",
    "state",
    "business_id",
    "record_key",
    "ended_at",
    "end_element_ids",
    "revision",
    "history_sequence",
    "history_head",
)
# Every row that a run reads is locked: after waiting for another transaction PostgreSQL reads again
# only what it locks, and a state older than its instance would do work twice.
_READ = (
    select(process_instance, instance_state.c.state.label("blob"))
    .join(instance_state, instance_state.c.instance_key == process_instance.c.key)
    .where(process_instance.c.key == bindparam("instance"))
)
_READ_ALL = (
    select(process_instance, instance_state.c.state.label("blob"))
    .join(instance_state, instance_state.c.instance_key == process_instance.c.key)
    .where(process_instance.c.key.in_(bindparam("instances", expanding=True)))
)
_LOAD = _READ.with_for_update(of=[process_instance, instance_state])
_LOAD_ENDED = select(process_instance, null().label("blob")).where(process_instance.c.key == bindparam("instance"))
_UPDATE = (
    update(process_instance)
    .where(process_instance.c.key == bindparam("b_key"), process_instance.c.revision == bindparam("b_revision"))
    .values({name: bindparam(f"b_{name}_now") for name in _CHANGING})
)
_UPDATE_STATE = (
    update(instance_state).where(instance_state.c.instance_key == bindparam("b_key")).values(state=bindparam("b_state"))
)


class Instances:
    """Process instances of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def load(self, key: int) -> LoadedInstance | None:
        """Return the instance, locked until the transaction ends; None when there is none."""
        named = {"instance": key}
        row = self._work.execute(_LOAD, named).one_or_none() or self._work.execute(_LOAD_ENDED, named).one_or_none()
        return None if row is None else loaded_instance(row)

    def read(self, key: int) -> LoadedInstance | None:
        """Return a running instance to look at, not to change; None when it ended or there is none."""
        row = self._work.execute(_READ, {"instance": key}).one_or_none()
        return None if row is None else loaded_instance(row)

    def read_all(self, keys: Collection[int]) -> dict[int, LoadedInstance]:
        """Return the running ones of these instances by key, to look at, not to change; one statement."""
        rows = self._work.execute(_READ_ALL, {"instances": list(keys)})
        return {row[0]: loaded_instance(row) for row in rows}

    def roots_of_record(self, record_key: int) -> list[LoadedInstance]:
        """Return the running root instances of a record, oldest first, to look at, not to change."""
        table = process_instance
        query = select(table.c.key).where(table.c.record_key == record_key, table.c.parent_instance_key.is_(None))
        found = self.read_all(list(self._work.execute(query).scalars()))
        return [found[key] for key in sorted(found)]

    def called_below(self, key: int, root_key: int) -> list[int]:
        """Return the instances that an instance called, directly or not, outermost first."""
        table = process_instance
        rows = self._work.execute(
            select(table.c.key, table.c.parent_instance_key)
            .where(table.c.root_instance_key == root_key, table.c.parent_instance_key.is_not(None))
            .order_by(table.c.key)
        )
        below = {key}
        for row in rows:
            if row.parent_instance_key in below:
                below.add(row.key)
        return sorted(below - {key})

    def add(self, loaded: LoadedInstance) -> None:
        """Insert a new instance and its state."""
        self._work.execute(insert(process_instance), row_values(loaded))
        if loaded.state:
            self._work.execute(
                insert(instance_state), {"instance_key": loaded.instance.key, "state": _pack(loaded.state)}
            )

    def save(self, loaded: LoadedInstance, *, from_revision: int) -> bool:
        """Write the changed row and state; False when somebody else wrote since `from_revision`."""
        values = row_values(loaded)
        parameters = {f"b_{name}_now": values[name] for name in _CHANGING}
        parameters |= {"b_key": loaded.instance.key, "b_revision": from_revision}
        if self._work.execute(_UPDATE, parameters).rowcount != 1:
            return False
        if loaded.state:
            self._work.execute(_UPDATE_STATE, {"b_key": loaded.instance.key, "b_state": _pack(loaded.state)})
        else:
            self._work.execute(delete(instance_state).where(instance_state.c.instance_key == loaded.instance.key))
        return True

    def move_rows(self, key: int, definition_key: int, mapping: Mapping[str, str]) -> None:
        """Point the rows of a migrated instance at the new version and its element ids."""
        for table in (live_element, user_task, timer, job, message_subscription, signal_subscription, fault):
            mine = table.c.instance_key == key
            self._work.execute(update(table).where(mine).values(process_definition_key=definition_key))
            for old, new in mapping.items():
                if old != new:
                    self._work.execute(update(table).where(mine, table.c.element_id == old).values(element_id=new))


def loaded_instance(row: Row[Any]) -> LoadedInstance:
    """Turn a row of process_instance with the state as `blob` into values."""
    cells = row._mapping
    instance = ProcessInstance(
        key=ProcessInstanceKey(cells[process_instance.c.key]),
        process_definition_key=ProcessDefinitionKey(cells[process_instance.c.process_definition_key]),
        process_id=cells[process_instance.c.process_id],
        version=cells[process_instance.c.version],
        state=ProcessInstanceState(cells[process_instance.c.state]),
        business_id=cells[process_instance.c.business_id],
        record_key=_record_key(cells[process_instance.c.record_key]),
        parent_instance_key=_instance_key(cells[process_instance.c.parent_instance_key]),
        parent_element_instance_key=_element_key(cells[process_instance.c.parent_element_instance_key]),
        root_instance_key=ProcessInstanceKey(cells[process_instance.c.root_instance_key]),
        started_by=cells[process_instance.c.started_by],
        started_at=cells[process_instance.c.started_at],
        ended_at=cells[process_instance.c.ended_at],
        revision=cells[process_instance.c.revision],
    )
    return LoadedInstance(
        instance,
        _unpack(cells["blob"]),
        cells[process_instance.c.history_sequence],
        cells[process_instance.c.history_head],
        tuple(cells[process_instance.c.end_element_ids]),
        cells[process_instance.c.bodies_removed_at] is not None,
    )


def row_values(loaded: LoadedInstance) -> dict[str, Any]:
    """Return the instance as a row of process_instance."""
    instance = loaded.instance
    return {
        "key": instance.key,
        "process_definition_key": instance.process_definition_key,
        "process_id": instance.process_id,
        "version": instance.version,
        "state": instance.state.value,
        "business_id": instance.business_id,
        "record_key": instance.record_key,
        "parent_instance_key": instance.parent_instance_key,
        "parent_element_instance_key": instance.parent_element_instance_key,
        "root_instance_key": instance.root_instance_key,
        "started_by": instance.started_by,
        "started_at": instance.started_at,
        "ended_at": instance.ended_at,
        "end_element_ids": list(loaded.end_element_ids),
        "revision": instance.revision,
        "history_sequence": loaded.history_sequence,
        "history_head": loaded.history_head,
    }


def _pack(state: bytes) -> bytes:
    return zlib.compress(state, 1)


def _unpack(blob: bytes | None) -> bytes:
    return b"" if blob is None else zlib.decompress(blob)


def _record_key(value: int | None) -> RecordKey | None:
    return None if value is None else RecordKey(value)


def _instance_key(value: int | None) -> ProcessInstanceKey | None:
    return None if value is None else ProcessInstanceKey(value)


def _element_key(value: int | None) -> ElementInstanceKey | None:
    return None if value is None else ElementInstanceKey(value)
