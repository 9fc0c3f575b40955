"""One operation on many instances: chosen first, looked at, then started; the pump does one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.batch_plan import BatchPlan
from engine.commands.context import CommandContext
from engine.errors import BatchNotFound, CommandRejected, InputInvalid, NotInState
from engine.model import SYSTEM, Actor, Batch, BatchKey, BatchState, Label
from engine.store.batches import BatchRows
from engine.store.monitoring.instance_list import InstanceFilter, list_instances

#: More instances than this are not one decision; the filter can be narrowed.
MOST_INSTANCES = 10_000
_BATCH = Label("batch operation", "operasi massal")
_BUG = Label("This failed inside Clause8; see the log of the server.", "Gagal di dalam Clause8; lihat log peladen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeBatch:
    """Choose instances for an operation by filter; nothing happens to them yet.

    What the operation can never be done to is left out: called instances are canceled, suspended and resumed with
    their callers, only stuck ones are retried. Raises NotPermitted, and InputInvalid when nothing or too much is
    chosen or the plan names what is not there. Returns the batch.
    """

    plan: BatchPlan
    actor: Actor
    selection: InstanceFilter = field(default_factory=InstanceFilter)
    reason: str = ""

    def run(self, context: CommandContext) -> Batch:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        self.plan.check(context, self.selection.process_id)
        chosen = self._chosen(context)
        if not chosen:
            raise InputInvalid(Label("No instance fits.", "Tidak ada proses yang cocok."))
        if len(chosen) > MOST_INSTANCES:
            raise InputInvalid(
                Label(
                    f"More than {MOST_INSTANCES} instances fit. Narrow the filter.",
                    f"Lebih dari {MOST_INSTANCES} proses cocok. Persempit saringan.",
                )
            )
        key = BatchKey(context.keys.next_key())
        rows = BatchRows(context.work)
        rows.add(self._row(context, key), chosen)
        return _get(rows, key)

    def _chosen(self, context: CommandContext) -> list[int]:
        wanted = self.plan.narrowed(self.selection)
        found = list_instances(context.work, wanted, after=None, limit=MOST_INSTANCES + 1)
        return [one.key for one in found if not self.plan.leaves_out(one)]

    def _row(self, context: CommandContext, key: int) -> dict[str, Any]:
        shown = {name: _plain(value) for name, value in asdict(self.selection).items() if value}
        return {
            "key": key,
            "kind": self.plan.kind.value,
            "plan": self.plan.as_json(),
            "selection": shown,
            "reason": self.reason,
            "created_at": context.now,
            "created_by": self.actor.user,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBatch:
    """Let the pump work on a proposed or stopped batch, in the name of who starts it."""

    batch_key: BatchKey | int
    actor: Actor

    def run(self, context: CommandContext) -> Batch:
        """Do it in the caller's transaction; raises NotPermitted, BatchNotFound, NotInState."""
        before = (BatchState.PROPOSED, BatchState.STOPPED)
        changes = {"started_by": self.actor.user, "started_at": context.now, "ended_at": None}
        return _move(context, self.actor, self.batch_key, before, BatchState.RUNNING, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopBatch:
    """Let a running batch stand still; what was done stays done, the rest can be started again."""

    batch_key: BatchKey | int
    actor: Actor

    def run(self, context: CommandContext) -> Batch:
        """Do it in the caller's transaction; raises NotPermitted, BatchNotFound, NotInState."""
        return _move(context, self.actor, self.batch_key, (BatchState.RUNNING,), BatchState.STOPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardBatch:
    """Undo the choice of a batch that was not started."""

    batch_key: BatchKey | int
    actor: Actor

    def run(self, context: CommandContext) -> Batch:
        """Do it in the caller's transaction; raises NotPermitted, BatchNotFound, NotInState."""
        changes = {"ended_at": context.now}
        return _move(context, self.actor, self.batch_key, (BatchState.PROPOSED,), BatchState.DISCARDED, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunBatchItem:
    """Do a batch's operation to one instance; returns whether it was still to be done.

    What does not fit the instance is noted, and the instance left as it is. With `failure` the
    operation is not tried: it failed in our own code.
    """

    batch_key: int
    instance_key: int
    failure: bool = False

    def run(self, context: CommandContext) -> bool:
        """Do it in the caller's transaction."""
        rows = BatchRows(context.work)
        if not rows.claim(self.batch_key, self.instance_key, context.now):
            return False
        problem = _BUG if self.failure else self._try(context, _get(rows, self.batch_key))
        if problem is not None:
            rows.refuse(self.batch_key, self.instance_key, problem)
        if rows.count(self.batch_key, is_done=problem is None, at=context.now):
            _note(context, SYSTEM, _get(rows, self.batch_key))
        return True

    def _try(self, context: CommandContext, batch: Batch) -> Label | None:
        actor = Actor(batch.started_by or batch.created_by)
        command = BatchPlan.from_json(batch.kind, batch.plan).command(self.instance_key, actor, batch.reason)
        try:
            with context.work.savepoint():
                command.run(context)
        except CommandRejected as error:
            return error.label
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingBatchItems:
    """Which (batch, instance) the running batches wait for, the oldest batch first."""

    limit: int = 100

    def run(self, context: CommandContext) -> list[tuple[int, int]]:
        """Answer."""
        return BatchRows(context.work).next_items(self.limit)


def _move(
    context: CommandContext,
    actor: Actor,
    key: int,
    before: Sequence[BatchState],
    after: BatchState,
    **changes: Any,
) -> Batch:
    read_permissions(context, actor).require_administrator()
    rows = BatchRows(context.work)
    if not rows.move(key, before, after, **changes):
        found = _get(rows, key).state.value
        raise NotInState(_BATCH, key, " or ".join(state.value for state in before), found)
    moved = _get(rows, key)
    _note(context, actor, moved)
    return moved


def _get(rows: BatchRows, key: int) -> Batch:
    found = rows.get(key)
    if found is None:
        raise BatchNotFound(key)
    return found


def _note(context: CommandContext, actor: Actor, batch: Batch) -> None:
    details: Mapping[str, Any] = {
        "batch": batch.key,
        "kind": batch.kind.value,
        "plan": batch.plan,
        "selection": batch.selection,
        "reason": batch.reason,
        "counts": {"total": batch.total, "done": batch.done, "refused": batch.refused},
    }
    note_in_system(context, actor, f"batch_{batch.state.value}", details)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [one.value if isinstance(one, Enum) else one for one in value]
    return value
