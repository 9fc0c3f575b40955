"""Service tasks and everything else that somebody outside, or a connector inside the command, works on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.context import ConnectorCall
from engine.bpmn.definition import JobDefinition, given
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.elements.jobs import open_element_job
from engine.bpmn.spiff import ElementInstance
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run

_TYPE = Label("a job type", "tipe pekerjaan")


class JobTask(ElementSpec):
    """Works through its job type."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Let a connector do it, or open a job."""
        return work(run, instance, given(self.element.job))


def work(run: Run, instance: ElementInstance, definition: JobDefinition) -> bool:
    """Let a connector do the work inside this command, else open a job; return whether it is done."""
    element = instance.element
    job_type = run.evaluate.text(definition.type, instance, _TYPE)
    # Only what the element's own mappings made: a process variable must not slip in as a parameter.
    own = dict(run.scopes.local(instance.key))
    call = ConnectorCall(job_type, dict(element.headers), own, instance.key, element.id, run.key)
    result = run.context.connect(call)
    if result is None:
        open_element_job(run, instance, definition)
        return False
    instance.state_data["result"] = dict(result)
    return True
