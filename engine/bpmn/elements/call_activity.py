"""Call activity: another process runs as an instance of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.definition import given
from engine.bpmn.effects import ChildCanceled, ChildRequested
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.spiff import ElementInstance
from engine.model import Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run

_ID = Label("the id of a process", "id proses")


class CallActivity(ElementSpec):
    """`state_data["child"]` is the key of the called instance."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Ask for the child and wait."""
        called = given(self.element.called_process)
        process_id = run.evaluate.text(called.id, instance, _ID)
        seen = run.scopes.visible(instance) if called.propagate_to_child else run.scopes.local(instance.key)
        child_key = run.context.next_key()
        instance.state_data["child"] = child_key
        run.effects.append(
            ChildRequested(
                instance.key,
                self.element.id,
                child_key,
                process_id,
                called.binding,
                called.version_tag,
                {name: seen[name] for name in seen if name != self._collected(instance)},
            )
        )
        return False

    def _collected(self, instance: ElementInstance) -> str:
        """Return the variable in which the loop around collects results.

        It stays at home: each child would hand its old copy back over what the others added meanwhile.
        """
        loop = self.element.loop if instance.spec.is_turn else None
        return loop.output_collection if loop else ""

    def child_completed(self, run: Run, instance: ElementInstance, variables: dict[str, Any]) -> None:
        """Go on with what the child hands back: everything, or what output mappings take."""
        called = given(self.element.called_process)
        instance.state_data.pop("child", None)
        run.complete(instance, variables if called.propagate_to_parent or self.element.outputs else {})

    def withdraw(self, run: Run, instance: ElementInstance) -> None:
        """End the child too."""
        child_key = instance.state_data.pop("child", None)
        if child_key is not None:
            run.effects.append(ChildCanceled(child_key))
