"""Parallel gateway: waits for one token of every incoming flow, sends one along every outgoing flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import Flow
from engine.bpmn.elements.joins import JoinSpec
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run


class ParallelGateway(JoinSpec):
    """Source: BPMN 2.0.2, 13.4.1."""

    def arrived(self, run: Run, instance: ElementInstance) -> None:
        """Go on when every incoming flow has a token."""
        if len(instance.state_data["arrived"]) == len(self.element.incoming):
            self.fire(run, instance)

    def choose_flows(self, run: Run, instance: ElementInstance) -> list[Flow]:
        """Return all outgoing flows; conditions have no meaning here."""
        return list(self.element.outgoing)
