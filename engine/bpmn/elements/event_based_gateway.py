"""Event-based gateway: waits for the first of the events behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import Flow
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run


class EventBasedGateway(ElementSpec):
    """The subscriptions are the gateway's; the event itself is entered and left when it happens."""

    def events(self) -> list[ElementSpec]:
        """Return the events that the outgoing flows lead to."""
        return [self.process.spec(flow.target) for flow in self.element.outgoing]

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Wait."""
        return False

    def choose_flows(self, run: Run, instance: ElementInstance) -> list[Flow]:
        """Return the flow to the event that happened."""
        winner = instance.state_data["winner"]["event"]
        return [flow for flow in self.element.outgoing if flow.target == winner]

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """Tell the event behind the flow that it need not wait."""
        winner = instance.state_data["winner"]
        run.happened[(instance.around.key, winner["event"])] = winner["variables"]
