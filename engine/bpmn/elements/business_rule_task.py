"""Business rule task: a decision whose result goes to a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import feel
from engine.bpmn.effects import DecisionEvaluated
from engine.bpmn.elements.job_task import JobTask
from engine.bpmn.spiff import ElementInstance
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run

_ID = Label("the id of a decision", "id keputusan")


class BusinessRuleTask(JobTask):
    """With `zeebe:taskDefinition` a job instead."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Decide."""
        called = self.element.called_decision
        if called is None:
            return super().act(run, instance)
        decision_id = run.evaluate.text(called.id, instance, _ID)
        value, explanation = run.context.decide(
            decision_id, called.binding, called.version_tag, run.scopes.visible(instance)
        )
        run.effects.append(DecisionEvaluated(instance.key, self.element.id, decision_id, explanation))
        instance.state_data["result"] = {called.result_variable: feel.to_json(value)}
        return True
