"""Events that happen again and again: the event instance sets a repeated timer to its next time.

It does so as part of its own work, so that a cycle whose expression fails leaves a Fault there and not on its host.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.elements.timer_event import following
from engine.bpmn.elements.waiting import arm, drop_wait
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run, Wait


def still_waiting(run: Run, owner: ElementInstance, wait: Wait) -> dict[str, Any]:
    """Keep a non-interrupting event waiting; return the data that its instance needs to `rearm` a timer."""
    if wait["kind"] != "timer":
        return {}
    drop_wait(run, owner, wait)
    return {"rearm": {"owner": owner.key, "fired": wait}}


def rearm(run: Run, instance: ElementInstance) -> None:
    """Let the owner wait for the next firing, if it still lives; raises ExecutionFailed."""
    order = instance.state_data.get("rearm")
    owner = run.tree.find(order["owner"]) if order else None
    if order and owner is not None and owner.state_data["stage"] == "active":
        wait = following(run, owner, order["fired"])
        if wait is not None:
            arm(run, owner, [wait])
    instance.state_data.pop("rearm", None)
