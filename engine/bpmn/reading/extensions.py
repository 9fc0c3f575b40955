"""Camunda 8's `zeebe:` extension elements of a node."""

from __future__ import annotations

from typing import Any

from lxml import etree

from engine.bpmn.definition import (
    AdHoc,
    Called,
    JobDefinition,
    Listener,
    Script,
    UserTaskDefinition,
    VariableMapping,
)
from engine.bpmn.reading.document import ZEEBE, line_of
from engine.bpmn.reading.source import Source, child, extension, owner_id, text_of
from engine.model import Binding, Label

_BINDINGS = {binding.value: binding for binding in Binding}
EXECUTION_EVENTS = ("start", "end")
TASK_EVENTS = ("creating", "assigning", "updating", "completing", "canceling")


def read_extensions(node: etree._Element, source: Source) -> dict[str, Any]:
    """Return the fields of `Element` that extension elements fill."""
    return {
        "inputs": _mappings(node, "input", source),
        "outputs": _mappings(node, "output", source),
        "headers": _headers(node),
        "execution_listeners": _listeners(node, "executionListener", EXECUTION_EVENTS, source),
        "task_listeners": _listeners(node, "taskListener", TASK_EVENTS, source),
        "job": _job(node, source),
    }


def read_user_task(node: etree._Element, source: Source) -> UserTaskDefinition:
    """Return assignment, schedule, priority and form of a user task (or the form of a form start)."""
    assignment = extension(node, "assignmentDefinition")
    schedule = extension(node, "taskSchedule")
    form = extension(node, "formDefinition")
    if form is not None and not form.get("formId"):
        _warn_of_form(node, source)
    return UserTaskDefinition(
        assignee=source.optional(assignment, "assignee", "assignee"),
        candidate_groups=source.optional(assignment, "candidateGroups", "candidate groups"),
        candidate_users=source.optional(assignment, "candidateUsers", "candidate users"),
        due_at=source.optional(schedule, "dueDate", "due date"),
        follow_up_at=source.optional(schedule, "followUpDate", "follow-up date"),
        priority=source.optional(extension(node, "priorityDefinition"), "priority", "priority"),
        form_id=_attribute(form, "formId"),
        form_binding=_binding(form, source),
        form_version_tag=_attribute(form, "versionTag"),
    )


def read_called_process(node: etree._Element, source: Source) -> Called | None:
    """Return what a call activity calls; None with a finding when it names nothing."""
    called = extension(node, "calledElement")
    text = (called.get("processId") if called is not None else None) or node.get("calledElement") or ""
    process_id = source.expression(text.strip(), node, "called process id") if text.strip() else None
    if process_id is None:
        if not text.strip():
            _missing(node, source, "called process", "proses yang dipanggil", "zeebe:calledElement processId")
        return None
    return Called(
        id=process_id,
        binding=_binding(called, source),
        version_tag=_attribute(called, "versionTag"),
        propagate_to_child=_flag(called, "propagateAllParentVariables", True),
        propagate_to_parent=_flag(called, "propagateAllChildVariables", True),
    )


def read_called_decision(node: etree._Element, source: Source) -> Called | None:
    """Return the decision of a business rule task, None when it has no `zeebe:calledDecision`."""
    called = extension(node, "calledDecision")
    if called is None:
        return None
    decision_id = source.optional(called, "decisionId", "decision id")
    if decision_id is None:
        _missing(node, source, "decision", "keputusan", "zeebe:calledDecision decisionId")
        return None
    if not called.get("resultVariable"):
        _missing(node, source, "result variable", "variabel hasil", "zeebe:calledDecision resultVariable")
    return Called(
        id=decision_id,
        binding=_binding(called, source),
        version_tag=called.get("versionTag"),
        result_variable=called.get("resultVariable") or "",
    )


def read_script(node: etree._Element, source: Source) -> Script | None:
    """Return the FEEL of a script task, None when it has no `zeebe:script`."""
    script = extension(node, "script")
    if script is None:
        return None
    expression = source.optional(script, "expression", "script")
    if not script.get("resultVariable"):
        _missing(node, source, "result variable", "variabel hasil", "zeebe:script resultVariable")
    if expression is None:
        if not (script.get("expression") or "").strip():
            _missing(node, source, "script", "skrip", "zeebe:script expression")
        return None
    return Script(expression, script.get("resultVariable") or "")


def read_ad_hoc(node: etree._Element, source: Source) -> AdHoc:
    """Return what of an ad-hoc sub-process starts, when it ends, and what it collects."""
    condition = child(node, "completionCondition")
    text = text_of(condition)
    zeebe = extension(node, "adHoc")
    ad_hoc = AdHoc(
        active_elements=source.optional(zeebe, "activeElementsCollection", "active elements"),
        completion_condition=source.feel_only(text, node, "completion condition") if text else None,
        cancels_remaining=node.get("cancelRemainingInstances", "true") != "false",
        output_collection=(zeebe.get("outputCollection") or "") if zeebe is not None else "",
        output_element=source.optional(zeebe, "outputElement", "output element"),
    )
    if bool(ad_hoc.output_collection) != bool(ad_hoc.output_element):
        _missing(
            node,
            source,
            "output collection or output element",
            "koleksi hasil atau elemen hasil",
            "zeebe:adHoc outputCollection, outputElement",
        )
    return ad_hoc


def _mappings(node: etree._Element, kind: str, source: Source) -> tuple[VariableMapping, ...]:
    holder = extension(node, "ioMapping")
    if holder is None:
        return ()
    found = []
    for entry in holder.iterchildren(f"{{{ZEEBE}}}{kind}"):
        target = (entry.get("target") or "").strip()
        expression = source.expression(entry.get("source", "= null"), entry, f"{kind} mapping")
        if not target or not all(target.split(".")):
            _missing(node, source, f"target of an {kind} mapping", "sasaran pemetaan variabel", f"zeebe:{kind} target")
        elif expression is not None:
            found.append(VariableMapping(expression, tuple(target.split("."))))
    return tuple(found)


def _headers(node: etree._Element) -> dict[str, str]:
    holder = extension(node, "taskHeaders")
    if holder is None:
        return {}
    entries = holder.iterchildren(f"{{{ZEEBE}}}header")
    return {str(entry.get("key")): entry.get("value") or "" for entry in entries if entry.get("key")}


def _listeners(node: etree._Element, tag: str, events: tuple[str, ...], source: Source) -> tuple[Listener, ...]:
    holder = extension(node, f"{tag}s")
    if holder is None:
        return ()
    return tuple(
        listener
        for entry in holder.iterchildren(f"{{{ZEEBE}}}{tag}")
        if (listener := _listener(entry, events, node, source)) is not None
    )


def _listener(entry: etree._Element, events: tuple[str, ...], node: etree._Element, source: Source) -> Listener | None:
    event = entry.get("eventType") or ""
    # Older exports write the verb, newer ones the participle.
    event = event if event in events else {"create": "creating", "assignment": "assigning"}.get(event, event)
    job_type = source.optional(entry, "type", "listener type")
    if event not in events or job_type is None:
        _missing(node, source, "event or type of a listener", "peristiwa atau tipe pendengar", ", ".join(events))
        return None
    return Listener(event, job_type, source.optional(entry, "retries", "retries"))


def _job(node: etree._Element, source: Source) -> JobDefinition | None:
    definition = extension(node, "taskDefinition")
    if definition is None:
        return None
    job_type = source.optional(definition, "type", "job type")
    if job_type is None:
        if not (definition.get("type") or "").strip():
            _missing(node, source, "job type", "tipe pekerjaan", "zeebe:taskDefinition type")
        return None
    return JobDefinition(job_type, source.optional(definition, "retries", "retries"))


def _binding(node: etree._Element | None, source: Source) -> Binding:
    text = _attribute(node, "bindingType")
    if text and text not in _BINDINGS and node is not None:
        _missing(node, source, f"binding type (found {text!r})", "jenis ikatan versi", ", ".join(_BINDINGS))
    return _BINDINGS.get(text or "", Binding.LATEST)


def _attribute(node: etree._Element | None, name: str) -> str | None:
    return (node.get(name) or None) if node is not None else None


def _warn_of_form(node: etree._Element, source: Source) -> None:
    source.findings.warning(
        "form",
        line_of(node),
        owner_id(node),
        Label(
            "The form is embedded or external; only deployed forms (formId) are shown.",
            "Formulir tertanam atau eksternal; hanya formulir yang diterapkan (formId) yang ditampilkan.",
        ),
        Label("Link a deployed form.", "Tautkan formulir yang diterapkan."),
    )


def _flag(node: etree._Element | None, name: str, default: bool) -> bool:
    value = node.get(name) if node is not None else None
    return default if value is None else value.strip().lower() == "true"


def _missing(node: etree._Element, source: Source, what: str, apa: str, cure: str) -> None:
    source.findings.error(
        "missing",
        line_of(node),
        owner_id(node),
        Label(f"The {what} is missing or unknown.", f"{apa.capitalize()} belum diisi atau tidak dikenal."),
        Label(f"Fill in {cure}.", f"Isi {cure}."),
    )
