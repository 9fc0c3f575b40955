"""Intermediate catch events and receive tasks: they wait for one event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.definition import Flow
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.elements.event_based_gateway import EventBasedGateway
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run, Wait


class CatchEvent(ElementSpec):
    """Waits, unless an event-based gateway in front of it waited already."""

    def events(self) -> list[ElementSpec]:
        """Return the events on the edge (of a receive task) and its own."""
        return [*super().events(), self]

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Wait."""
        return False

    def arrive(self, run: Run, scope: ElementInstance, flow: Flow) -> None:
        """Take a token; behind an event-based gateway the event has happened already."""
        happened = run.happened.pop((scope.key, self.name), None)
        if happened is None:
            super().arrive(run, scope, flow)
        else:
            run.enter(self, scope, {"stage": "complete", "result": happened})

    def triggered(self, run: Run, owner: ElementInstance, wait: Wait, variables: Mapping[str, Any]) -> None:
        """Go on; when an event-based gateway waited, let it choose the way here."""
        if owner.state_data["stage"] != "active":
            return
        if isinstance(owner.spec, EventBasedGateway):
            owner.state_data["winner"] = {"event": self.name, "variables": dict(variables)}
            run.complete(owner)
        else:
            run.complete(owner, variables)
