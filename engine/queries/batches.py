"""Batch operations: how far they are, and what became of each instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.errors import BatchNotFound
from engine.model import Actor, Batch, BatchItem, BatchItemState, ProcessInstanceState
from engine.queries.operators import require_observer
from engine.store.batches import BatchRows
from engine.store.monitoring.instance_list import InstanceFilter, ListedInstance, list_instances

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class BatchList:
    """One page of batches, newest first; `next` is the key to go on before."""

    batches: tuple[Batch, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """Ask for batch operations. Two statements."""

    actor: Actor
    before: int | None = None

    def run(self, context: CommandContext) -> BatchList:
        """Answer; raises NotPermitted."""
        require_observer(context, self.actor)
        found = BatchRows(context.work).newest(PAGE_SIZE + 1, self.before)
        shown = tuple(found[:PAGE_SIZE])
        return BatchList(shown, shown[-1].key if len(found) > PAGE_SIZE else None)


@dataclass(frozen=True, slots=True)
class BatchPageData:
    """A batch and one page of its instances; `next` is the instance key to go on after."""

    batch: Batch
    items: tuple[BatchItem, ...]
    instances: Mapping[int, ListedInstance]  #: by key
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage:
    """Ask for one batch and its instances, all or those of one state. Four statements."""

    batch_key: int
    actor: Actor
    state: BatchItemState | None = None
    after: int = 0

    def run(self, context: CommandContext) -> BatchPageData:
        """Answer; raises NotPermitted, BatchNotFound."""
        require_observer(context, self.actor)
        rows = BatchRows(context.work)
        batch = rows.get(self.batch_key)
        if batch is None:
            raise BatchNotFound(self.batch_key)
        states = tuple(BatchItemState) if self.state is None else (self.state,)
        found = rows.items(self.batch_key, states=states, after=self.after, limit=PAGE_SIZE + 1)
        items = tuple(found[:PAGE_SIZE])
        wanted = InstanceFilter(
            states=tuple(ProcessInstanceState), keys=tuple(item.process_instance_key for item in items)
        )
        listed = list_instances(context.work, wanted, after=None, limit=PAGE_SIZE) if items else []
        following = items[-1].process_instance_key if len(found) > PAGE_SIZE else None
        return BatchPageData(batch, items, {one.key: one for one in listed}, following)
