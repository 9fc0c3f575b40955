"""Inclusive gateway: splits into every flow whose condition is true; joins when no further token can come.

Source: BPMN 2.0.2, 13.4.3 (inclusive gateway, activation by tokens upstream).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.bpmn.elements.joins import JoinSpec
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run


class InclusiveGateway(JoinSpec):
    """`upstream`: for each incoming flow the elements from which a token can reach it without passing here."""

    upstream: Mapping[str, frozenset[str]] = {}

    def may_go_on(self, instance: ElementInstance) -> bool:
        """Return whether every token in the scope that could still come would come where one waits already."""
        arrived = instance.state_data["arrived"]
        empty = [self.upstream[flow.id] for flow in self.element.incoming if flow.id not in arrived]
        filled = [self.upstream[flow_id] for flow_id in arrived]
        for other in instance.around.inside:
            element_id = other.element.id
            if other is instance or element_id == self.element.id:
                continue
            if any(element_id in reach for reach in empty) and not any(element_id in reach for reach in filled):
                return False
        return True


def release_joins(run: Run) -> bool:
    """Let the first inclusive gateway go on that waits for nothing any more; return whether there was one."""
    for instance in run.joins.values():
        spec = instance.spec
        if isinstance(spec, InclusiveGateway) and "fault" not in instance.state_data and spec.may_go_on(instance):
            spec.fire(run, instance)
            return True
    return False
