"""Smallest diagrams for tests of commands, written as flows between elements."""

from __future__ import annotations

import re

from engine.model import ResourceFile

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="defs" targetNamespace="urn:tests">'
)
_FLOW = re.compile(r"(\w+) -> (\w+)(?: if (.+))?")


def diagram(process_id: str, elements: str, flows: str, declarations: str = "", properties: str = "") -> ResourceFile:
    """Return a BPMN file: `elements` are BPMN tags without prefix, `flows` lines such as `a -> b if = x > 1`."""
    body = re.sub(r"<(/?)(?!zeebe:|bpmn:)(\w)", r"<\1bpmn:\2", elements)
    lines = [match.groups() for match in map(_FLOW.fullmatch, map(str.strip, flows.strip().splitlines())) if match]
    drawn = "".join(_flow(f"f{number}", *line) for number, line in enumerate(lines))
    text = (
        f'{_HEAD}{declarations}<bpmn:process id="{process_id}" name="{process_id}" isExecutable="true">'
        f"{properties}{body}{drawn}</bpmn:process></bpmn:definitions>"
    )
    return ResourceFile(f"{process_id}.bpmn", text.encode())


def user_task(element_id: str, *, groups: str = "", assignee: str = "", **properties: str) -> str:
    """Return a user task; keyword arguments become `clause8:` properties."""
    inner = "".join(f'<zeebe:property name="clause8:{name}" value="{value}"/>' for name, value in properties.items())
    who = f'<zeebe:assignmentDefinition candidateGroups="{groups}"/>' if groups else ""
    who = f'<zeebe:assignmentDefinition assignee="{assignee}"/>' if assignee else who
    extensions = f"<zeebe:userTask/>{who}<zeebe:properties>{inner}</zeebe:properties>"
    return (
        f'<userTask id="{element_id}" name="{element_id}">'
        f"<extensionElements>{extensions}</extensionElements></userTask>"
    )


def _flow(flow_id: str, source: str, target: str, condition: str | None) -> str:
    inner = ""
    if condition:
        inner = f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
    return f'<bpmn:sequenceFlow id="{flow_id}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>'
