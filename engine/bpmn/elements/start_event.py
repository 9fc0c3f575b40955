"""Start events: of processes and sub-processes (nothing to do), of event sub-processes (they wait with their scope)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.elements.process import begin_interruption
from engine.bpmn.elements.rearming import rearm, still_waiting
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run, Wait


class StartEvent(ElementSpec):
    """Where a scope begins."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Set a repeated timer of an event sub-process to its next time."""
        rearm(run, instance)
        return True

    def triggered(self, run: Run, owner: ElementInstance, wait: Wait, variables: Mapping[str, Any]) -> None:
        """Start the event sub-process inside `owner`, the scope that it belongs to."""
        if owner.state_data["stage"] != "active":
            return
        subprocess = self.process.spec(self.element.scope or "")
        data: dict[str, Any] = {"result": dict(variables)} if variables else {}
        if self.element.is_interrupting:
            begin_interruption(run, owner, {"enter": subprocess.name, "data": self._entry(data)})
        else:
            data.update(still_waiting(run, owner, wait))
            run.enter(subprocess, owner, self._entry(data))

    def _entry(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"start": self.name, "start_data": data}
