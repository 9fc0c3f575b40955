"""One process instance in memory: the commands it takes, the effects that come of them.

Every method that finds its key dead raises an error of engine/errors.py and leaves the instance as it was. Afterwards
`effects` holds what is to be written, in the order in which it happened, and `state()` what a reload needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from engine.bpmn.context import ExecutionContext
from engine.bpmn.effects import Effect, JobChanged
from engine.bpmn.elements.ad_hoc import AdHocSubProcess
from engine.bpmn.elements.call_activity import CallActivity
from engine.bpmn.elements.jobs import finish_listener, no_retries
from engine.bpmn.elements.user_task import UserTask, as_data
from engine.bpmn.migration import migrate
from engine.bpmn.modification import ModificationPlan, begin, modify, plan_modification
from engine.bpmn.process import ExecutableProcess
from engine.bpmn.run import Run, Wait
from engine.bpmn.spiff import ElementInstance
from engine.bpmn.state import dump, load
from engine.bpmn.throwing import end_instance, find_catcher, raise_error, raise_escalation
from engine.bpmn.variables import current_inputs
from engine.errors import (
    ElementNotFound,
    ExecutionFailed,
    FaultNotFound,
    InputInvalid,
    JobNotFound,
    NotInState,
    TimerNotFound,
    UserTaskNotFound,
)
from engine.model import JobKind, Label

_JOB = Label("job", "pekerjaan")
_USER_TASK = Label("user task", "tugas")


class Execution:
    """A process instance while a command works on it."""

    def __init__(self, run: Run) -> None:
        self._current = run

    @classmethod
    def create(cls, process: ExecutableProcess, instance_key: int, context: ExecutionContext) -> Execution:
        """Return a new instance that has not started."""
        return cls(Run(process, instance_key, context, {}))

    @classmethod
    def restore(
        cls,
        process: ExecutableProcess,
        instance_key: int,
        state: bytes,
        variables: Mapping[int, Mapping[str, Any]],
        context: ExecutionContext,
    ) -> Execution:
        """Return a running instance from its state; `variables` by scope key."""
        run = Run(process, instance_key, context, variables)
        load(run, state)
        return cls(run)

    # What came of it -----------------------------------------------------------------------------------------------

    @property
    def effects(self) -> list[Effect]:
        """Return what happened since this object was made, in order."""
        return self._current.effects

    @property
    def is_ended(self) -> bool:
        """Return whether nothing lives any more."""
        return not self._current.tree.tasks

    def state(self) -> bytes:
        """Return what `restore` needs; b"" after the end."""
        return dump(self._current)

    def live_elements(self) -> list[tuple[int, str, str, int, bool]]:
        """Return key, element id, element type, scope key and "has a fault" of every live element instance."""
        return [
            (item.key, item.element.id, item.spec.element_type, item.scope.key, "fault" in item.state_data)
            for item in self._current.tree.live()
            if item.scope is not None
        ]

    def variables_of(self, key: int) -> Mapping[str, Any]:
        """Return all variables that an element instance sees, inner ones before outer ones. Raises ElementNotFound."""
        return self._current.scopes.visible(self._find(key))

    def inputs_of(self, key: int) -> dict[str, Any]:
        """Return what the input mappings of an element instance would give it now. Raises ElementNotFound."""
        return current_inputs(self._current, self._find(key))

    # Life of the instance ------------------------------------------------------------------------------------------

    def start(
        self,
        variables: Mapping[str, Any],
        start_element_id: str | None = None,
        instance_variables: Mapping[str, Any] | None = None,
    ) -> None:
        """Start at a start event, by default the none start event.

        `variables` of a message, signal or other event pass the output mapping of its start event;
        `instance_variables` are always set on the process. Raises ElementNotFound.
        """
        run = self._current
        start = start_element_id or self._none_start()
        element = run.process.elements.get(start)
        if element is None or element.type != "startEvent" or element.scope is not None:
            raise ElementNotFound(start)
        root = run.add(run.key, run.process.spec.start, None, {"start": start})
        of_event = element.event is not None
        for name, value in {**(instance_variables or {}), **({} if of_event else variables)}.items():
            run.scopes.set_local(run.key, name, value)
        if of_event:
            root.state_data["start_data"] = {"result": dict(variables)}
        run.resume(root)
        run.until_wait_state()

    def start_before(self, element_ids: Iterable[str], variables: Mapping[str, Any]) -> None:
        """Start at elements instead of a start event. Raises ElementNotFound or InputInvalid."""
        begin(self._current, tuple(element_ids), variables)
        self._current.until_wait_state()

    def cancel(self) -> None:
        """End the instance, at once if no listener of a user task must be asked."""
        end_instance(self._current)

    def modify(
        self,
        cancel: Iterable[str | int] = (),
        start_before: Iterable[str] = (),
        variables: Mapping[str, Any] | None = None,
        within: Mapping[str, int] | None = None,
    ) -> None:
        """Set `variables`, enter elements (scopes as needed), then end element instances, by id (all of it) or key.

        `within`: element -> key of its living scope. Raises ElementNotFound, InputInvalid before anything moves.
        """
        modify(self._current, tuple(cancel), tuple(start_before), variables or {}, within or {})
        self._current.until_wait_state()

    def plan_modification(
        self, cancel: Iterable[str | int], start_before: Iterable[str], within: Mapping[str, int]
    ) -> ModificationPlan:
        """Return what `modify` would do, and raise what it would raise; nothing moves."""
        return plan_modification(self._current, tuple(cancel), tuple(start_before), within)

    def migrate(self, target: ExecutableProcess, mapping: Mapping[str, str] | None = None) -> None:
        """Go on with another version; `mapping` names elements that changed their id.

        Timers keep their time, user tasks stay open. Raises InputInvalid, naming what cannot move, before any does.
        """
        self._current = migrate(self._current, target, mapping or {})
        self._current.until_wait_state()

    def set_variables(self, scope_key: int, variables: Mapping[str, Any], local: bool = False) -> None:
        """Write variables to a scope; without `local` each goes to the nearest scope that has it. ElementNotFound."""
        instance = self._find(scope_key)
        if local:
            for name, value in variables.items():
                self._current.scopes.set_local(scope_key, name, value)
        else:
            self._current.scopes.propagate(instance, variables)
        self._current.until_wait_state()

    # User tasks ----------------------------------------------------------------------------------------------------

    def complete_user_task(self, key: int, variables: Mapping[str, Any]) -> None:
        """Complete a user task, or ask its listeners to. Raises UserTaskNotFound, NotInState."""
        self._step_of_user_task(key, "completing", {}, variables)

    def assign_user_task(self, key: int, assignee: str | None, on_behalf_of: str | None = None) -> None:
        """Give a user task to somebody, None to nobody; a deputy has it `on_behalf_of` somebody.

        Raises UserTaskNotFound, NotInState.
        """
        changes = {"assignee": assignee} | ({"on_behalf_of": on_behalf_of} if on_behalf_of else {})
        self._step_of_user_task(key, "assigning", changes, {})

    def update_user_task(self, key: int, changes: Mapping[str, Any]) -> None:
        """Change fields of a user task. Raises UserTaskNotFound, NotInState, InputInvalid."""
        self._step_of_user_task(key, "updating", as_data(changes), {})

    def _step_of_user_task(
        self, key: int, event: str, changes: Mapping[str, Any], variables: Mapping[str, Any]
    ) -> None:
        instance = self._current.tree.find(key)
        spec = instance.spec if instance is not None else None
        if instance is None or not isinstance(spec, UserTask):
            raise UserTaskNotFound(key)
        if not instance.state_data.get("is_open") or "step" in instance.state_data or _is_held(instance):
            raise NotInState(_USER_TASK, key, "open", instance.state_data.get("step", {}).get("event", "held"))
        spec.begin(self._current, instance, event, changes, variables)
        self._current.until_wait_state()

    # Jobs ----------------------------------------------------------------------------------------------------------

    def complete_job(self, job_key: int, variables: Mapping[str, Any], result: Mapping[str, Any] | None = None) -> None:
        """Complete a job; `result` is the answer of a task listener. Raises JobNotFound, NotInState, InputInvalid."""
        run = self._current
        instance = self._job_owner(job_key)
        kind = instance.state_data["job"]["kind"]
        if isinstance(instance.spec, UserTask) and kind == JobKind.TASK_LISTENER.value:
            for name, value in variables.items():
                run.scopes.set_local(instance.key, name, value)
            instance.spec.listener_done(run, instance, result or {})
        else:
            run.close_job(instance)
            if kind == JobKind.ELEMENT.value:
                run.complete(instance, variables)
            else:
                finish_listener(run, instance, variables)
        run.until_wait_state()

    def fail_job(
        self,
        job_key: int,
        retries: int,
        back_off: timedelta = timedelta(0),
        message: str = "",
        variables: Mapping[str, Any] | None = None,
    ) -> None:
        """Note that a job failed; with no retries left it becomes a Fault. `variables` are local to the element.

        Raises JobNotFound, NotInState.
        """
        run = self._current
        instance = self._job_owner(job_key)
        for name, value in (variables or {}).items():
            run.scopes.set_local(instance.key, name, value)
        job = instance.state_data["job"]
        job["retries"] = max(0, retries)
        due_at = run.context.now + back_off if retries > 0 else run.context.now
        run.effects.append(JobChanged(job_key, instance.element.id, job["retries"], due_at, message))
        if retries <= 0:
            run.open_fault(instance, no_retries(instance, message), job_key)
        run.until_wait_state()

    def throw_error(self, key: int, code: str, message: str = "", variables: Mapping[str, Any] | None = None) -> None:
        """Let the work of an element instance, named by its key or its job's, end with a BPMN error.

        An error that nothing catches becomes a Fault, which holds the job back. Raises JobNotFound, ElementNotFound,
        NotInState.
        """
        run = self._current
        instance = self._job_owner(key) if key in run.jobs else self._find(key)
        if instance.scope is None or _is_held(instance):
            raise NotInState(Label("element", "elemen"), key, "active", "held by a fault")
        try:
            raise_error(run, instance, code, message, variables or {})
        except ExecutionFailed as error:
            self._hold(instance, error, f"{code}: {message}")
        run.until_wait_state()

    def _hold(self, instance: ElementInstance, error: ExecutionFailed, message: str) -> None:
        run, job = self._current, instance.state_data.get("job")
        if job is not None:
            run.effects.append(JobChanged(job["key"], instance.element.id, 0, run.context.now, message))
        run.open_fault(instance, error, job["key"] if job is not None else None)

    # Events --------------------------------------------------------------------------------------------------------

    def fire_timer(self, timer_key: int) -> None:
        """Let a timer fire. Raises TimerNotFound."""
        if timer_key not in self._current.waits:
            raise TimerNotFound(timer_key)
        self._happen(*self._current.waits[timer_key], {})

    def correlate_message(self, subscription_key: int, variables: Mapping[str, Any]) -> None:
        """Hand a message to a subscription. Raises ElementNotFound."""
        self._happen(*self._wait(subscription_key), variables)

    def receive_signal(self, subscription_key: int, variables: Mapping[str, Any]) -> None:
        """Hand a signal to a subscription. Raises ElementNotFound."""
        self._happen(*self._wait(subscription_key), variables)

    def activate(self, key: int, element_ids: Iterable[str]) -> None:
        """Start elements of an ad-hoc sub-process. Raises ElementNotFound, InputInvalid."""
        instance = self._find(key)
        if not isinstance(instance.spec, AdHocSubProcess):
            raise ElementNotFound(key)
        try:
            instance.spec.activate(self._current, instance, tuple(element_ids))
        except ExecutionFailed as error:
            raise InputInvalid(error.reason) from error
        self._current.until_wait_state()

    # Called instances ----------------------------------------------------------------------------------------------

    def child_completed(self, element_instance_key: int, variables: Mapping[str, Any]) -> None:
        """Go on after the called instance completed. Raises ElementNotFound."""
        instance, spec = self._caller(element_instance_key)
        spec.child_completed(self._current, instance, dict(variables))
        self._current.until_wait_state()

    def child_threw(
        self, element_instance_key: int, code: str, message: str, variables: Mapping[str, Any], is_escalation: bool
    ) -> None:
        """Catch an error or escalation of the called instance, or hand it on. Raises ElementNotFound."""
        instance, _ = self._caller(element_instance_key)
        try:
            if is_escalation:
                raise_escalation(self._current, instance, code, variables)
            else:
                instance.state_data.pop("child", None)  # it ended by itself
                raise_error(self._current, instance, code, message, variables)
        except ExecutionFailed as error:
            self._current.open_fault(instance, error)
            instance.state_data["stage"] = "act"  # resolving calls again
        self._current.until_wait_state()

    def child_failed_to_start(self, element_instance_key: int, reason: Label) -> None:
        """Hold the call activity because there is nothing to call; resolving asks again. Raises ElementNotFound."""
        instance, _ = self._caller(element_instance_key)
        instance.state_data.pop("child", None)
        error = ExecutionFailed(instance.element.id, "called_process_missing", reason)
        self._current.open_fault(instance, error)
        instance.state_data["stage"] = "act"

    def catches(self, element_instance_key: int, code: str, is_escalation: bool) -> bool:
        """Return whether something around the call activity catches what its child throws; asks further callers."""
        instance, _ = self._caller(element_instance_key)
        kind = "escalation" if is_escalation else "error"
        found = find_catcher(self._current, instance, kind, code)
        return found is not None or self._current.context.caller_catches(code, is_escalation)

    # Faults --------------------------------------------------------------------------------------------------------

    def resolve_fault(self, fault_key: int, retries: int | None = None) -> None:
        """Try again: the job with new retries (1 by default), or the stage that failed. Raises FaultNotFound."""
        run = self._current
        instance = run.faults.get(fault_key)
        if instance is None:
            raise FaultNotFound(fault_key)
        fault = run.close_fault(instance) or {}
        job = instance.state_data.get("job")
        if fault.get("job") is not None and job is not None:
            job["retries"] = retries or max(1, job["retries"])
            run.effects.append(JobChanged(job["key"], instance.element.id, job["retries"], run.context.now, ""))
        else:
            run.resume(instance)
        run.until_wait_state()

    # Finding -------------------------------------------------------------------------------------------------------

    def _none_start(self) -> str:
        for start in self._current.process.start_events:
            if start.kind == "none":
                return start.element_id
        raise InputInvalid(
            Label(
                f"The process {self._current.process.process_id} has no none start event; only its events start it.",
                f"Proses {self._current.process.process_id} tidak mempunyai peristiwa mulai biasa.",
            )
        )

    def _find(self, key: int) -> ElementInstance:
        instance = self._current.tree.find(key)
        if instance is None:
            raise ElementNotFound(key)
        return instance

    def _job_owner(self, job_key: int) -> ElementInstance:
        instance = self._current.jobs.get(job_key)
        if instance is None:
            raise JobNotFound(job_key)
        if _is_held(instance):
            raise NotInState(_JOB, job_key, "open", "failed")
        return instance

    def _caller(self, key: int) -> tuple[ElementInstance, CallActivity]:
        instance = self._find(key)
        if not isinstance(instance.spec, CallActivity):
            raise ElementNotFound(key)
        return instance, instance.spec

    def _wait(self, key: int) -> tuple[ElementInstance, Wait]:
        if key not in self._current.waits:
            raise ElementNotFound(key)
        return self._current.waits[key]

    def _happen(self, owner: ElementInstance, wait: Wait, variables: Mapping[str, Any]) -> None:
        self._current.happen(owner, wait, variables)
        self._current.until_wait_state()


def _is_held(instance: ElementInstance) -> bool:
    return "fault" in instance.state_data
