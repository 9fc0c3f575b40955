"""The rooms of records, people and notices, built on one unit of work for those who join them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from engine.commands.context import CommandContext
from engine.commands.notices import outbox_of
from engine.commands.watching import tell_of_state
from engine.connectors.ports import Ports
from engine.errors import NotInState
from engine.history import Streams
from engine.model import Actor, Label, Record, RecordKey
from engine.people import Directory, parse_rules
from engine.records import Circumstances, Records
from engine.store.attachments import Attachments
from engine.store.duties import Duties
from engine.store.history import History
from engine.store.kpi import Kpi
from engine.store.people import People
from engine.store.records import Records as RecordRows
from engine.store.shifts import Shifts

if TYPE_CHECKING:
    from engine.commands.runtime import InstanceRun, Runtime

_RECORD = Label("process instance", "jalannya proses")


class OwnedInstance:
    """The process instance in which a connector runs."""

    def __init__(self, runtime: Runtime, run: InstanceRun) -> None:
        self._runtime = runtime
        self._run = run

    def own(self, record: Record) -> None:
        """Make `record` the record of the root instance; raises NotInState when it has another one."""
        instance = self._run.instance
        if instance.record_key not in (None, record.key):
            raise NotInState(_RECORD, instance.key, "without a record", f"that of {instance.business_id}")
        self._runtime.own_record(self._run, record.key, record.number)


def ports_of(runtime: Runtime, run: InstanceRun, streams: Streams) -> Ports:
    """Return what a connector may do, in this unit of work; `streams` take the history of records."""
    context = runtime.context
    return Ports(
        records=records_of(context, runtime.actor, streams),
        people=directory_of(context),
        notices=outbox_of(context),
        kpi=Kpi(context.work, context.keys.next_key),
        instance=OwnedInstance(runtime, run),
        now=context.now,
        actor=runtime.actor.user,
    )


def records_of(context: CommandContext, actor: Actor, streams: Streams) -> Records:
    """Return records with their rules."""

    def is_confidential(record_type: str) -> bool:
        register = context.definitions.documents(context.work).registers().get(record_type)
        return register is not None and register.is_restricted

    circumstances = Circumstances(
        context.now, actor.user, context.keys.next_key, zone=context.zone, is_confidential=is_confidential
    )
    return Records(RecordRows(context.work), Duties(context.work), streams, circumstances)


def directory_of(context: CommandContext) -> Directory:
    """Return people with the rules of segregation that hold."""
    rules = parse_rules(context.definitions.documents(context.work).of_kind("sod_rules"))
    shifts = Shifts(context.work, context.now)
    return Directory(People(context.work, context.now), Duties(context.work), RecordRows(context.work), rules, shifts)


class RecordStreams(Streams):
    """Gathers the history of records, and tells their watchers of new states when it is written."""

    def __init__(self, context: CommandContext, actor: Actor) -> None:
        super().__init__(History(context.work), at=context.now, actor=actor.user)
        self._context = context
        self._by = actor
        self._moved: dict[int, tuple[Record, str]] = {}  #: record key -> the record now, its state before

    def append(self, record: Record, action: str, details: Mapping[str, Any]) -> None:
        """Remember what happened to a record, for `write`."""
        super().append(record, action, details)
        changes = details.get("changes")
        if isinstance(changes, Mapping) and "state" in changes:
            _, before = self._moved.get(record.key, (record, changes["state"][0]))
            self._moved[record.key] = (record, before)

    def write(self) -> None:
        """Append everything noted, and notify."""
        super().write()
        moved, self._moved = self._moved, {}
        for record, before in moved.values():
            if record.state != before:
                tell_of_state(self._context, self._by, record, before)


def streams_of(context: CommandContext, actor: Actor) -> Streams:
    """Return what gathers the history of records; the caller writes it."""
    return RecordStreams(context, actor)


def add_duties(
    context: CommandContext,
    record_key: RecordKey,
    duties: Iterable[str],
    actor: Actor,
    on_behalf_of: str | None = None,
) -> None:
    """Note that a person has these duties on a record, and for whom that person stood in."""
    streams = streams_of(context, actor)
    records = records_of(context, actor, streams)
    number = RecordRows(context.work).number_of(record_key)
    for duty in duties:
        records.add_duty(number, duty, [actor.user, *([on_behalf_of] if on_behalf_of else [])])
    streams.write()


def adopt_attachments(
    context: CommandContext, actor: Actor, record_key: RecordKey | None, values: Mapping[str, Any]
) -> None:
    """Make the files that a completed form refers to files of its record."""
    keys = [int(key) for key in _file_keys(list(values.values()))]
    if keys and record_key is not None:
        Attachments(context.work).give(keys, record_key, uploaded_by=actor.user)


def _file_keys(values: Sequence[Any]) -> set[str]:
    """Return the keys of file references ({key, name, media_type, size_bytes}) anywhere in form values."""
    found, open_values = set(), list(values)
    while open_values:
        value = open_values.pop()
        if isinstance(value, list):
            open_values.extend(value)
        elif isinstance(value, dict):
            if {"key", "media_type", "size_bytes"} <= value.keys():
                found.add(str(value["key"]))
            open_values.extend(value.values())
    return found
