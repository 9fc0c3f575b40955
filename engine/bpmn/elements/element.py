"""What all elements have in common: the way from entering to leaving.

An element instance goes through the stages below. A stage that fails leaves nothing behind: the instance waits with a
Fault, and resolving it repeats what failed. What was finished before (a listener, a connector) is not done again.

enter     input mappings
start     start listeners, one job after the other
act       events on its edge are armed; the element does its work or begins to wait
active    waits
complete  output mappings
end       end listeners, one job after the other
leave     outgoing flows are chosen; then it is gone

An instance that is interrupted while listeners must be asked waits in the stage `terminating`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.bpmn.compensation import keep_record
from engine.bpmn.definition import Element, Flow
from engine.bpmn.elements.jobs import open_listener
from engine.bpmn.elements.waiting import arm, close_waits, prepare_all
from engine.bpmn.spiff import ElementHooks, ElementInstance, ProcessSpec
from engine.bpmn.throwing import raise_error
from engine.bpmn.variables import apply_inputs, apply_outputs
from engine.errors import BpmnErrorThrown, ExecutionFailed
from engine.model import ElementState, JobKind, Label

if TYPE_CHECKING:
    from engine.bpmn.run import Run, Wait


class ElementSpec(ElementHooks):
    """The definition of one element; subclasses say what it does."""

    #: Whether its inside is a place where tokens live.
    is_scope: ClassVar[bool] = False
    #: Whether its instances hold the turns of a loop.
    is_loop: ClassVar[bool] = False
    #: Whether the boundary events of the element belong to it (and not to the loop around it).
    has_edge: bool = True
    #: Whether it is what a loop repeats.
    is_turn: bool = False

    def __init__(self, process: ProcessSpec, name: str, element: Element) -> None:
        super().__init__(process, name, element)
        self.element_type = element.type

    def make_turn(self) -> None:
        """Make this the spec of the turns of a loop: flows and boundary events are the body's."""
        self.is_turn = True
        self.has_edge = False

    @property
    def has_flows(self) -> bool:
        """Return whether the sequence flows of the element are this spec's."""
        return bool(self.name == self.element.id)

    # What subclasses change ----------------------------------------------------------------------------------------

    def act(self, run: Run, instance: ElementInstance) -> bool:
        """Do the work; return whether it is done, False to wait. Everything that can fail comes first."""
        return True

    def events(self) -> list[ElementSpec]:
        """Return the events that wait as long as an instance is active: those on its edge."""
        return [self.process.spec(name) for name in self.element.boundary_events] if self.has_edge else []

    def event_subprocess_starts(self) -> list[ElementSpec]:
        """Return the start events of the event sub-processes directly inside."""
        return []

    def start_events(self) -> list[ElementSpec]:
        """Return the start events directly inside."""
        return []

    def choose_flows(self, run: Run, instance: ElementInstance) -> list[Flow]:
        """Return the flows to take: each whose condition is true or absent, else the default.

        Source: BPMN 2.0.2, 13.3.1 (conditional and default flows out of activities).
        """
        return choose_all(run, instance)

    def arrive(self, run: Run, scope: ElementInstance, flow: Flow) -> None:
        """Take a token that comes along `flow`: each one makes an instance of its own."""
        run.enter(self, scope)

    def triggered(self, run: Run, owner: ElementInstance, wait: Wait, variables: Mapping[str, Any]) -> None:
        """React when the event that `owner` waits for on behalf of this element happens."""
        run.complete(owner, variables)

    def before_child_leaves(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """Look at an instance inside that is about to leave; may fail, which holds the child back."""

    def child_left(self, run: Run, scope: ElementInstance, child: ElementInstance) -> None:
        """React when something inside is gone and its tokens are on their way."""
        if scope.is_empty and not scope.is_over:
            run.complete(scope)

    def child_terminated(self, run: Run, scope: ElementInstance) -> None:
        """React when something inside, that listeners held back, is gone at last."""
        if scope.is_empty and not scope.is_over:
            after = scope.state_data.pop("after_inside", None)
            if after is not None:
                run.enter_planned(after, scope)
            else:
                run.complete(scope)

    def holds_back(self, run: Run, instance: ElementInstance) -> bool:
        """Return whether an instance cannot end at once when it is canceled."""
        return False

    def withdraw(self, run: Run, instance: ElementInstance) -> None:
        """Take back what an instance opened outside, because something interrupts it."""

    def leaving(self, run: Run, instance: ElementInstance) -> None:
        """Do what must happen when an instance leaves as it should, before its tokens move on."""
        keep_record(run, instance)

    # The way of an instance ----------------------------------------------------------------------------------------

    def execute(self, instance: ElementInstance) -> bool:
        """Go through the stages until the next wait; a failure becomes a Fault."""
        run: Run = instance.workflow.run
        while True:
            stage = instance.state_data["stage"]
            before = dict(instance.state_data)
            effects, written = len(run.effects), run.scopes.mark()
            try:
                following = getattr(self, _STAGES[stage])(run, instance)
            except (ExecutionFailed, BpmnErrorThrown) as error:
                del run.effects[effects:]
                run.scopes.roll_back(written)
                instance.state_data = before
                self._failed(run, instance, error)
                return False
            if following is None:
                return False
            if following == "left":
                return True
            instance.state_data["stage"] = following

    def _failed(self, run: Run, instance: ElementInstance, error: ExecutionFailed | BpmnErrorThrown) -> None:
        if isinstance(error, BpmnErrorThrown):
            try:
                raise_error(run, instance, error.code, error.message, error.variables)
            except ExecutionFailed as uncaught:
                run.open_fault(instance, uncaught)
            return
        run.open_fault(instance, error)

    def _enter(self, run: Run, instance: ElementInstance) -> str | None:
        """Map the input; without start listeners act at once, so that a failure repeats the mapping too."""
        apply_inputs(run, instance)
        self._heed(run, instance, is_completed=False)
        if any(listener.event == "start" for listener in self.element.execution_listeners):
            return "start"
        return self._act(run, instance)

    def _start(self, run: Run, instance: ElementInstance) -> str | None:
        return None if self._listen(run, instance, "start") else "act"

    def _act(self, run: Run, instance: ElementInstance) -> str | None:
        # A call activity whose child could not start acts again, while its boundary events wait already.
        waits = prepare_all(run, instance, self.events()) if "waits" not in instance.state_data else []
        if self.act(run, instance):
            return "complete"
        if not instance.is_over:
            instance.state_data["stage"] = "active"
            arm(run, instance, waits)
        return None

    def _active(self, run: Run, instance: ElementInstance) -> str | None:
        return None

    def _terminating(self, run: Run, instance: ElementInstance) -> str | None:
        return None

    def _complete(self, run: Run, instance: ElementInstance) -> str | None:
        apply_outputs(run, instance)
        self._heed(run, instance, is_completed=True)
        return "end"

    def _heed(self, run: Run, instance: ElementInstance, *, is_completed: bool) -> None:
        if self.element.properties:
            run.context.heed(self.element, run.scopes.visible(instance), is_completed=is_completed)

    def _end(self, run: Run, instance: ElementInstance) -> str | None:
        return None if self._listen(run, instance, "end") else "leave"

    def _leave(self, run: Run, instance: ElementInstance) -> str | None:
        instance.state_data["flows"] = [] if self.is_turn else self.choose_flows(run, instance)
        if instance.scope is not None:
            instance.scope.spec.before_child_leaves(run, instance.scope, instance)
        return "left"

    def _listen(self, run: Run, instance: ElementInstance, event: str) -> bool:
        """Open the job of the next listener; return whether there is one to wait for."""
        listeners = [listener for listener in self.element.execution_listeners if listener.event == event]
        done = instance.state_data.get("listeners_done", 0)
        if done >= len(listeners):
            instance.state_data.pop("listeners_done", None)
            return False
        open_listener(run, instance, JobKind.EXECUTION_LISTENER, listeners[done])
        return True

    # SpiffWorkflow's answers ---------------------------------------------------------------------------------------

    def completed(self, instance: ElementInstance) -> None:
        """Take the instance out of the tree and send its tokens on."""
        run: Run = instance.workflow.run
        scope = instance.scope
        flows: list[Flow] = instance.state_data.pop("flows")
        close_waits(run, instance)
        run.cancel_inside(instance)
        self.leaving(run, instance)
        run.left(instance, ElementState.COMPLETED, tuple(flow.id for flow in flows))
        if scope is not None:
            run.take(flows, scope)
            scope.spec.child_left(run, scope, instance)

    def canceled(self, instance: ElementInstance) -> None:
        """Withdraw what the instance opened and take it out of the tree."""
        run: Run = instance.workflow.run
        close_waits(run, instance)
        run.close_job(instance)
        self.withdraw(run, instance)
        run.left(instance, ElementState.CANCELED)


def choose_all(run: Run, instance: ElementInstance) -> list[Flow]:
    """Return every outgoing flow whose condition is absent or true, else the default flow.

    Raises ExecutionFailed when there are flows and none may be taken.
    """
    element = instance.element
    chosen = [
        flow
        for flow in element.outgoing
        if flow.id != element.default_flow and (flow.condition is None or run.evaluate.truth(flow.condition, instance))
    ]
    if chosen or not element.outgoing:
        return chosen
    default = [flow for flow in element.outgoing if flow.id == element.default_flow]
    if not default:
        raise no_flow(element)
    return default


def no_flow(element: Element) -> ExecutionFailed:
    """Return the error that no condition is true and there is no default flow."""
    return ExecutionFailed(
        element.id,
        "no_flow_selected",
        Label(
            "No condition of the outgoing flows is true and there is no default flow. "
            "Mend the variables, then resolve the fault.",
            "Tidak ada syarat alur keluar yang terpenuhi dan tidak ada alur bawaan. "
            "Perbaiki variabel, lalu selesaikan gangguan.",
        ),
    )


STAGES = ("enter", "start", "act", "active", "complete", "end", "leave", "terminating")
#: The method of each stage; by name, so that subclasses may have their own.
_STAGES = {stage: f"_{stage}" for stage in STAGES}
