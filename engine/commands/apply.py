"""One function per kind of effect: turns what an execution wants written into rows and follow-ups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.bpmn import effects as e
from engine.commands import calls, correlation, tasks
from engine.commands.faults import open_fault
from engine.commands.record_state import move_record
from engine.model import ElementState, JobState, ProcessInstanceState
from engine.store.messages import Subscription
from engine.store.tables import job, live_element, message_subscription, signal_subscription, timer

if TYPE_CHECKING:
    from engine.commands.runtime import InstanceRun, Runtime


def apply_effects(runtime: Runtime, run: InstanceRun) -> None:
    """Turn the effects that an execution gathered into rows, in their order."""
    move_record(runtime, run)
    effects = run.execution.effects[:]
    run.execution.effects.clear()
    run.states_seen = 0
    if effects:
        run.touched = True
    changes: list[dict[str, Any]] = []
    passed = {effect.key for effect in effects if isinstance(effect, e.ElementLeft)}
    for effect in effects:
        if isinstance(effect, e.VariableChanged):
            runtime.delta.put_variable(run.key, effect.scope_key, effect.name, effect.value)
            changes.append({"scope": effect.scope_key, "name": effect.name, "value": effect.value})
        elif isinstance(effect, e.ElementEntered):
            # What is entered and left in one go needs no row, and one entry says it all.
            if effect.key not in passed:
                _entered(runtime, run, effect)
        else:
            _APPLY[type(effect)](runtime, run, effect)
    if changes:
        runtime.note(run, "variables_changed", details={"changes": changes})


def _entered(runtime: Runtime, run: InstanceRun, effect: e.ElementEntered) -> None:
    runtime.delta.add(
        live_element,
        {
            "key": effect.key,
            "instance_key": run.key,
            "process_definition_key": run.instance.process_definition_key,
            "element_id": effect.element_id,
            "element_type": effect.element_type,
            "scope_key": effect.scope_key,
            "entered_at": runtime.now,
        },
    )
    runtime.note(run, "element_entered", element_id=effect.element_id, element_instance_key=effect.key)


def _left(runtime: Runtime, run: InstanceRun, effect: e.ElementLeft) -> None:
    runtime.delta.remove(live_element, effect.key)
    # The body around the turns of a loop, and the scope that compensation opens again, have the element's id too;
    # counting its instances must not count them.
    what = "loop" if effect.element_type in ("multiInstanceBody", "compensationScope") else "element"
    action = f"{what}_completed" if effect.state is ElementState.COMPLETED else f"{what}_canceled"
    details = {"flows": list(effect.taken_flows)} if effect.taken_flows else {}
    runtime.note(run, action, element_id=effect.element_id, element_instance_key=effect.key, details=details)


def _timer_started(runtime: Runtime, run: InstanceRun, effect: e.TimerStarted) -> None:
    runtime.delta.add(
        timer,
        {
            "key": effect.key,
            "instance_key": run.key,
            "process_definition_key": run.instance.process_definition_key,
            "element_instance_key": effect.element_instance_key,
            "element_id": effect.element_id,
            "due_at": effect.due_at,
            "repetitions_left": effect.repetitions_left,
        },
    )


def _timer_ended(runtime: Runtime, _run: InstanceRun, effect: e.TimerEnded) -> None:
    runtime.delta.remove(timer, effect.key)


def _job_opened(runtime: Runtime, run: InstanceRun, effect: e.JobOpened) -> None:
    runtime.delta.add(
        job,
        {
            "key": effect.key,
            "kind": effect.kind.value,
            "type": effect.type,
            "instance_key": run.key,
            "process_definition_key": run.instance.process_definition_key,
            "element_instance_key": effect.element_instance_key,
            "element_id": effect.element_id,
            "headers": dict(effect.headers),
            "retries": effect.retries,
            "state": JobState.OPEN.value,
            "due_at": effect.due_at,
            "worker": None,
            "deadline_at": None,
            "last_error": None,
        },
    )


def _job_changed(runtime: Runtime, run: InstanceRun, effect: e.JobChanged) -> None:
    state = JobState.OPEN if effect.retries > 0 else JobState.FAILED
    runtime.delta.change(
        job,
        effect.key,
        {
            "retries": effect.retries,
            "due_at": effect.due_at,
            "last_error": effect.last_error,
            "state": state.value,
            "worker": None,
            "deadline_at": None,
        },
    )
    runtime.note(run, "job_failed", element_id=effect.element_id, details={"retries": effect.retries})


def _job_ended(runtime: Runtime, _run: InstanceRun, effect: e.JobEnded) -> None:
    runtime.delta.remove(job, effect.key)


def _subscription_opened(runtime: Runtime, run: InstanceRun, effect: e.SubscriptionOpened) -> None:
    runtime.delta.add(
        message_subscription,
        {
            "key": effect.key,
            "message_name": effect.message_name,
            "correlation_key": effect.correlation_key,
            "instance_key": run.key,
            "process_id": run.instance.process_id,
            "process_definition_key": run.instance.process_definition_key,
            "element_instance_key": effect.element_instance_key,
            "element_id": effect.element_id,
            "opened_at": runtime.now,
        },
    )
    subscription = Subscription(effect.key, effect.message_name, effect.correlation_key)
    runtime.follow_ups.append(lambda: correlation.deliver_buffered(runtime, run, subscription))


def _subscription_closed(runtime: Runtime, _run: InstanceRun, effect: e.SubscriptionClosed) -> None:
    runtime.delta.remove(message_subscription, effect.key)


def _signal_opened(runtime: Runtime, run: InstanceRun, effect: e.SignalSubscriptionOpened) -> None:
    runtime.delta.add(
        signal_subscription,
        {
            "key": effect.key,
            "signal_name": effect.signal_name,
            "instance_key": run.key,
            "process_definition_key": run.instance.process_definition_key,
            "element_instance_key": effect.element_instance_key,
            "element_id": effect.element_id,
        },
    )


def _signal_closed(runtime: Runtime, _run: InstanceRun, effect: e.SignalSubscriptionClosed) -> None:
    runtime.delta.remove(signal_subscription, effect.key)


def _message_thrown(runtime: Runtime, run: InstanceRun, effect: e.MessageThrown) -> None:
    runtime.note(
        run,
        "message_thrown",
        element_id=effect.element_id,
        element_instance_key=effect.element_instance_key,
        details={"name": effect.name, "correlation_key": effect.correlation_key},
    )
    runtime.follow_ups.append(lambda: correlation.publish_thrown(runtime, effect))


def _signal_thrown(runtime: Runtime, run: InstanceRun, effect: e.SignalThrown) -> None:
    runtime.note(run, "signal_thrown", element_id=effect.element_id, details={"name": effect.name})
    runtime.follow_ups.append(lambda: correlation.broadcast(runtime, effect.name, effect.variables))


def _child_requested(runtime: Runtime, run: InstanceRun, effect: e.ChildRequested) -> None:
    runtime.follow_ups.append(lambda: calls.start_child(runtime, run, effect))


def _child_canceled(runtime: Runtime, run: InstanceRun, effect: e.ChildCanceled) -> None:
    runtime.follow_ups.append(lambda: calls.cancel_child(runtime, effect))


def _fault_resolved(runtime: Runtime, run: InstanceRun, effect: e.FaultResolved) -> None:
    runtime.delta.resolve_fault(effect.key, runtime.now)
    runtime.note(run, "fault_resolved", details={"fault": effect.key})


def _decision_evaluated(runtime: Runtime, run: InstanceRun, effect: e.DecisionEvaluated) -> None:
    runtime.note(
        run,
        "decision_evaluated",
        element_id=effect.element_id,
        element_instance_key=effect.element_instance_key,
        details={"decision": effect.decision_id, "explanation": effect.explanation},
    )


def _scope_removed(runtime: Runtime, run: InstanceRun, effect: e.ScopeRemoved) -> None:
    # What an ended instance knew stays: pages, reports and searches read it.
    if effect.scope_key != run.key:
        runtime.delta.remove_scope(effect.scope_key)


def _instance_ended(runtime: Runtime, run: InstanceRun, effect: e.InstanceEnded) -> None:
    state = ProcessInstanceState.CANCELED if effect.is_canceled else ProcessInstanceState.COMPLETED
    run.change(state=state, ended_at=runtime.now)
    runtime.count(run, running=-1, **{state.value: 1})
    run.loaded.end_element_ids = effect.end_element_ids
    runtime.note(run, f"instance_{state.value}", details={"end_elements": list(effect.end_element_ids)})
    runtime.follow_ups.append(lambda: correlation.start_next(runtime, run))
    if run.instance.parent_instance_key and not effect.is_canceled:
        runtime.follow_ups.append(lambda: calls.child_completed(runtime, run, effect.variables))


def _error_propagated(runtime: Runtime, run: InstanceRun, effect: e.ErrorPropagated) -> None:
    runtime.follow_ups.append(lambda: calls.child_threw(runtime, run, effect))


_APPLY: Mapping[type, Callable[[Any, Any, Any], None]] = {
    e.ElementLeft: _left,
    e.UserTaskOpened: tasks.opened,
    e.UserTaskChanged: tasks.changed,
    e.UserTaskEnded: tasks.ended,
    e.TimerStarted: _timer_started,
    e.TimerEnded: _timer_ended,
    e.JobOpened: _job_opened,
    e.JobChanged: _job_changed,
    e.JobEnded: _job_ended,
    e.SubscriptionOpened: _subscription_opened,
    e.SubscriptionClosed: _subscription_closed,
    e.SignalSubscriptionOpened: _signal_opened,
    e.SignalSubscriptionClosed: _signal_closed,
    e.MessageThrown: _message_thrown,
    e.SignalThrown: _signal_thrown,
    e.ChildRequested: _child_requested,
    e.ChildCanceled: _child_canceled,
    e.FaultOpened: open_fault,
    e.FaultResolved: _fault_resolved,
    e.DecisionEvaluated: _decision_evaluated,
    e.ScopeRemoved: _scope_removed,
    e.InstanceEnded: _instance_ended,
    e.ErrorPropagated: _error_propagated,
}
