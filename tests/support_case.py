"""A small procedure with clocks: a case is registered, classified, worked on, waits for an answer, may get urgent."""

from __future__ import annotations

from pathlib import Path

from engine.model import ResourceFile
from tests.diagrams import diagram, user_task

_SHARED = Path(__file__).parents[1] / "processes" / "_shared"


def clock(on_entering: str = "", after: str = "") -> str:
    """Return the extension properties that tell clocks something."""
    named = {"clause8:clock": on_entering, "clause8:clock.after": after}
    inner = "".join(f'<zeebe:property name="{name}" value="{text}"/>' for name, text in named.items() if text)
    return f"<zeebe:properties>{inner}</zeebe:properties>"


def service(element_id: str, job_type: str, extensions: str) -> str:
    """Return a service task."""
    task = f'<extensionElements><zeebe:taskDefinition type="{job_type}"/>{extensions}</extensionElements>'
    return f'<serviceTask id="{element_id}" name="{element_id}">{task}</serviceTask>'


_OPEN = (
    '<zeebe:ioMapping><zeebe:input source="INC" target="type"/><zeebe:input source="=title" target="title"/>'
    '<zeebe:input source="=initiator" target="requester"/></zeebe:ioMapping>'
)
_MESSAGES = "".join(
    f'<bpmn:message id="m_{name}" name="{name}"><bpmn:extensionElements>'
    f'<zeebe:subscription correlationKey="=record.number"/></bpmn:extensionElements></bpmn:message>'
    for name in ("User_replied", "Sla_warning", "Sla_breach")
)
_INNER_FLOWS = """s2 -> T_diagnose
T_diagnose -> G
G -> E_reply if = next = "ask"
G -> S_raise if = next = "raise"
G -> e2 if = next = "resolve"
E_reply -> T_diagnose
S_raise -> T_diagnose"""


def _flows(lines: str) -> str:
    found = []
    for number, line in enumerate(lines.splitlines()):
        way, _, condition = line.partition(" if ")
        source, _, target = way.partition(" -> ")
        inner = (
            f'<conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</conditionExpression>'
            if condition
            else ""
        )
        found.append(f'<sequenceFlow id="i{number}" sourceRef="{source}" targetRef="{target}">{inner}</sequenceFlow>')
    return "".join(found)


def _boundary(name: str) -> str:
    share = '<zeebe:output source="=share" target="reached"/>'
    return (
        f'<boundaryEvent id="B_{name}" attachedToRef="SP" cancelActivity="false"><extensionElements><zeebe:ioMapping>'
        f'{share}</zeebe:ioMapping></extensionElements><messageEventDefinition id="d_{name}" messageRef="m_{name}"/>'
        "</boundaryEvent>"
    )


def _subprocess(pause: str) -> str:
    return (
        '<subProcess id="SP" name="Work on it"><startEvent id="s2"/>'
        f'{user_task("T_diagnose", groups="process_owner")}<exclusiveGateway id="G" />'
        f'<intermediateCatchEvent id="E_reply" name="Answer"><extensionElements>{clock(pause, "resume resolution")}'
        '</extensionElements><messageEventDefinition id="d" messageRef="m_User_replied"/></intermediateCatchEvent>'
        f"{service('S_raise', 'clause8:clock', clock(after='retarget response, resolution'))}"
        f'<endEvent id="e2"/>{_flows(_INNER_FLOWS)}</subProcess>{_boundary("Sla_warning")}{_boundary("Sla_breach")}'
    )


def support_case(
    *, pause: str = "pause resolution user_reply", start: str = "start response, resolution"
) -> ResourceFile:
    """Return the diagram."""
    elements = (
        f'<startEvent id="s"/>{service("S_register", "clause8:record.open", _OPEN + clock(after=start))}'
        '<userTask id="T_classify" name="Classify"><extensionElements><zeebe:userTask/>'
        f'<zeebe:assignmentDefinition candidateGroups="process_owner"/>{clock(after="stop response")}'
        f"</extensionElements></userTask>{_subprocess(pause)}"
        f'{service("S_stop", "clause8:clock", clock("stop resolution"))}<endEvent id="e"/>'
        f'{user_task("T_warned", groups="process_owner")}<endEvent id="e3"/>'
        f'{user_task("T_breach", groups="process_owner")}<endEvent id="e4"/>'
    )
    flows = """s -> S_register
    S_register -> T_classify
    T_classify -> SP
    SP -> S_stop
    S_stop -> e
    B_Sla_warning -> T_warned
    T_warned -> e3
    B_Sla_breach -> T_breach
    T_breach -> e4"""
    return diagram("support_case", elements, flows, _MESSAGES)


def clock_content() -> list[ResourceFile]:
    """Return the calendars, clocks and targets that are shipped."""
    paths = [*sorted((_SHARED / "calendars").glob("*.yaml")), _SHARED / "clocks.yaml", _SHARED / "dmn_sla_target.dmn"]
    return [ResourceFile(path.name, path.read_bytes()) for path in paths]
