"""The files that a new process, decision or form begins as: small, valid, to be drawn on."""

from __future__ import annotations

import json
import re
from xml.sax.saxutils import quoteattr

from engine import ResourceFile

_ID = re.compile(r"[A-Za-z_][\w.-]{0,99}", re.ASCII)
_BPMN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" \
xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_1" targetNamespace="http://clause8/processes" \
modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <bpmn:process id={id} name={name} isExecutable="true">
    <bpmn:extensionElements>
      <zeebe:properties>
        <zeebe:property name="clause8:name.id" value={name_id} />
      </zeebe:properties>
    </bpmn:extensionElements>
    <bpmn:startEvent id="Start_1">
      <bpmn:outgoing>Flow_1</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="Start_1" targetRef="End_1" />
    <bpmn:endEvent id="End_1">
      <bpmn:incoming>Flow_1</bpmn:incoming>
    </bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_1">
    <bpmndi:BPMNPlane id="Plane_1" bpmnElement={id}>
      <bpmndi:BPMNShape id="Start_1_di" bpmnElement="Start_1">
        <dc:Bounds x="180" y="160" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="End_1_di" bpmnElement="End_1">
        <dc:Bounds x="480" y="160" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="Flow_1_di" bpmnElement="Flow_1">
        <di:waypoint x="216" y="178" />
        <di:waypoint x="480" y="178" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
_DMN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" \
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" \
id="Definitions_1" name={name} namespace="http://clause8/decisions" \
modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <decision id={id} name={name}>
    <extensionElements>
      <zeebe:properties>
        <zeebe:property name="clause8:name.id" value={name_id} />
      </zeebe:properties>
    </extensionElements>
    <decisionTable id="Table_1" hitPolicy="UNIQUE">
      <input id="Input_1" label="amount">
        <inputExpression id="InputExpression_1" typeRef="number">
          <text>amount</text>
        </inputExpression>
      </input>
      <output id="Output_1" label="result" name="result" typeRef="string" />
      <rule id="Rule_1">
        <inputEntry id="Cell_1"><text>-</text></inputEntry>
        <outputEntry id="Cell_2"><text>"standard"</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram>
      <dmndi:DMNShape dmnElementRef={id}><dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""


def is_id(text: str) -> bool:
    """Return whether a text can be the id of a process, decision or form."""
    return _ID.fullmatch(text) is not None


def blank_file(kind: str, identity: str, name: str, name_id: str) -> ResourceFile:
    """Return a new file of `kind`: bpmn, dmn or form. The id must be one by `is_id`."""
    if kind == "form":
        return ResourceFile(f"{identity}.form", _form(identity, name, name_id))
    facts = {"id": quoteattr(identity), "name": quoteattr(name), "name_id": quoteattr(name_id)}
    template = _BPMN if kind == "bpmn" else _DMN
    return ResourceFile(f"{identity}.{kind}", template.format(**facts).encode())


def _form(identity: str, name: str, name_id: str) -> bytes:
    heading = {"type": "text", "id": f"{identity}_1", "text": f"### {name}", "text_id": f"### {name_id}"}
    form = {
        "type": "default",
        "id": identity,
        "schemaVersion": 19,
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.8.0",
        "components": [heading],
    }
    return json.dumps(form, indent=2, ensure_ascii=False).encode()
