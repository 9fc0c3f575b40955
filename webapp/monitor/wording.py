"""Words for what the engine names by stable keys: states, kinds of faults, what happened."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from engine import ProcessInstanceState
from webapp.clock import now
from webapp.i18n import gettext, language, mark

#: state -> (text, tone of its badge)
STATES = {
    ProcessInstanceState.ACTIVE: (mark("Running"), "blue"),
    ProcessInstanceState.SUSPENDED: (mark("Suspended"), "amber"),
    ProcessInstanceState.COMPLETED: (mark("Completed"), "green"),
    ProcessInstanceState.CANCELED: (mark("Canceled"), "grey"),
}

#: kind of fault -> (what it is, what can be done)
FAULT_KINDS = {
    "extract_value_error": (
        mark("Expression"),
        mark("Correct the variable that the expression reads, then retry. If the expression itself is wrong, deploy "
             "a corrected diagram and move the instance to the new version."),
    ),
    "no_flow_selected": (
        mark("No way out"),
        mark("Set the variables so that one condition becomes true, then retry. A default flow in the next version "
             "of the diagram prevents it."),
    ),
    "connector": (
        mark("Connector"),
        mark("Correct the values it was given, or wait until the other system answers again, then retry."),
    ),
    "job_no_retries": (
        mark("Job failed"),
        mark("Repair what the worker complained about, give the job new tries and retry."),
    ),
    "execution_listener_no_retries": (
        mark("Listener failed"),
        mark("Repair what the worker complained about, give the job new tries and retry."),
    ),
    "task_listener_no_retries": (
        mark("Listener failed"),
        mark("Repair what the worker complained about, give the job new tries and retry."),
    ),
    "unhandled_error": (
        mark("Uncaught error"),
        mark("The diagram has no boundary event for this error code. Retry when its cause is gone, or cancel the "
             "instance and deploy a diagram that handles it."),
    ),
    "called_process_missing": (
        mark("Called process"),
        mark("Deploy the process that is called here, then retry."),
    ),
    "form": (mark("Form"), mark("Deploy the form that this user task names, then retry.")),
    "decision": (
        mark("Decision"),
        mark("Deploy the decision, or correct the variables it reads, then retry."),
    ),
    "clock": (
        mark("Clock"),
        mark("Correct the table of targets, the calendar or the variables, then retry."),
    ),
    "too_many_steps": (
        mark("Endless loop"),
        mark("Set the variables so that the loop ends, then retry."),
    ),
}  # fmt: skip
_OTHER_KIND = (mark("Execution"), mark("Correct the variables or the definition that it names, then retry."))

#: action of a history entry -> (text, icon)
ACTIONS = {
    "instance_started": (mark("Instance started"), "player-play"),
    "instance_completed": (mark("Instance completed"), "circle-check"),
    "instance_canceled": (mark("Instance canceled"), "ban"),
    "instance_suspended": (mark("Instance suspended"), "player-pause"),
    "instance_resumed": (mark("Instance resumed"), "player-play"),
    "instance_modified": (mark("Instance modified"), "route-alt-left"),
    "instance_restarted": (mark("Started again from an element"), "refresh"),
    "instance_migrated": (mark("Moved to another version"), "versions"),
    "cancel_requested": (mark("Cancellation ordered"), "ban"),
    "element_entered": (mark("Waits here"), "login-2"),
    "element_completed": (mark("Completed"), "check"),
    "element_canceled": (mark("Ended without completion"), "x"),
    "user_task_created": (mark("Task created"), "user-plus"),
    "user_task_changed": (mark("Task changed"), "edit"),
    "user_task_claimed": (mark("Task claimed"), "hand-grab"),
    "user_task_unclaimed": (mark("Task given back"), "arrow-back-up"),
    "user_task_reassigned": (mark("Task reassigned"), "user-share"),
    "user_task_unroutable": (mark("Task reaches nobody"), "user-question"),
    "user_task_completed": (mark("Task completed"), "user-check"),
    "user_task_canceled": (mark("Task withdrawn"), "user-x"),
    "child_started": (mark("Called process started"), "arrow-down-right-circle"),
    "error_thrown": (mark("Error thrown"), "alert-circle"),
    "draft_saved": (mark("Draft saved"), "device-floppy"),
    "variables_changed": (mark("Variables changed"), "variable"),
    "variables_set": (mark("Variables set by an administrator"), "edit"),
    "message_thrown": (mark("Message sent"), "mail-forward"),
    "message_correlated": (mark("Message received"), "mail-opened"),
    "message_published": (mark("Message published"), "send"),
    "signal_thrown": (mark("Signal broadcast"), "broadcast"),
    "timer_fired": (mark("Timer fired"), "alarm"),
    "timer_rescheduled": (mark("Timer rescheduled"), "clock-edit"),
    "clock_started": (mark("Clock started"), "clock-play"),
    "clock_paused": (mark("Clock paused"), "clock-pause"),
    "clock_resumed": (mark("Clock goes on"), "clock-play"),
    "clock_retargeted": (mark("Clock got another target"), "clock-edit"),
    "clock_stopped": (mark("Clock stopped"), "clock-stop"),
    "clock_reached": (mark("Clock reached a mark"), "clock-exclamation"),
    "clock_unmoved": (mark("Clock not moved"), "clock-off"),
    "job_created": (mark("Job created"), "tool"),
    "job_completed": (mark("Job completed"), "check"),
    "job_failed": (mark("Job failed"), "alert-circle"),
    "fault_opened": (mark("Execution fault"), "alert-triangle"),
    "fault_retried": (mark("Fault retried"), "refresh"),
    "fault_resolved": (mark("Fault resolved"), "circle-check"),
    "decision_evaluated": (mark("Decision evaluated"), "table"),
    "connector_called": (mark("Connector called"), "plug"),
}

#: BPMN tag -> what it is called
ELEMENT_TYPES = {
    "userTask": mark("User task"),
    "serviceTask": mark("Service task"),
    "scriptTask": mark("Script task"),
    "businessRuleTask": mark("Business rule task"),
    "sendTask": mark("Send task"),
    "receiveTask": mark("Receive task"),
    "manualTask": mark("Manual task"),
    "task": mark("Task"),
    "multiInstanceBody": mark("Multi-instance"),
    "callActivity": mark("Call activity"),
    "subProcess": mark("Sub-process"),
    "adHocSubProcess": mark("Ad-hoc sub-process"),
    "startEvent": mark("Start event"),
    "endEvent": mark("End event"),
    "boundaryEvent": mark("Boundary event"),
    "intermediateCatchEvent": mark("Catch event"),
    "intermediateThrowEvent": mark("Throw event"),
    "exclusiveGateway": mark("Exclusive gateway"),
    "inclusiveGateway": mark("Inclusive gateway"),
    "parallelGateway": mark("Parallel gateway"),
    "eventBasedGateway": mark("Event-based gateway"),
}

_UNITS = {"en": ("d", "h", "min", "s"), "id": ("hr", "jam", "mnt", "dtk")}
_SECONDS = (86_400, 3_600, 60, 1)


def span(duration: timedelta | None) -> str:
    """Return a duration in its two largest units, e.g. "2 d 4 h"."""
    if duration is None:
        return "–"
    rest = max(0, round(duration.total_seconds()))
    counts = []
    for size in _SECONDS:
        count, rest = divmod(rest, size)
        counts.append(count)
    first = next((index for index, count in enumerate(counts) if count), len(counts) - 1)
    units = _UNITS[language()]
    shown = [f"{counts[index]} {units[index]}" for index in range(first, min(first + 2, len(counts)))]
    return " ".join(shown[:1] + [text for text in shown[1:] if not text.startswith("0 ")])


def as_json(value: Any) -> str:
    """Return a JSON value as a person reads it: text bare, lists and objects indented."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return json.dumps(value, ensure_ascii=False)


def fault_kind(kind: str) -> str:
    """Return what a kind of fault is called."""
    return gettext(FAULT_KINDS.get(kind, _OTHER_KIND)[0])


def fault_cure(kind: str) -> str:
    """Return what can be done about a kind of fault."""
    return gettext(FAULT_KINDS.get(kind, _OTHER_KIND)[1])


def action(name: str) -> tuple[str, str]:
    """Return what happened and its icon; the stable name itself when it has no words yet."""
    text, icon = ACTIONS.get(name, (name.replace("_", " "), "point"))
    return gettext(text), icon


def element_type(tag: str) -> str:
    """Return what a BPMN tag is called."""
    return gettext(ELEMENT_TYPES.get(tag, tag))


def for_templates() -> dict[str, Any]:
    """Return what the templates of operations call."""
    return {
        "instance_states": STATES,
        "fault_kind": fault_kind,
        "fault_cure": fault_cure,
        "history_action": action,
        "element_type": element_type,
        "now": now,
    }
