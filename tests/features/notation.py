"""Smallest diagrams as text: BPMN tags without prefix, and flows as lines `a -> b if x > 1`."""

from __future__ import annotations

import re

_HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:tests">'
)
_FLOW = re.compile(r"^\s*(\w+) -> (\w+)(?: if (.+))?$", re.MULTILINE)
_SHORT = re.compile(r"<(start|end|user|task|xor|and|or|event) (\w+)>")
_TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "task": "task",
    "xor": "exclusiveGateway",
    "and": "parallelGateway",
    "or": "inclusiveGateway",
    "event": "eventBasedGateway",
}


def bpmn(body: str, declarations: str = "", process_id: str = "p", extensions: str = "") -> bytes:
    """Return a file with one process. `<user a>` is short for `<userTask id="a"/>`; so are start, end ..."""
    return definitions(declarations + process(body, process_id, extensions))


def process(body: str, process_id: str = "p", extensions: str = "") -> str:
    """Return one process, for files with several."""
    text = _SHORT.sub(lambda match: f'<{_TAGS[match[1]]} id="{match[2]}"/>', body)
    return f'<process id="{process_id}" isExecutable="true">{extensions}{_FLOW.sub(_flow, text)}</process>'


def definitions(content: str) -> bytes:
    """Return a file."""
    return f"{_HEAD}{content}</definitions>".encode()


def extended(tag: str, element_id: str, extensions: str, rest: str = "", attributes: str = "") -> str:
    """Return an element with extension elements."""
    inner = f"<extensionElements>{extensions}</extensionElements>{rest}"
    return f'<{tag} id="{element_id}" {attributes}>{inner}</{tag}>'


def service(element_id: str, job_type: str = "work", extensions: str = "") -> str:
    """Return a service task."""
    return extended("serviceTask", element_id, f'<zeebe:taskDefinition type="{job_type}"/>{extensions}')


def script(element_id: str, expression: str, result: str) -> str:
    """Return a script task."""
    return extended("scriptTask", element_id, f"<zeebe:script expression='= {expression}' resultVariable='{result}'/>")


def message(message_id: str, key: str = "= k", name: str = "") -> str:
    """Return a message declaration, named as its id unless told otherwise."""
    subscription = f"<extensionElements><zeebe:subscription correlationKey='{key}'/></extensionElements>" if key else ""
    return f'<message id="{message_id}" name="{name or message_id}">{subscription}</message>'


def timer(kind: str, text: str) -> str:
    """Return a timer event definition."""
    tag = {"date": "timeDate", "duration": "timeDuration", "cycle": "timeCycle"}[kind]
    return f"<timerEventDefinition><{tag}>{text}</{tag}></timerEventDefinition>"


def boundary(event_id: str, host: str, definition: str, *, interrupting: bool = True, extensions: str = "") -> str:
    """Return a boundary event."""
    flag = "true" if interrupting else "false"
    inner = f"<extensionElements>{extensions}</extensionElements>" if extensions else ""
    attributes = f'id="{event_id}" attachedToRef="{host}" cancelActivity="{flag}"'
    return f"<boundaryEvent {attributes}>{inner}{definition}</boundaryEvent>"


def event_subprocess(subprocess_id: str, start: str, body: str, *, interrupting: bool = True) -> str:
    """Return an event sub-process whose start event `<id>_start` has the definition `start`."""
    flag = "true" if interrupting else "false"
    return (
        f'<subProcess id="{subprocess_id}" triggeredByEvent="true">'
        f'<startEvent id="{subprocess_id}_start" isInterrupting="{flag}">{start}</startEvent>{body}</subProcess>'
    )


def _flow(match: re.Match[str]) -> str:
    source, target, condition = match.groups()
    inner = ""
    if condition:
        escaped = condition.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        inner = f"<conditionExpression>= {escaped}</conditionExpression>"
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>'
