"""One command on one process instance: the work queue, the live tree, what came of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn.context import ExecutionContext
from engine.bpmn.effects import Effect, ElementEntered, ElementLeft, FaultOpened, FaultResolved, InstanceEnded, JobEnded
from engine.bpmn.elements.conditional_event import trigger_conditions
from engine.bpmn.elements.inclusive_gateway import release_joins
from engine.bpmn.elements.timer_event import fire_overdue
from engine.bpmn.elements.waiting import close_waits
from engine.bpmn.evaluation import Evaluator
from engine.bpmn.scopes import Scopes
from engine.bpmn.spiff import ElementInstance, InstanceTree
from engine.errors import ExecutionFailed
from engine.model import ElementState, Label

if TYPE_CHECKING:
    from engine.bpmn.definition import Flow
    from engine.bpmn.elements.element import ElementSpec
    from engine.bpmn.process import ExecutableProcess

Wait = dict[str, Any]
#: What to enter once something is gone: `enter` (spec name) and `data` (its state data).
Entry = dict[str, Any]


class Run:
    """Holds the instance in memory while a command works on it."""

    def __init__(
        self,
        process: ExecutableProcess,
        key: int,
        context: ExecutionContext,
        variables: Mapping[int, Mapping[str, Any]],
    ) -> None:
        self.process = process
        self.key = key
        self.context = context
        self.effects: list[Effect] = []
        self.scopes = Scopes(variables, self.effects)
        self.tree = InstanceTree(process.spec, self)
        self.evaluate = Evaluator(self.scopes, context)
        self.queue: deque[ElementInstance] = deque()
        self.steps = 0
        #: What a key from outside belongs to.
        self.waits: dict[int, tuple[ElementInstance, Wait]] = {}
        self.jobs: dict[int, ElementInstance] = {}
        self.faults: dict[int, ElementInstance] = {}
        #: Timers that were due when they started.
        self.overdue: list[int] = []
        #: Waits for conditions, in the order of opening.
        self.conditions: dict[int, None] = {}
        #: Parallel and inclusive gateways that wait for tokens, by scope and element id.
        self.joins: dict[tuple[int, str], ElementInstance] = {}
        #: Variables of events that an event-based gateway saw, on their way from it: by scope and element id.
        self.happened: dict[tuple[int, str], dict[str, Any]] = {}
        self.end_event_ids: list[str] = []

    @property
    def root(self) -> ElementInstance:
        """Return the instance of the process itself."""
        root: ElementInstance = self.tree.task_tree
        return root

    # Entering and leaving ------------------------------------------------------------------------------------------

    def enter(self, spec: ElementSpec, scope: ElementInstance, data: dict[str, Any] | None = None) -> ElementInstance:
        """Create an element instance inside `scope` and queue it."""
        instance = self.add(self.context.next_key(), spec, scope, data)
        self.queue.append(instance)
        return instance

    def add(
        self, key: int, spec: ElementSpec, scope: ElementInstance | None, data: dict[str, Any] | None = None
    ) -> ElementInstance:
        """Create an element instance without queueing it."""
        instance = self.tree.add(key, spec, scope)
        instance.state_data = {"stage": "enter", **(data or {})}
        if scope is not None:
            self.effects.append(ElementEntered(key, spec.element.id, spec.element_type, scope.key))
        return instance

    def take(self, flows: Iterable[Flow], scope: ElementInstance) -> None:
        """Send a token along each flow."""
        for flow in flows:
            self.process.spec.spec(flow.target).arrive(self, scope, flow)

    def resume(self, instance: ElementInstance, stage: str | None = None) -> None:
        """Queue a waiting element instance, to go on at `stage`."""
        if stage is not None:
            instance.state_data["stage"] = stage
        self.queue.append(instance)

    def complete(self, instance: ElementInstance, variables: Mapping[str, Any] | None = None) -> None:
        """Let a waiting element instance end, with the variables that its end brings."""
        if variables:
            instance.state_data["result"] = dict(variables)
        self.resume(instance, "complete")

    def left(self, instance: ElementInstance, state: ElementState, flows: tuple[str, ...] = ()) -> None:
        """Record the end of an element instance and take it out of the tree."""
        self.close_fault(instance)
        if instance.scope is not None:
            element = instance.element
            self.effects.append(ElementLeft(instance.key, element.id, instance.spec.element_type, state, flows))
        self.scopes.remove(instance.key)
        self.tree.forget(instance)

    def cancel(self, instance: ElementInstance, after: Entry | None = None) -> None:
        """End an element instance and everything inside it, innermost first; its scope is not told.

        A user task whose listeners must be asked first holds itself and what is around it back; see `terminated`.
        When all is gone, `after` is entered in its scope.
        """
        scope = instance.scope
        for inner in reversed(instance.subtree()):
            if inner.is_empty and not inner.spec.holds_back(self, inner):
                inner.cancel()
            else:
                close_waits(self, inner)
                inner.state_data["stage"] = "terminating"
        if not instance.is_over:
            instance.state_data["after"] = after
        elif after is not None and scope is not None:
            self.enter_planned(after, scope)

    def cancel_inside(
        self, scope: ElementInstance, spared: ElementInstance | None = None, after: Entry | None = None
    ) -> None:
        """End everything inside `scope` but `spared`; when it is gone, enter `after`."""
        for instance in scope.inside:
            if instance is not spared:
                self.cancel(instance)
        if after is not None:
            if scope.is_empty:
                self.enter_planned(after, scope)
            else:
                scope.state_data["after_inside"] = after

    def terminated(self, instance: ElementInstance) -> None:
        """End an instance that listeners held back, the scopes that waited for it, and do what was to come after."""
        current: ElementInstance | None = instance
        while current is not None:
            scope, after = current.scope, current.state_data.get("after")
            variables = dict(self.scopes.local(current.key))
            current.cancel()
            if scope is None:
                self.effects.append(InstanceEnded(True, variables))
                return
            if after is not None:
                self.enter_planned(after, scope)
            if scope.state_data["stage"] != "terminating":
                scope.spec.child_terminated(self, scope)
                return
            current = scope if scope.is_empty else None

    def enter_planned(self, entry: Entry, scope: ElementInstance) -> None:
        """Enter what an interruption leads to."""
        self.enter(self.process.spec.spec(entry["enter"]), scope, entry["data"])

    def happen(self, owner: ElementInstance, wait: Wait, variables: Mapping[str, Any]) -> None:
        """Let the event that `owner` waits for happen."""
        self.process.spec.spec(wait["on"]).triggered(self, owner, wait, variables)

    # The loop ------------------------------------------------------------------------------------------------------

    def until_wait_state(self) -> None:
        """Work until every element instance waits for something outside."""
        while True:
            while self.queue:
                self._step(self.queue.popleft())
            if not self._release():
                return

    def _step(self, instance: ElementInstance) -> None:
        if instance.is_over or "fault" in instance.state_data:
            return
        self.steps += 1
        if self.steps > self.context.max_steps:
            self.open_fault(instance, _too_many_steps(instance.element.id, self.context.max_steps))
            return
        instance.proceed()

    def _release(self) -> bool:
        """Queue what other elements' progress set free; return whether anything was."""
        return fire_overdue(self) or trigger_conditions(self) or release_joins(self)

    # Faults --------------------------------------------------------------------------------------------------------

    def open_fault(self, instance: ElementInstance, error: ExecutionFailed, job_key: int | None = None) -> None:
        """Let an element instance wait for an operator."""
        key = self.context.next_key()
        instance.state_data["fault"] = {"key": key, "job": job_key}
        self.faults[key] = instance
        element_id = instance.element.id
        self.effects.append(FaultOpened(key, instance.key, element_id, job_key, error.kind, error.reason))

    def close_fault(self, instance: ElementInstance) -> dict[str, Any] | None:
        """Record that the fault of an element instance, if it has one, is over; return what it was."""
        fault: dict[str, Any] | None = instance.state_data.pop("fault", None)
        if fault is not None:
            self.faults.pop(fault["key"], None)
            self.effects.append(FaultResolved(fault["key"]))
        return fault

    def close_job(self, instance: ElementInstance) -> dict[str, Any] | None:
        """Withdraw the job of an element instance, if it has one; return it."""
        job: dict[str, Any] | None = instance.state_data.pop("job", None)
        if job is not None:
            self.jobs.pop(job["key"], None)
            self.effects.append(JobEnded(job["key"]))
        return job


def _too_many_steps(element_id: str, steps: int) -> ExecutionFailed:
    return ExecutionFailed(
        element_id,
        "too_many_steps",
        Label(
            f"More than {steps} elements were entered without a wait state; the diagram may loop for ever. "
            "Mend the variables or the diagram, then resolve the fault.",
            f"Lebih dari {steps} elemen dimasuki tanpa keadaan menunggu; diagram mungkin berputar tanpa akhir. "
            "Perbaiki variabel atau diagram, lalu selesaikan gangguan.",
        ),
    )
