"""Boundary events: they wait, or catch, on the edge of an activity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.elements.rearming import rearm, still_waiting
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run, Wait


class BoundaryEvent(ElementSpec):
    """Interrupts its host, or adds a token beside it, as often as its event happens."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Set a repeated timer to its next time."""
        rearm(run, instance)
        return True

    def triggered(self, run: Run, owner: ElementInstance, wait: Wait, variables: Mapping[str, Any]) -> None:
        """Let the event happen on the host `owner`."""
        scope = owner.around
        data: dict[str, Any] = {"result": dict(variables)} if variables else {}
        if self.element.is_interrupting:
            run.cancel(owner, after={"enter": self.name, "data": data})
        else:
            data.update(still_waiting(run, owner, wait))
            run.enter(self, scope, data)
