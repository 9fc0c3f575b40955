"""Files as they come: encodings, prefixes, vendors, attacks. Findings, never a traceback."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bpmn import parse
from engine.errors import DefinitionInvalid
from engine.model import Label
from tests.features.notation import bpmn, extended, message, timer

PLAIN = bpmn('<start s> <userTask id="a" name="Prüfen"/>\ns -> a\n').decode()


@pytest.mark.parametrize(
    "source",
    [
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + PLAIN).encode("utf-16"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>' + PLAIN).encode("latin-1"),
        PLAIN.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=").encode(),
        PLAIN.replace("</definitions>", "<!-- note --><?app hint?></definitions>").encode(),
        PLAIN.replace("<definitions", '<definitions xmlns:acme="urn:acme" acme:tool="1"').encode(),
        PLAIN.replace("</process>", "<extensionElements><x xmlns='urn:acme'/></extensionElements></process>").encode(),
    ],
)
def test_the_same_diagram_in_other_clothes(source: bytes) -> None:
    (process,) = parse(source, "test.bpmn").processes
    assert process.elements["a"].name == Label("Prüfen", "Prüfen")


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (b"", "xml"),
        (b"\x00\x01\x02", "xml"),
        (b"not xml", "xml"),
        (PLAIN[:-5].encode(), "xml"),
        (b"<html/>", "bpmn"),
        (b'<definitions xmlns="urn:other"/>', "bpmn"),
        ((BOMB + PLAIN.replace("Pr\u00fcfen", "&b;")).encode(), "dtd"),
        (('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + PLAIN).encode(), "dtd"),
        (('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + PLAIN).encode(), "dtd"),
        (("<a>" * 250 + "</a>" * 250).encode(), "depth"),
        (("<a>" * 5000 + "</a>" * 5000).encode(), "xml"),
        (b"<a>" + b" " * (10 * 1024 * 1024) + b"</a>", "size"),
        (b'<?xml version="1.0" encoding="bogus"?><a/>', "xml"),
    ],
)
def test_hostile_and_broken_files_are_refused_with_the_reason(source: bytes, rule: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse(source, "bad.bpmn")
    assert rule in {finding.rule for finding in refused.value.findings}


@given(st.binary(max_size=200))
def test_no_bytes_cause_anything_but_findings(source: bytes) -> None:
    with pytest.raises(DefinitionInvalid):
        parse(source, "bad.bpmn")


_TAGS = st.sampled_from(
    "process startEvent endEvent userTask serviceTask subProcess boundaryEvent sequenceFlow laneSet lane message "
    "intermediateCatchEvent messageEventDefinition timerEventDefinition timeDuration conditionExpression transaction "
    "multiInstanceLoopCharacteristics extensionElements exclusiveGateway callActivity error".split()
)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(
        "id name sourceRef targetRef attachedToRef default messageRef isExecutable triggeredByEvent".split()
    ),
    st.sampled_from(["a", "b", "c", "true", "", "x:a", "= 1"]),
    max_size=4,
)


@st.composite
def _nodes(draw: st.DrawFn, depth: int = 0) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in draw(_ATTRIBUTES).items())
    tag = draw(_TAGS)
    inner = (
        "".join(draw(st.lists(_nodes(depth + 1), max_size=3))) if depth < 4 else draw(st.sampled_from(["", "= 1", "x"]))
    )
    return f"<{tag}{attributes}>{inner}</{tag}>"


@given(st.lists(_nodes(), max_size=4))
def test_no_tree_of_bpmn_tags_causes_a_traceback(nodes: list[str]) -> None:
    start = '<process id="p" isExecutable="true"><startEvent id="s"/>'
    source = bpmn("").decode().replace('<process id="p" isExecutable="true">', start + "".join(nodes)).encode()
    with contextlib.suppress(DefinitionInvalid):
        parse(source, "odd.bpmn")


def test_elements_tell_what_they_need() -> None:
    source = bpmn(
        extended("startEvent", "s", '<zeebe:formDefinition formId="F_start" bindingType="deployment"/>')
        + extended(
            "userTask",
            "a",
            '<zeebe:assignmentDefinition candidateGroups="desk, cab"/><zeebe:formDefinition formId="F_a"/>'
            '<zeebe:properties><zeebe:property name="clause8:name.id" value="Periksa"/></zeebe:properties>',
            attributes='name="Check"',
        )
        + extended("callActivity", "c", '<zeebe:calledElement processId="sub_vote"/>')
        + extended("businessRuleTask", "d", '<zeebe:calledDecision decisionId="risk" resultVariable="r"/>')
        + extended("serviceTask", "w", '<zeebe:taskDefinition type="mail"/>')
        + "\ns -> a\na -> c\nc -> d\nd -> w\n",
        extensions='<extensionElements><zeebe:versionTag value="v1"/><zeebe:properties>'
        '<zeebe:property name="clause8:prefix" value="CHG"/></zeebe:properties></extensionElements>',
    )
    (process,) = parse(source, "test.bpmn").processes
    assert process.version_tag == "v1"
    assert process.properties == {"clause8:prefix": "CHG"}
    assert process.start_events[0].form_id == "F_start"
    assert process.elements["a"].name == Label("Check", "Periksa")
    assert process.elements["a"].candidate_groups == "desk, cab"
    assert process.referenced.form_ids == ("F_start", "F_a")
    assert (process.referenced.process_ids, process.referenced.decision_ids) == (("sub_vote",), ("risk",))
    assert process.referenced.job_types == ("mail",)


def test_start_events_tell_what_they_wait_for() -> None:
    source = bpmn(
        '<startEvent id="m"><messageEventDefinition messageRef="M"/></startEvent>'
        f'<startEvent id="t">{timer("cycle", "R3/PT1H")}</startEvent>'
        '<startEvent id="g"><signalEventDefinition signalRef="S"/></startEvent>'
        "<task a>\nm -> a\nt -> a\ng -> a\n",
        message("M", "", "Change_requested") + '<signal id="S" name="go"/>',
    )
    (process,) = parse(source, "test.bpmn").processes
    found = {start.element_id: (start.kind, start.message_name, start.signal_name) for start in process.start_events}
    assert found == {"m": ("message", "Change_requested", ""), "t": ("timer", "", ""), "g": ("signal", "", "go")}
