"""A scenario plays its own procedure: the clock does not start the others."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from engine.testing import play_file

_DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
  <bpmn:process id="{name}" isExecutable="true">
    <bpmn:startEvent id="Start">
      <bpmn:timerEventDefinition>
        <bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/P1D</bpmn:timeCycle>
      </bpmn:timerEventDefinition>
    </bpmn:startEvent>
    <bpmn:sequenceFlow id="f" sourceRef="Start" targetRef="T_{name}"/>
    <bpmn:userTask id="T_{name}">
      <bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="g" sourceRef="T_{name}" targetRef="End"/>
    <bpmn:endEvent id="End"/>
  </bpmn:process>
</bpmn:definitions>
"""


@pytest.mark.parametrize("own", ["daily", "other"])
def test_only_the_own_procedure_is_started_by_the_clock(own: str, database_url: str, tmp_path: Path) -> None:
    for name in ("daily", "other"):
        folder = tmp_path / "processes" / name
        (folder / "scenarios").mkdir(parents=True)
        (folder / f"{name}.bpmn").write_text(_DIAGRAM.format(name=name))
    path = tmp_path / "processes" / own / "scenarios" / "a-day.yaml"
    step = {"do": "advance", "by": "P1D", "expect": {"active_user_tasks": {f"T_{own}": 1}}}
    path.write_text(yaml.safe_dump({"id": "a-day", "clock": "2030-01-01T00:00:00Z", "steps": [step]}))
    assert play_file(path, database_url) == []
