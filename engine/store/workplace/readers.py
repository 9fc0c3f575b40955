"""Who reads a page: login name and groups, and which records that person may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Text, and_, exists, func, or_, select, true, type_coerce

from engine.model import StandIn, UserTaskState
from engine.store.tables import process_instance, record, record_person, user_task

#: Made once: naming the columns of an alias costs more than the statement in which it stands.
_ROOT, _PART = process_instance.alias("root"), process_instance.alias("part")


@dataclass(frozen=True, slots=True)
class Reader:
    """An active person and the groups of that person."""

    name: str
    groups: frozenset[str]
    reads_all: bool = False  #: every record that is not restricted: administrators and auditors
    #: Gives the two sets below; asked only by who needs them, as it costs a statement.
    opened: Callable[[], tuple[frozenset[str], frozenset[str]]] = lambda: (frozenset(), frozenset())

    @property
    def registers(self) -> frozenset[str]:
        """Return the types of records that this person reads unless they are restricted."""
        return self.opened()[0]

    @property
    def restricted_registers(self) -> frozenset[str]:
        """Return the types of records of which this person reads the restricted ones too."""
        return self.opened()[1]

    stands_in: tuple[StandIn, ...] = ()  #: for whom the person is a deputy now

    @property
    def inboxes(self) -> tuple[str, ...]:
        """Return the inboxes this person reads: the own one first, then those of the groups by name."""
        return (f"u:{self.name}", *(f"g:{group}" for group in sorted(self.groups)))

    @property
    def group_inboxes(self) -> tuple[str, ...]:
        """Return the inboxes of the groups alone."""
        return self.inboxes[1:]

    @property
    def lent_inboxes(self) -> dict[str, str]:
        """Return the inboxes of those who are away: of each person, then of the groups -> whose deputy reads it."""
        named = {f"u:{one.user}": one.display_name for one in self.stands_in}
        for one in self.stands_in:
            for group in sorted(one.groups - self.groups):
                named.setdefault(f"g:{group}", one.display_name)
        return named


def sees_record(reader: Reader) -> ColumnElement[bool]:
    """Return the condition on `record` that this person may see it (decision 20).

    Whom the register lets read; requester, people of the record and whoever has or had a task of it, also through a
    group; besides them administrators and auditors see what is not restricted.
    """
    rights: list[ColumnElement[bool]] = []
    if reader.reads_all:
        rights.append(~record.c.is_restricted)
    elif reader.registers:
        rights.append(and_(record.c.type.in_(sorted(reader.registers)), ~record.c.is_restricted))
    if reader.restricted_registers:
        rights.append(record.c.type.in_(sorted(reader.restricted_registers)))
    return or_(*rights, record.c.requester == reader.name, _is_person_of_record(reader), _has_task_of_record(reader))


def _is_person_of_record(reader: Reader) -> ColumnElement[bool]:
    return exists().where(record_person.c.record_key == record.c.key, record_person.c.user_name == reader.name)


def _has_task_of_record(reader: Reader) -> ColumnElement[bool]:
    return exists(
        select(true())
        .select_from(_ROOT)
        .join(_PART, _PART.c.root_instance_key == _ROOT.c.key)
        .join(user_task, user_task.c.instance_key == _PART.c.key)
        .where(and_(_ROOT.c.record_key == record.c.key, works_on(reader)))
    )


def works_on(reader: Reader) -> ColumnElement[bool]:
    """Return the condition on `user_task` that this person has it, had it, or may claim it through a group."""
    named = [_names(user_task.c.candidate_groups, group) for group in sorted(reader.groups)]
    return or_(
        user_task.c.assignee == reader.name,
        user_task.c.completed_by == reader.name,
        _names(user_task.c.candidate_users, reader.name),
        *named,
        *(_open_for_deputy(one) for one in reader.stands_in),
    )


def _open_for_deputy(stand_in: StandIn) -> ColumnElement[bool]:
    """A deputy sees what waits for the person who is away, not what that person did before."""
    named = [_names(user_task.c.candidate_groups, group) for group in sorted(stand_in.groups)]
    offered = or_(user_task.c.assignee == stand_in.user, _names(user_task.c.candidate_users, stand_in.user), *named)
    return and_(user_task.c.state == UserTaskState.CREATED.value, offered)


def _names(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    # The column is JSON text written by us: a quoted name inside it is that name. LIKE would not do: SQLite's takes
    # `Desk` for `desk`; both databases replace exactly.
    text = type_coerce(column, Text)
    return func.replace(text, orjson.dumps(name).decode(), "") != text
