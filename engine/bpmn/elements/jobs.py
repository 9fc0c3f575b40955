"""Jobs: work that somebody outside does for an element or one of its listeners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.definition import JobDefinition, Listener
from engine.bpmn.effects import JobOpened
from engine.bpmn.expressions import Expression
from engine.bpmn.spiff import ElementInstance
from engine.errors import ExecutionFailed
from engine.model import JobKind, Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run

#: Tries of a job when the diagram does not say. Source: Camunda 8, service tasks.
DEFAULT_RETRIES = 3
_TYPE = Label("a job type", "tipe pekerjaan")


def open_listener(run: Run, instance: ElementInstance, kind: JobKind, listener: Listener) -> None:
    """Open the job of a listener."""
    open_job(run, instance, kind, listener.type, listener.retries)


def open_element_job(run: Run, instance: ElementInstance, definition: JobDefinition) -> None:
    """Open the job that is the work of the element."""
    open_job(run, instance, JobKind.ELEMENT, definition.type, definition.retries)


def open_job(
    run: Run, instance: ElementInstance, kind: JobKind, job_type: Expression, retries: Expression | None
) -> None:
    """Open a job; raises ExecutionFailed when type or retries give no usable value."""
    name = run.evaluate.text(job_type, instance, _TYPE)
    tries = run.evaluate.whole_number(retries, instance, DEFAULT_RETRIES)
    key = run.context.next_key()
    instance.state_data["job"] = {"key": key, "kind": kind.value, "retries": tries}
    run.jobs[key] = instance
    element = instance.element
    run.effects.append(
        JobOpened(key, kind, name, instance.key, element.id, dict(element.headers), tries, run.context.now)
    )


def finish_listener(run: Run, instance: ElementInstance, variables: Mapping[str, Any]) -> None:
    """Go on after an execution listener: its variables are local at the start, go to the outer scope at the end."""
    if instance.state_data["stage"] == "start":
        for name, value in variables.items():
            run.scopes.set_local(instance.key, name, value)
    else:
        run.scopes.propagate(instance.scope or instance, variables)
    instance.state_data["listeners_done"] = instance.state_data.get("listeners_done", 0) + 1
    run.resume(instance)


def no_retries(instance: ElementInstance, message: str) -> ExecutionFailed:
    """Return the fault of a job whose tries are used up."""
    is_work = instance.state_data["job"]["kind"] == JobKind.ELEMENT.value
    kind = "job_no_retries" if is_work else f"{instance.state_data['job']['kind']}_no_retries"
    return ExecutionFailed(
        instance.element.id,
        kind,
        Label(
            f"The job failed and has no retries left: {message}. Mend the cause, then resolve the fault.",
            f"Pekerjaan gagal dan tidak ada percobaan tersisa: {message}. Perbaiki penyebabnya, lalu selesaikan.",
        ),
    )
