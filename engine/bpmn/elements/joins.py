"""Gateways that wait for tokens: arrivals are counted per incoming flow, in one waiting instance per scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import Flow
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run


class JoinSpec(ElementSpec):
    """Keeps arrived tokens in `state_data["arrived"]`: number by flow id."""

    def arrive(self, run: Run, scope: ElementInstance, flow: Flow) -> None:
        """Count the token; go on when enough are there."""
        if len(self.element.incoming) < 2:
            run.enter(self, scope)
            return
        instance = run.joins.get((scope.key, self.name))
        if instance is None:
            instance = run.add(run.context.next_key(), self, scope, {"stage": "active", "arrived": {}})
            run.joins[(scope.key, self.name)] = instance
        arrived = instance.state_data["arrived"]
        arrived[flow.id] = arrived.get(flow.id, 0) + 1
        self.arrived(run, instance)

    def arrived(self, run: Run, instance: ElementInstance) -> None:
        """Look at a waiting instance after a token came."""

    def fire(self, run: Run, instance: ElementInstance) -> None:
        """Consume one token of each flow that has one and go on; what remains waits anew."""
        scope = instance.around
        arrived: dict[str, int] = instance.state_data.pop("arrived")
        run.joins.pop((scope.key, self.name), None)
        run.resume(instance, "enter")
        surplus = {flow: count - 1 for flow, count in arrived.items() if count > 1}
        if surplus:
            data = {"stage": "active", "arrived": surplus}
            rest = run.add(run.context.next_key(), self, scope, data)
            run.joins[(scope.key, self.name)] = rest
            self.arrived(run, rest)

    def withdraw(self, run: Run, instance: ElementInstance) -> None:
        """Forget the waiting tokens."""
        if instance.scope is not None and "arrived" in instance.state_data:
            run.joins.pop((instance.scope.key, self.name), None)
