"""Script task: FEEL whose value goes to a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.elements.job_task import JobTask
from engine.bpmn.spiff import ElementInstance

if TYPE_CHECKING:
    from engine.bpmn.run import Run


class ScriptTask(JobTask):
    """With `zeebe:taskDefinition` a job instead."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Evaluate."""
        script = self.element.script
        if script is None:
            return super().act(run, instance)
        instance.state_data["result"] = {script.result_variable: run.evaluate.value(script.expression, instance)}
        return True
