"""Execution faults of a run: what is stuck, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.effects import FaultOpened

if TYPE_CHECKING:
    from engine.commands.runtime import InstanceRun, Runtime


def open_fault(runtime: Runtime, run: InstanceRun, effect: FaultOpened) -> None:
    """Write the row of a fault and note it in the history."""
    runtime.delta.put_fault(
        {
            "key": effect.key,
            "instance_key": run.key,
            "process_definition_key": run.instance.process_definition_key,
            "element_instance_key": effect.element_instance_key,
            "element_id": effect.element_id,
            "job_key": effect.job_key,
            "kind": effect.kind,
            "reason_en": effect.reason.en,
            "reason_id": effect.reason.id,
            "state": "open",
            "opened_at": runtime.now,
            "resolved_at": None,
        }
    )
    runtime.count(run, faults=1)
    runtime.note(
        run,
        "fault_opened",
        element_id=effect.element_id,
        element_instance_key=effect.element_instance_key,
        details={"fault": effect.key, "kind": effect.kind, "reason": effect.reason.en},
    )
