"""Activities: they know what to do, and their constants make sense."""

from __future__ import annotations

from engine.bpmn.definition import Element
from engine.bpmn.expressions import Expression
from engine.bpmn.timing import parse_moment
from engine.bpmn.validation.check import Check


def check_activities(check: Check) -> None:
    """Report tasks without work, misplaced listeners and wrong constants."""
    for element in check.elements:
        if _lacks_work(element):
            check.refuse(
                "no-work",
                element,
                (
                    f"The {element.type} does not say what is to be done.",
                    f"{element.type} tidak menyebut pekerjaannya.",
                ),
                (_CURES[element.type], _OBAT[element.type]),
            )
        if element.task_listeners and element.type != "userTask":
            check.refuse(
                "task-listener",
                element,
                ("Only user tasks have task listeners.", "Hanya tugas pengguna yang mempunyai pendengar tugas."),
                ("Use an execution listener.", "Gunakan pendengar eksekusi."),
            )
        _check_user_task(check, element)


_CURES = {
    "serviceTask": "Fill in zeebe:taskDefinition type.",
    "sendTask": "Choose a message, or fill in zeebe:taskDefinition type.",
    "scriptTask": "Fill in zeebe:script, or zeebe:taskDefinition type.",
    "businessRuleTask": "Fill in zeebe:calledDecision, or zeebe:taskDefinition type.",
    "intermediateThrowEvent": "Choose a message, or fill in zeebe:taskDefinition type.",
    "endEvent": "Choose a message, or fill in zeebe:taskDefinition type.",
}
_OBAT = {
    "serviceTask": "Isi zeebe:taskDefinition type.",
    "sendTask": "Pilih pesan, atau isi zeebe:taskDefinition type.",
    "scriptTask": "Isi zeebe:script, atau zeebe:taskDefinition type.",
    "businessRuleTask": "Isi zeebe:calledDecision, atau zeebe:taskDefinition type.",
    "intermediateThrowEvent": "Pilih pesan, atau isi zeebe:taskDefinition type.",
    "endEvent": "Pilih pesan, atau isi zeebe:taskDefinition type.",
}


def _lacks_work(element: Element) -> bool:
    if element.job is not None:
        return False
    if element.type in ("sendTask", "intermediateThrowEvent", "endEvent"):
        throws = element.type == "sendTask" or element.event_kind == "message"
        return throws and (element.event is None or element.event.message is None)
    work = {
        "serviceTask": element.job,
        "scriptTask": element.script,
        "businessRuleTask": element.called_decision,
    }
    return element.type in work and work[element.type] is None


def _check_user_task(check: Check, element: Element) -> None:
    definition = element.user_task
    if definition is None:
        return
    for expression in (definition.due_at, definition.follow_up_at):
        text = expression.constant if expression else None
        if text is not None and parse_moment(text) is None:
            _wrong(check, element, text, "2030-01-31T17:00:00+07:00")
    priority = _constant(definition.priority)
    if priority is not None and not (priority.strip().isdecimal() and int(priority) <= 100):
        _wrong(check, element, priority, "50")


def _constant(expression: Expression | None) -> str | None:
    return expression.constant if expression is not None else None


def _wrong(check: Check, element: Element, text: str, example: str) -> None:
    check.refuse(
        "constant",
        element,
        (f"{text!r} is not a usable value here.", f"{text!r} bukan nilai yang dapat dipakai."),
        (
            f'Write for example {example}, or FEEL with "=" in front.',
            f'Tulis misalnya {example}, atau FEEL diawali "=".',
        ),
    )
