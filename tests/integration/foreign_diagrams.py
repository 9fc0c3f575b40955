"""Diagrams as other tools write them: prefixes, extensions, encodings; each written for these tests."""

from __future__ import annotations

_MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DI = (
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def shapes(*ids: str) -> str:
    """Return the drawing of these elements."""
    drawn = "".join(
        f'<bpmndi:BPMNShape id="{one}_di" bpmnElement="{one}"><dc:Bounds x="{number}" y="0.0" width="100" height="80"/>'
        "<bpmndi:BPMNLabel/></bpmndi:BPMNShape>"
        for number, one in enumerate(ids)
    )
    plane = f'<bpmndi:BPMNPlane id="P" bpmnElement="p">{drawn}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="D">{plane}</bpmndi:BPMNDiagram>'


def prefixed(prefix: str, body: str, rest: str = "", attributes: str = "") -> str:
    """Return a file whose BPMN tags, written `<~tag`, have a prefix."""
    colon = f"{prefix}:" if prefix else ""
    namespace = f"xmlns:{prefix}" if prefix else "xmlns"
    head = f'<~definitions {namespace}="{_MODEL}" {_DI} id="d" targetNamespace="urn:x" {attributes}>'
    text = f"{head}{body}{rest}</~definitions>"
    return text.replace("</~", f"</{colon}").replace("<~", f"<{colon}")


_FLOW = (
    '<~startEvent id="s"><~outgoing>f1</~outgoing></~startEvent>'
    '<~userTask id="t" name="Tugas é €"><~incoming>f1</~incoming>'
    '<~outgoing>f2</~outgoing></~userTask><~endEvent id="e"/><~sequenceFlow id="f1" sourceRef="s" targetRef="t"/>'
    '<~sequenceFlow id="f2" sourceRef="t" targetRef="e"/>'
)
_PROCESS = f'<~process id="p" isExecutable="true">{_FLOW}</~process>'
_PAPER = f'<~process id="p" isExecutable="false">{_FLOW}</~process>'
_DECLARED = '<?xml version="1.0" encoding="{}"?>\n'

#: A modeller on a desktop that puts its own data into extension elements, an executable process.
_EXTENDED = prefixed(
    "semantic",
    '<~extensionElements><acme:meta xmlns:acme="urn:acme" key="author"><acme:deep><acme:er/></acme:deep></acme:meta>'
    '</~extensionElements><~itemDefinition id="i1" structureRef="xsd:string"/><~interface id="if1" name="I">'
    '<~operation id="op1" name="O"><~inMessageRef>m1</~inMessageRef></~operation></~interface>'
    '<~message id="m1" itemRef="i1"/><~resource id="r1" name="R"/>'
    '<~category id="c1"><~categoryValue id="cv1"/></~category>'
    '<~globalUserTask id="gt1"/><~dataStore id="ds1" name="Store" capacity="3" isUnlimited="false"/>'
    '<~relationship id="rel1" type="x" direction="None"><~source>p</~source><~target>p</~target></~relationship>'
    + _PROCESS.replace(
        '<~endEvent id="e"/>',
        '<~endEvent id="e"/><~ioSpecification><~dataInput id="di1" isCollection="false"/><~inputSet/><~outputSet/>'
        '</~ioSpecification><~textAnnotation id="ta"><~text>é</~text></~textAnnotation>'
        '<~association id="as" sourceRef="t" targetRef="ta"/><~group id="g1" categoryValueRef="cv1"/>'
        '<~dataObject id="do1"/><~dataObjectReference id="dor1" dataObjectRef="do1"/>',
    ),
    shapes("s", "t", "e"),
    'exporter="Somebody" exporterVersion="12.1" expressionLanguage="http://www.w3.org/1999/XPath"',
)
#: Pools: a drawn partner, one that runs, one on paper; lanes with performers.
_POOLS = prefixed(
    "bpmn2",
    '<~collaboration id="co"><~participant id="a" name="Partner"/><~participant id="b" processRef="p">'
    '<~participantMultiplicity minimum="0" maximum="3"/></~participant><~participant id="c" processRef="paper"/>'
    '<~messageFlow id="mf" sourceRef="a" targetRef="t"/><~conversation id="cv"/></~collaboration>'
    + _PROCESS.replace("<~startEvent", '<~laneSet id="ls"><~lane id="l1" name="L"><~flowNodeRef>t</~flowNodeRef>'
                       '<~childLaneSet id="ls2"><~lane id="l2"/></~childLaneSet></~lane></~laneSet><~startEvent', 1)
    + '<~process id="paper" isExecutable="false"><~complexGateway id="cg"/><~task/></~process>',
    shapes("t"),
    'xsi:schemaLocation="http://www.omg.org/spec/BPMN/20100524/MODEL BPMN20.xsd"',
)  # fmt: skip

#: Name -> file; all of these are deployed.
DEPLOYED: dict[str, bytes] = {
    "without-prefix": prefixed("", _PROCESS).encode(),
    "long-prefix": prefixed("omg-bpmn_2.0", _PROCESS, shapes("s", "t")).encode(),
    "utf-8-with-mark": b"\xef\xbb\xbf" + (_DECLARED.format("UTF-8") + prefixed("bpmn", _PROCESS)).encode(),
    "utf-16": (_DECLARED.format("UTF-16") + prefixed("bpmn", _PROCESS)).encode("utf-16"),
    "utf-16-big": b"\xfe\xff" + prefixed("bpmn", _PROCESS).encode("utf-16-be"),
    "windows-1252": (_DECLARED.format("windows-1252") + prefixed("bpmn", _PROCESS)).encode("cp1252"),
    "latin": (_DECLARED.format("ISO-8859-1") + prefixed("bpmn", _PROCESS.replace("€", "E"))).encode("latin-1"),
    "carriage-returns": prefixed("bpmn", _PROCESS).replace("><", ">\r\n\t<").encode(),
    "vendor-extensions": _EXTENDED.encode(),
    "pools": _POOLS.encode(),
    "identifiers-of-guids": prefixed("", _PROCESS.replace('"t"', '"_6-A1.b_é"')).encode(),
    "large": prefixed("bpmn", _PROCESS, shapes(*(f"x{number}" for number in range(36_000)))).encode(),
}
#: Name -> file and the element that a finding names, "" where the whole file is meant.
REFUSED: dict[str, tuple[bytes, str]] = {
    "all-on-paper": (prefixed("", _PAPER, shapes("s")).encode(), ""),
    "no-process": (
        prefixed("bpmn", '<~choreography id="ch"><~choreographyTask id="ct"/></~choreography>').encode(),
        "",
    ),
    "executable-in-capitals": (prefixed("", _PROCESS.replace('"true"', '"TRUE"')).encode(), ""),
    "camunda-7": (
        prefixed(
            "bpmn",
            _PROCESS.replace("userTask", "serviceTask").replace('name="', 'camunda:class="org.example.Do" name="'),
            attributes='xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
        ).encode(),
        "t",
    ),
    "bpmn-1": (b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1" Id="p"/>', ""),
    "wrong-encoding": ((_DECLARED.format("UTF-16") + prefixed("", _PROCESS)).encode() + b"\xff\xfe", ""),
    "dangling-flow": (prefixed("", _PROCESS.replace('targetRef="e"', 'targetRef="gone"')).encode(), "f2"),
    "same-id-twice": (prefixed("", _PROCESS.replace('id="e"', 'id="t"')).encode(), "t"),
    "without-ids": (prefixed("", _PROCESS.replace(' id="t"', "").replace(' id="f1"', "")).encode(), ""),
    "script-of-a-language": (
        prefixed("", _PROCESS.replace("userTask", "scriptTask").replace("<~incoming>f1</~incoming>", "")).encode(),
        "t",
    ),
    "nothing": (b"", ""),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ""),
}
