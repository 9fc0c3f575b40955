"""Called process instances: start, completion, errors and cancellation between child and parent."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from engine.bpmn.effects import ChildCanceled, ChildRequested, ErrorPropagated
from engine.errors import ElementNotFound
from engine.model import Label
from engine.store.instances import Instances
from engine.store.resources import Resources

if TYPE_CHECKING:
    from engine.commands.runtime import InstanceRun, Runtime


def start_child(runtime: Runtime, run: InstanceRun, requested: ChildRequested) -> None:
    """Start the called process; a Fault at the call activity when it is not deployed."""
    definition = Resources(runtime.context.work).find_definition(
        requested.process_id,
        binding=requested.binding,
        deployment_key=run.deployed.definition.deployment_key,
        version_tag=requested.version_tag,
    )
    if definition is None:
        what = f"{requested.process_id} ({requested.binding.value})"
        reason = Label(
            f"Called process {what} is not deployed. Deploy it, then retry.",
            f"Proses {what} belum diterapkan. Terapkan, lalu coba lagi.",
        )
        run.execution.child_failed_to_start(requested.element_instance_key, reason)
        return
    deployed = runtime.context.definitions.deployed(runtime.context.work, definition)
    child = runtime.create(deployed, key=requested.child_key, parent=run, call_key=requested.element_instance_key)
    runtime.note(
        run,
        "child_started",
        element_id=requested.element_id,
        element_instance_key=requested.element_instance_key,
        details={"instance": child.key, "process_id": definition.process_id, "version": definition.version},
    )
    child.execution.start(requested.variables, None)


def child_completed(runtime: Runtime, child: InstanceRun, variables: Mapping[str, Any]) -> None:
    """Let the calling instance go on."""
    parent_key, element_key = _caller(child)
    parent = runtime.load(parent_key)
    # What else happened in this command may have ended the call activity meanwhile.
    with suppress(ElementNotFound):
        parent.execution.child_completed(element_key, variables)


def child_threw(runtime: Runtime, child: InstanceRun, thrown: ErrorPropagated) -> None:
    """Hand an error or escalation that nothing in the child catches to the calling instance."""
    parent_key, element_key = _caller(child)
    parent = runtime.load(parent_key)
    with suppress(ElementNotFound):
        parent.execution.child_threw(
            element_key, thrown.code, thrown.message, thrown.variables, is_escalation=thrown.is_escalation
        )


def cancel_child(runtime: Runtime, canceled: ChildCanceled) -> None:
    """End a called instance, and what it called, because its call activity ended."""
    run = runtime.runs.get(canceled.child_key)
    if run is None:
        loaded = Instances(runtime.context.work).load(canceled.child_key)
        if loaded is None:
            return
        run = runtime.revive(loaded)
    if run.instance.ended_at is None:
        run.execution.cancel()


def _caller(child: InstanceRun) -> tuple[int, int]:
    instance = child.instance
    if instance.parent_instance_key is None or instance.parent_element_instance_key is None:
        raise ValueError(f"Expected instance {child.key} to have a caller")
    return instance.parent_instance_key, instance.parent_element_instance_key
