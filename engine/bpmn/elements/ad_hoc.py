"""Ad-hoc sub-process: the listed elements start; a condition, or the end of the last one, ends it.

Source: Camunda 8, ad-hoc sub-processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.definition import AdHoc
from engine.bpmn.elements.process import ScopeSpec
from engine.bpmn.expressions import shown
from engine.bpmn.spiff import ElementInstance
from engine.errors import ExecutionFailed
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run


class AdHocSubProcess(ScopeSpec):
    """Elements without incoming flow may be started; a flow leads on as everywhere."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Start what the collection names, or what somebody moved here."""
        definition = self.element.ad_hoc or AdHoc()
        if definition.output_collection:
            run.scopes.set_local(instance.key, definition.output_collection, [])
        if instance.state_data.get("begin"):
            return super().act(run, instance)
        names = run.evaluate.items(definition.active_elements, instance) if definition.active_elements else []
        for name in names:
            self._check(name)
        for name in names:
            run.enter(self.process.spec(name), instance)
        return False

    def activate(self, run: Run, instance: ElementInstance, names: tuple[str, ...]) -> None:
        """Start further elements; raises ExecutionFailed when one cannot be started."""
        for name in names:
            self._check(name)
        for name in names:
            run.enter(self.process.spec(name), instance)

    def before_child_leaves(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """Collect the output and look at the completion condition when a path ends."""
        definition = self.element.ad_hoc or AdHoc()
        if child.state_data["flows"]:
            return
        if definition.output_element is not None:
            collected = run.scopes.local(scope.key).get(definition.output_collection) or []
            value = run.evaluate.value(definition.output_element, child)
            run.scopes.set_local(scope.key, definition.output_collection, [*collected, value])
        if definition.completion_condition is not None:
            child.state_data["is_last"] = run.evaluate.truth(definition.completion_condition, scope)

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """Hand the output collection to the enclosing scope."""
        super().leaving(run, instance)
        name = self.element.ad_hoc.output_collection if self.element.ad_hoc else ""
        if name and instance.scope is not None:
            run.scopes.propagate(instance.scope, {name: run.scopes.local(instance.key).get(name)})

    def child_left(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """End when the condition holds, or without one when nothing is left.

        Without anything active and without a condition that holds it stays: more elements can be activated.
        """
        definition = self.element.ad_hoc or AdHoc()
        is_fulfilled = child.state_data.get("is_last", definition.completion_condition is None)
        if is_fulfilled and definition.completion_condition is not None and definition.cancels_remaining:
            run.cancel_inside(scope)
        if scope.is_empty and is_fulfilled:
            run.complete(scope)

    def startable(self) -> list[str]:
        """Return the ids of the elements that may be started."""
        return [
            spec.element.id
            for spec in self.inner_specs()
            if not spec.element.incoming and not spec.element.is_event_subprocess and not spec.element.attached_to
        ]

    def _check(self, name: object) -> None:
        if name not in self.startable():
            raise ExecutionFailed(
                self.element.id,
                "extract_value_error",
                Label(
                    f"Expected ids of elements without incoming flow ({', '.join(self.startable())}), "
                    f"but got {shown(name)}.",
                    f"Seharusnya id elemen tanpa alur masuk ({', '.join(self.startable())}), tetapi {shown(name)}.",
                ),
            )
