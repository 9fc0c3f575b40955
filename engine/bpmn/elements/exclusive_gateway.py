"""Exclusive gateway: the first flow whose condition is true; each token passes on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import Flow
from engine.bpmn.elements.element import ElementSpec, no_flow
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run


class ExclusiveGateway(ElementSpec):
    """Source: BPMN 2.0.2, 13.4.2."""

    def choose_flows(self, run: Run, instance: ElementInstance) -> list[Flow]:
        """Return the first outgoing flow whose condition is true, else the default flow.

        Conditions are tried in the order of the file. A single flow without condition is taken.
        Raises ExecutionFailed when none is true and there is no default, or one is neither true nor false.
        """
        element = self.element
        for flow in element.outgoing:
            if flow.id == element.default_flow:
                continue
            if flow.condition is None or run.evaluate.truth(flow.condition, instance):
                return [flow]
        default = [flow for flow in element.outgoing if flow.id == element.default_flow]
        if not default and element.outgoing:
            raise no_flow(element)
        return default
