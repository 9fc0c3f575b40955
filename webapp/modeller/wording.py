"""Words for kinds of files, elements and changes."""

from __future__ import annotations

from typing import Any

from engine import Change, ChangeKind, ResourceKind
from webapp.i18n import gettext, mark, words

#: kind of file -> (text of many, text of one, icon)
KINDS = {
    ResourceKind.BPMN: (mark("Processes"), mark("Process"), "sitemap"),
    ResourceKind.DMN: (mark("Decisions"), mark("Decision"), "table"),
    ResourceKind.FORM: (mark("Forms"), mark("Form"), "forms"),
}
#: kind of change -> (text, tone, icon)
CHANGES = {
    ChangeKind.ADDED: (mark("added"), "green", "plus"),
    ChangeKind.REMOVED: (mark("removed"), "red", "minus"),
    ChangeKind.CHANGED: (mark("changed"), "amber", "pencil"),
}
_TYPES = {
    "process": mark("process"),
    "participant": mark("pool"),
    "lane": mark("lane"),
    "sequenceFlow": mark("flow"),
    "messageFlow": mark("message flow"),
    "association": mark("association"),
    "textAnnotation": mark("annotation"),
    "group": mark("group"),
    "dataObjectReference": mark("data object"),
    "dataStoreReference": mark("data store"),
    "task": mark("task"),
    "userTask": mark("user task"),
    "serviceTask": mark("service task"),
    "sendTask": mark("send task"),
    "receiveTask": mark("receive task"),
    "scriptTask": mark("script task"),
    "businessRuleTask": mark("business rule task"),
    "manualTask": mark("manual task"),
    "callActivity": mark("call activity"),
    "subProcess": mark("sub-process"),
    "adHocSubProcess": mark("ad-hoc sub-process"),
    "startEvent": mark("start event"),
    "endEvent": mark("end event"),
    "intermediateCatchEvent": mark("catch event"),
    "intermediateThrowEvent": mark("throw event"),
    "boundaryEvent": mark("boundary event"),
    "exclusiveGateway": mark("exclusive gateway"),
    "parallelGateway": mark("parallel gateway"),
    "inclusiveGateway": mark("inclusive gateway"),
    "eventBasedGateway": mark("event-based gateway"),
    "decision": mark("decision"),
    "inputData": mark("input data"),
    "input": mark("input column"),
    "output": mark("output column"),
    "rule": mark("rule"),
    "form": mark("form"),
    "textfield": mark("text field"),
    "textarea": mark("text area"),
    "number": mark("number"),
    "datetime": mark("date and time"),
    "checkbox": mark("check box"),
    "checklist": mark("check list"),
    "radio": mark("choice of one"),
    "select": mark("select"),
    "taglist": mark("tag list"),
    "dynamiclist": mark("list"),
    "filepicker": mark("file"),
    "expression": mark("expression"),
}
#: verb of a scenario's step -> text
STEPS = {
    "start": mark("starts"),
    "complete": mark("completes"),
    "claim": mark("claims"),
    "unclaim": mark("gives back"),
    "assign": mark("assigns"),
    "unassign": mark("takes back"),
    "update_task": mark("changes the task"),
    "message": mark("message"),
    "signal": mark("signal"),
    "advance": mark("time passes"),
    "set_variables": mark("sets variables"),
    "deploy": mark("publishes"),
    "deploy_version": mark("publishes"),
    "complete_job": mark("job is done"),
    "fail_job": mark("job fails"),
    "activate_job": mark("job is taken"),
    "throw_error": mark("reports an error"),
    "resolve_fault": mark("repairs"),
    "modify": mark("moves tokens"),
    "migrate": mark("migrates"),
    "suspend": mark("suspends"),
    "resume": mark("resumes"),
    "cancel_instance": mark("cancels"),
}


def type_words(kind: str) -> str:
    """Return what people call an element of this type; a form's component keeps its own name."""
    return gettext(_TYPES.get(kind, kind))


def change_name(change: Change) -> str:
    """Return the name of what changed, its id where it has none."""
    return words(change.name) or change.element_id


def for_templates() -> dict[str, Any]:
    """Return what the templates of the modeller call."""
    return {
        "kinds": KINDS,
        "change_kinds": CHANGES,
        "type_words": type_words,
        "change_name": change_name,
        "step_words": STEPS,
    }
