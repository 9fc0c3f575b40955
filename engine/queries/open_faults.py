"""Everything that is stuck, the longest first."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.queries.paging import Page, page_of, read_place
from engine.store.monitoring import fault_list
from engine.store.monitoring.fault_list import ListedFault
from engine.store.workplace.inbox_list import Place

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault with the name of its element."""

    listed: ListedFault
    element: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFaults:
    """Ask for open execution faults. Two statements."""

    actor: Actor
    process_id: str = ""
    kind: str = ""
    after: str | None = None

    def run(self, context: CommandContext) -> Page[FaultLine]:
        """Answer; raises NotPermitted, InputInvalid."""
        require_observer(context, self.actor)
        found = fault_list.list_faults(
            context.work, process_id=self.process_id, kind=self.kind, after=read_place(self.after), limit=PAGE_SIZE + 1
        )
        names = ElementNames(context)
        lines = [FaultLine(one, names.of(one.process_definition_key, one.fault.element_id)) for one in found]
        return page_of(lines, _place, PAGE_SIZE)


def _place(line: FaultLine) -> Place:
    return Place(line.listed.fault.opened_at, line.listed.fault.key)
