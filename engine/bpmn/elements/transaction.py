"""Transaction: a sub-process that a cancel end event can undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.elements.process import SubProcess
from engine.bpmn.spiff import ElementInstance
from engine.bpmn.throwing import find_catcher

if TYPE_CHECKING:
    from engine.bpmn.run import Run


class Transaction(SubProcess):
    """Leaves by its cancel boundary event after a cancel end event."""

    def child_left(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """Complete when empty, or go the way of the cancel boundary event."""
        self.child_terminated(run, scope)

    def child_terminated(self, run: Run, scope: ElementInstance) -> None:
        """Do the same."""
        if "is_canceled" not in scope.state_data or not scope.is_empty:
            super().child_terminated(run, scope)
            return
        found = find_catcher(run, scope, "cancel", "")
        if found is None:
            run.complete(scope)
        else:
            owner, spec = found
            spec.triggered(run, owner, {"kind": "cancel", "on": spec.name}, {})
