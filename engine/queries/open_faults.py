"""Everything that is stuck, the longest first."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.instances import read_position, write_position
from engine.queries.operators import require_observer
from engine.store.monitoring import fault_list
from engine.store.monitoring.fault_list import ListedFault

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault with the name of its element."""

    listed: ListedFault
    element: Label


@dataclass(frozen=True, slots=True)
class OpenFaultsPage:
    """One page of faults; `next` is what to ask for to get the following one."""

    lines: tuple[FaultLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFaults:
    """Ask for open execution faults. Two statements."""

    actor: Actor
    process_id: str = ""
    kind: str = ""
    after: str | None = None

    def run(self, context: CommandContext) -> OpenFaultsPage:
        """Answer; raises NotPermitted, InputInvalid."""
        require_observer(context, self.actor)
        position = read_position(self.after) if self.after else None
        found = fault_list.list_faults(
            context.work,
            process_id=self.process_id,
            kind=self.kind,
            after=(position.started_at, position.key) if position else None,
            limit=PAGE_SIZE + 1,
        )
        shown, names = found[:PAGE_SIZE], ElementNames(context)
        lines = tuple(FaultLine(one, names.of(one.process_definition_key, one.fault.element_id)) for one in shown)
        last = shown[-1].fault if len(found) > PAGE_SIZE else None
        return OpenFaultsPage(lines, write_position(last.opened_at, last.key) if last else None)
