"""Multi-instance and standard loop: a body around the turns of an activity.

The body is an element instance of its own (type `multiInstanceBody`) that carries the boundary events; the turns are
inside it. Its `state_data` keeps the counters: `created`, `completed`, `terminated`, the number of turns `count` (None
for a standard loop), and for a sequential loop the remaining `items`. Source: Camunda 8, multi-instance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.bpmn.definition import Element, Loop, given
from engine.bpmn.elements.element import ElementSpec
from engine.bpmn.spiff import ElementInstance, ProcessSpec

if TYPE_CHECKING:
    from engine.bpmn.run import Run

BODY_TYPE = "multiInstanceBody"


class LoopBody(ElementSpec):
    """What multi-instance and standard loops share."""

    is_loop = True

    def __init__(self, process: ProcessSpec, name: str, element: Element) -> None:
        super().__init__(process, name, element)
        self.loop: Loop = given(element.loop)
        self.element_type = BODY_TYPE
        self.turn_name = f"{name}#turn"

    def start_turn(self, run: Run, body: ElementInstance, variables: dict[str, Any]) -> None:
        """Enter the activity once more, with local variables."""
        counts = body.state_data
        counts["created"] += 1
        turn = run.enter(self.process.spec(self.turn_name), body)
        turn.state_data["turn"] = counts["created"]
        for name, value in {**variables, "loopCounter": counts["created"]}.items():
            run.scopes.set_local(turn.key, name, value)

    def is_finished(self, run: Run, body: ElementInstance, turn: ElementInstance) -> bool:
        """Return whether the completion condition holds, with `turn` counted as completed; may fail."""
        condition = self.loop.completion_condition
        if condition is None:
            return False
        counts = body.state_data
        counters = {
            "numberOfInstances": counts["created"],
            "numberOfActiveInstances": body.inside_count - 1,
            "numberOfCompletedInstances": counts["completed"] + 1,
            "numberOfTerminatedInstances": counts["terminated"],
        }
        return run.evaluate.truth(condition, turn, counters)

    def _enter(self, run: Run, instance: ElementInstance) -> str | None:
        """Act at once: mappings and listeners are those of each turn."""
        return self._act(run, instance)

    def _complete(self, run: Run, instance: ElementInstance) -> str | None:
        return "leave"


class MultiInstanceBody(LoopBody):
    """One turn for each item of a collection, or as many as the cardinality says."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Start all turns, or the first of a sequence."""
        items = self._items(run, instance)
        instance.state_data.update(created=0, completed=0, terminated=0)
        if self.loop.output_collection:
            run.scopes.set_local(instance.key, self.loop.output_collection, [None] * len(items))
        if self.loop.kind == "parallel":
            for item in items:
                self.start_turn(run, instance, self._locals(item))
        else:
            instance.state_data["items"] = items
            self._next(run, instance)
        return not items

    def before_child_leaves(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """Collect the output in the place of the item and look at the completion condition."""
        name, element = self.loop.output_collection, self.loop.output_element
        if name and element is not None:
            collected = list(run.scopes.local(scope.key).get(name) or [])
            place = child.state_data["turn"] - 1
            collected.extend([None] * (place + 1 - len(collected)))
            collected[place] = run.evaluate.value(element, child)
            run.scopes.set_local(scope.key, name, collected)
        child.state_data["is_last"] = self.is_finished(run, scope, child)

    def child_left(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """Count; end the rest, start the next turn, or complete."""
        counts = scope.state_data
        counts["completed"] += 1
        if child.state_data.get("is_last"):
            counts["terminated"] += scope.inside_count
            run.cancel_inside(scope)
            if scope.is_empty:
                run.complete(scope)
        elif not self._next(run, scope) and scope.is_empty:
            run.complete(scope)

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """Hand the output collection to the enclosing scope."""
        super().leaving(run, instance)
        name = self.loop.output_collection
        if name and instance.scope is not None:
            run.scopes.propagate(instance.scope, {name: run.scopes.local(instance.key).get(name)})

    def _items(self, run: Run, instance: ElementInstance) -> list[Any]:
        if self.loop.collection is not None:
            return run.evaluate.items(self.loop.collection, instance)
        return [None] * run.evaluate.whole_number(self.loop.cardinality, instance)

    def _locals(self, item: Any) -> dict[str, Any]:
        """Return the variables of a turn; that of the output element is declared so that it does not leak."""
        output = self.loop.output_element.variable_name if self.loop.output_element else None
        variables: dict[str, Any] = {output: None} if output else {}
        if self.loop.input_element:
            variables[self.loop.input_element] = item
        return variables

    def _next(self, run: Run, body: ElementInstance) -> bool:
        """Start the next turn of a sequence; return whether there was one."""
        items = body.state_data.get("items")
        if not items:
            return False
        self.start_turn(run, body, self._locals(items[0]))
        body.state_data["items"] = items[1:]
        return True


class StandardLoopBody(LoopBody):
    """One turn after the other as long as the condition holds, at most `maximum` times. Source: BPMN 2.0.2, 10.3.8."""

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Start the first turn, if the condition is not to be tested before."""
        again = not self.loop.is_tested_before or self._goes_on(run, instance, 0)
        instance.state_data.update(created=0, completed=0, terminated=0)
        if again:
            self.start_turn(run, instance, {})
        return not again

    def before_child_leaves(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """Test the condition after the turn, with what the turn left behind."""
        child.state_data["goes_on"] = self._goes_on(run, scope, scope.state_data["created"])

    def child_left(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """Start the next turn or complete."""
        scope.state_data["completed"] += 1
        if child.state_data.get("goes_on"):
            self.start_turn(run, scope, {})
        elif scope.is_empty:
            run.complete(scope)

    def _goes_on(self, run: Run, body: ElementInstance, done: int) -> bool:
        maximum, condition = self.loop.maximum, self.loop.loop_condition
        if maximum is not None and done >= maximum:
            return False
        return condition is None or run.evaluate.truth(condition, body, {"loopCounter": done})
