"""A process of many elements, drawn in rows: what a browser and a check must stand."""

from __future__ import annotations

from collections.abc import Iterator

from engine.model import ResourceFile

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="defs" targetNamespace="urn:tests">
"""
_ROW = 20
_SIZES = {"userTask": (100, 80), "exclusiveGateway": (50, 50)}


def large_process(process_id: str, elements: int, form_id: str) -> ResourceFile:
    """Return a diagram of `elements` flow nodes; every tenth but the ends is a gateway that can leave for the end."""
    ids = [f"N{number}" for number in range(elements)]
    flows = list(_flows(ids))
    body = "\n".join([*(_node(number, ids, form_id) for number in range(elements)), *(_flow(*flow) for flow in flows)])
    shapes = "\n".join([*(_shape(number, ids) for number in range(elements)), *(_edge(*flow, ids) for flow in flows)])
    text = (
        f'{_HEAD}<bpmn:process id="{process_id}" name="{process_id}" isExecutable="true">\n'
        '<bpmn:extensionElements><zeebe:properties><zeebe:property name="clause8:name.id" value="Besar"/>'
        f"</zeebe:properties></bpmn:extensionElements>\n{body}\n</bpmn:process>\n"
        f'<bpmndi:BPMNDiagram id="D"><bpmndi:BPMNPlane id="P" bpmnElement="{process_id}">\n{shapes}\n'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>\n"
    )
    return ResourceFile(f"{process_id}.bpmn", text.encode())


def _kind(number: int, ids: list[str]) -> str:
    if number in (0, len(ids) - 1):
        return "startEvent" if number == 0 else "endEvent"
    return "exclusiveGateway" if number % 10 == 0 else "userTask"


def _node(number: int, ids: list[str], form_id: str) -> str:
    kind = _kind(number, ids)
    if kind == "exclusiveGateway":
        return f'<bpmn:exclusiveGateway id="{ids[number]}" default="F{number}"/>'
    if kind != "userTask":
        return f'<bpmn:{kind} id="{ids[number]}"/>'
    return (
        f'<bpmn:userTask id="{ids[number]}" name="Step {number}"><bpmn:extensionElements><zeebe:userTask/>'
        f'<zeebe:formDefinition formId="{form_id}"/><zeebe:assignmentDefinition candidateGroups="process_owner"/>'
        f'<zeebe:properties><zeebe:property name="clause8:name.id" value="Langkah {number}"/></zeebe:properties>'
        "</bpmn:extensionElements></bpmn:userTask>"
    )


def _flows(ids: list[str]) -> Iterator[tuple[str, int, int]]:
    for number in range(len(ids) - 1):
        yield f"F{number}", number, number + 1
    for number in range(10, len(ids) - 1, 10):
        yield f"X{number}", number, len(ids) - 1


def _flow(flow_id: str, source: int, target: int) -> str:
    ends = f'sourceRef="N{source}" targetRef="N{target}"'
    if flow_id.startswith("F"):
        return f'<bpmn:sequenceFlow id="{flow_id}" {ends}/>'
    condition = '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=false</bpmn:conditionExpression>'
    return f'<bpmn:sequenceFlow id="{flow_id}" {ends}>{condition}</bpmn:sequenceFlow>'


def _place(number: int, ids: list[str]) -> tuple[int, int, int, int]:
    width, height = _SIZES.get(_kind(number, ids), (36, 36))
    row, column = divmod(number, _ROW)
    return 200 + column * 160 - width // 2, 120 + row * 140 - height // 2, width, height


def _shape(number: int, ids: list[str]) -> str:
    x, y, width, height = _place(number, ids)
    bounds = f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}"/>'
    return f'<bpmndi:BPMNShape id="{ids[number]}_di" bpmnElement="{ids[number]}">{bounds}</bpmndi:BPMNShape>'


def _edge(flow_id: str, source: int, target: int, ids: list[str]) -> str:
    points = []
    for number in (source, target):
        x, y, width, height = _place(number, ids)
        points.append(f'<di:waypoint x="{x + width // 2}" y="{y + height // 2}"/>')
    edge = "".join(points)
    return f'<bpmndi:BPMNEdge id="{flow_id}_di" bpmnElement="{flow_id}">{edge}</bpmndi:BPMNEdge>'
