"""Every expression of a diagram is compiled when it is deployed; a condition that is no boolean stops with a fault."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import parse
from engine.errors import DefinitionInvalid
from tests.features.notation import boundary, bpmn, extended, message, timer
from tests.features.player import Player

BAD = "= x +"
OK = "<start s> <user a>\ns -> a\n"
LOOP = "<multiInstanceLoopCharacteristics>{}</multiInstanceLoopCharacteristics>"


def user(extensions: str) -> bytes:
    """Return a process whose user task `a` has extension elements."""
    return bpmn(f"<start s> {extended('userTask', 'a', '<zeebe:userTask/>' + extensions)}\ns -> a\n")


def service(extensions: str, rest: str = "") -> bytes:
    """Return a process whose service task `a` has extension elements."""
    job = "" if "taskDefinition" in extensions else '<zeebe:taskDefinition type="work"/>'
    return bpmn(f"<start s> {extended('serviceTask', 'a', job + extensions, rest)}\ns -> a\n")


def caught(event: str, declarations: str) -> bytes:
    """Return a process with a boundary event `a` on a user task."""
    return bpmn(f"<start s> <user t>\ns -> t\n{boundary('a', 't', event)}", declarations)


def called(tag: str, extension: str) -> bytes:
    """Return a process with one task that calls something."""
    return bpmn(f"<start s> {extended(tag, 'a', extension)}\ns -> a\n")


def looped(extension: str, rest: str = "") -> bytes:
    """Return a process with a user task `a` for many items."""
    inside = f"<extensionElements>{extension}</extensionElements>{rest}"
    return bpmn(f'<start s> <userTask id="a">{LOOP.format(inside)}</userTask>\ns -> a\n')


COLLECTION = 'inputCollection="= xs" inputElement="each"'
PLACES = {
    "condition of a gateway": bpmn(f"<start s> <xor a> <user b> <user c>\ns -> a\na -> b if {BAD[2:]}\na -> c if y\n"),
    "condition of a task": bpmn(f"<start s> <user a> <user b>\ns -> a\na -> b if {BAD[2:]}\n"),
    "assignee": user(f'<zeebe:assignmentDefinition assignee="{BAD}"/>'),
    "candidate groups": user(f'<zeebe:assignmentDefinition candidateGroups="{BAD}"/>'),
    "candidate users": user(f'<zeebe:assignmentDefinition candidateUsers="{BAD}"/>'),
    "due date": user(f'<zeebe:taskSchedule dueDate="{BAD}"/>'),
    "follow-up date": user(f'<zeebe:taskSchedule followUpDate="{BAD}"/>'),
    "priority": user(f'<zeebe:priorityDefinition priority="{BAD}"/>'),
    "input mapping": service(f'<zeebe:ioMapping><zeebe:input source="{BAD}" target="y"/></zeebe:ioMapping>'),
    "output mapping": service(f'<zeebe:ioMapping><zeebe:output source="{BAD}" target="y"/></zeebe:ioMapping>'),
    "job type": service(f'<zeebe:taskDefinition type="{BAD}"/>'),
    "retries": service(f'<zeebe:taskDefinition type="work" retries="{BAD}"/>'),
    "listener": service(
        f'<zeebe:executionListeners><zeebe:executionListener eventType="end" type="{BAD}"/></zeebe:executionListeners>'
    ),
    "script": called("scriptTask", f'<zeebe:script expression="{BAD}" resultVariable="y"/>'),
    "called process": called("callActivity", f'<zeebe:calledElement processId="{BAD}"/>'),
    "called decision": called("businessRuleTask", f'<zeebe:calledDecision decisionId="{BAD}" resultVariable="y"/>'),
    "timer duration": caught(timer("duration", BAD), ""),
    "timer date": caught(timer("date", BAD), ""),
    "timer cycle": caught(timer("cycle", BAD), ""),
    "correlation key": caught('<messageEventDefinition messageRef="a"/>', message("a", BAD)),
    "message name": caught('<messageEventDefinition messageRef="a"/>', message("a", name=BAD)),
    "signal name": caught('<signalEventDefinition signalRef="a"/>', f'<signal id="a" name="{BAD}"/>'),
    "condition event": caught(
        f"<conditionalEventDefinition><condition>{BAD}</condition></conditionalEventDefinition>", ""
    ),
    "input collection": looped(f'<zeebe:loopCharacteristics inputCollection="{BAD}"/>'),
    "output element": looped(f'<zeebe:loopCharacteristics {COLLECTION} outputCollection="ys" outputElement="{BAD}"/>'),
    "completion condition": looped(
        f"<zeebe:loopCharacteristics {COLLECTION}/>", f"<completionCondition>{BAD}</completionCondition>"
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_syntax_error_refuses_the_diagram_with_element_line_and_column(place: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse(PLACES[place], "test.bpmn")
    found = [finding for finding in refused.value.findings if finding.rule == "feel"]
    assert found, refused.value.findings
    for finding in found:
        assert finding.line
        assert (finding.element_id or "").startswith("a")
        assert "Line 1, column 6" in finding.reason.en
        assert "Baris 1, kolom 6" in finding.reason.id


@pytest.mark.parametrize("tag", ["exclusiveGateway", "inclusiveGateway", "task"])
@pytest.mark.parametrize("value", ["yes", 1, None, [True], {"is": True}])
def test_a_condition_that_is_no_boolean_is_a_fault_and_never_the_default(player: Player, tag: str, value: Any) -> None:
    player.deploy(bpmn(f'<start s> <{tag} id="g" default="g_b"/> <user a> <user b>\ns -> g\ng -> a if x\ng -> b\n'))
    instance = player.start("p", {"x": value})
    ((key, (_, fault)),) = player.faults.items()
    assert (fault.element_id, fault.kind) == ("g", "extract_value_error")
    assert "boolean" in fault.reason.en or "true or false" in fault.reason.en
    assert player.active() == {}
    player.command(instance, "set_variables", instance.key, {"x": True})
    player.command(instance, "resolve_fault", key)
    assert player.active() == {"a": 1}
