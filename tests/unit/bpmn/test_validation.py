"""Every rule names line, element, reason and cure; what only may go wrong is a warning."""

from __future__ import annotations

import pytest

from engine.bpmn import parse
from engine.errors import DefinitionInvalid
from engine.model import Finding
from tests.features.notation import boundary, bpmn, definitions, event_subprocess, extended, message, process, timer

ERROR = '<error id="E" errorCode="e"/><error id="N"/>'
SIGNAL = '<signal id="S" name="s"/>'
M = '<messageEventDefinition messageRef="M"/>'
G = '<signalEventDefinition signalRef="S"/>'
PRIORITY = '<zeebe:priorityDefinition priority="high"/>'
UNTARGETED = '<zeebe:ioMapping><zeebe:input source="=1"/></zeebe:ioMapping>'
OK = "<user a>\ns -> a\n"


def findings(source: bytes) -> list[Finding]:
    try:
        return list(parse(source, "test.bpmn").warnings)
    except DefinitionInvalid as refused:
        return [finding for finding in refused.findings if finding.is_error]


def rules(source: bytes) -> set[tuple[str, str | None]]:
    return {(finding.rule, finding.element_id) for finding in findings(source)}


REFUSED = {
    "no start": (bpmn("<user a>"), ("no-start", "p")),
    "two none starts": (bpmn(f"<start s> <start t> {OK}t -> a\n"), ("starts", "t")),
    "unreachable": (bpmn(f"<start s> {OK} <user lost>"), ("unreachable", "lost")),
    "unreachable inside": (
        bpmn(f'<start s> {OK} <subProcess id="x"><startEvent id="y"/> <user lost></subProcess>\na -> x\n'),
        ("unreachable", "lost"),
    ),
    "dangling flow": (bpmn(f"<start s> {OK}a -> nobody\n"), ("dangling-flow", "a_nobody")),
    "flow across a border": (
        bpmn(f'<start s> {OK} <subProcess id="x"><startEvent id="y"/></subProcess>\na -> x\ny -> a\n'),
        ("crossing-flow", "y_a"),
    ),
    "flow into a start": (bpmn(f"<start s> {OK}a -> s\n"), ("wrong-flow", "a_s")),
    "flow out of an end": (bpmn(f"<start s> {OK} <end e>\na -> e\ne -> a\n"), ("wrong-flow", "e_a")),
    "duplicate id": (bpmn(f'<start s> {OK} <task id="a"/>'), ("duplicate-id", "a")),
    "complex gateway": (bpmn(f'<start s> {OK} <complexGateway id="g"/>\na -> g\n'), ("unsupported", "g")),
    "several events": (
        bpmn(f'<start s> {OK} <intermediateCatchEvent id="c">{M}{M}</intermediateCatchEvent>\na -> c\n', message("M")),
        ("unsupported", "c"),
    ),
    "none catch": (bpmn(f'<start s> {OK} <intermediateCatchEvent id="c"/>\na -> c\n'), ("unsupported", "c")),
    "boundary on a gateway": (
        bpmn(f"<start s> {OK} <xor g> {boundary('b', 'g', timer('duration', 'PT1H'))}\na -> g\n"),
        ("boundary-host", "b"),
    ),
    "boundary on nothing": (
        bpmn(f"<start s> {OK} {boundary('b', 'nobody', timer('duration', 'PT1H'))}"),
        ("boundary-host", "b"),
    ),
    "cancel on a task": (
        bpmn(f"<start s> {OK} {boundary('b', 'a', '<cancelEventDefinition/>')}"),
        ("boundary-host", "b"),
    ),
    "escalation on a task": (
        bpmn(f"<start s> {OK} {boundary('b', 'a', '<escalationEventDefinition/>')}"),
        ("boundary-host", "b"),
    ),
    "non-interrupting error": (
        bpmn(f"<start s> {OK} {boundary('b', 'a', '<errorEventDefinition/>', interrupting=False)}"),
        ("interrupting", "b"),
    ),
    "two that catch the same": (
        bpmn(
            f"<start s> {OK} {boundary('b', 'a', '<errorEventDefinition/>')} "
            f"{boundary('c', 'a', '<errorEventDefinition/>')}"
        ),
        ("ambiguous", "c"),
    ),
    "two starts by one message": (
        bpmn(f'<startEvent id="s">{M}</startEvent><startEvent id="t">{M}</startEvent>{OK}t -> a\n', message("M", "")),
        ("ambiguous", "t"),
    ),
    "ad-hoc led by a worker": (
        bpmn(
            "<start s> "
            + extended("adHocSubProcess", "h", '<zeebe:taskDefinition type="agent"/>', '<task id="x"/>')
            + "\ns -> h\n"
        ),
        ("unsupported", "h"),
    ),
    "message without key": (
        bpmn(f'<start s> {OK} <receiveTask id="r" messageRef="M"/>\na -> r\n', message("M", "")),
        ("correlation-key", "r"),
    ),
    "unknown message": (
        bpmn(f'<start s> {OK} <receiveTask id="r" messageRef="M"/>\na -> r\n'),
        ("unknown-reference", "r"),
    ),
    "unknown signal": (
        bpmn(f'<start s> {OK} <endEvent id="e"><signalEventDefinition signalRef="S"/></endEvent>\na -> e\n'),
        ("unknown-reference", "e"),
    ),
    "error without code": (
        bpmn(f'<start s> {OK} <endEvent id="e"><errorEventDefinition errorRef="N"/></endEvent>\na -> e\n', ERROR),
        ("code", "e"),
    ),
    "link without target": (
        bpmn(
            f'<start s> {OK} <intermediateThrowEvent id="l"><linkEventDefinition name="x"/></intermediateThrowEvent>'
            "\na -> l\n"
        ),
        ("link", "l"),
    ),
    "cancel end outside": (
        bpmn(f'<start s> {OK} <endEvent id="e"><cancelEventDefinition/></endEvent>\na -> e\n'),
        ("cancel", "e"),
    ),
    "compensation without handler": (
        bpmn(f"<start s> {OK} {boundary('b', 'a', '<compensateEventDefinition/>')}"),
        ("compensation", "b"),
    ),
    "condition is no FEEL": (
        bpmn("<start s> <xor g> <user a> <user b>\ns -> g\ng -> a if x >\ng -> b if y\n"),
        ("feel", "g_a"),
    ),
    "no condition": (bpmn("<start s> <xor g> <user a> <user b>\ns -> g\ng -> a if x\ng -> b\n"), ("no-condition", "g")),
    "condition behind a fork": (
        bpmn("<start s> <and g> <user a> <user b>\ns -> g\ng -> a if x\ng -> b\n"),
        ("condition", "g_a"),
    ),
    "foreign default flow": (
        bpmn('<start s> <userTask id="a" default="s_a"/>\ns -> a\n'),
        ("default-flow", "a"),
    ),
    "event gateway to a task": (
        bpmn("<start s> <event g> <user a> <user b>\ns -> g\ng -> a\ng -> b\n"),
        ("event-gateway", "g"),
    ),
    "timer without time": (
        bpmn(f"<start s> {OK} {boundary('b', 'a', '<timerEventDefinition/>')}"),
        ("timer", "b"),
    ),
    "timer that is none": (bpmn(f"<start s> {OK} {boundary('b', 'a', timer('duration', '3 hours'))}"), ("timer", "b")),
    "repeating catch": (
        bpmn(
            f"<start s> {OK} <intermediateCatchEvent id='c'>{timer('cycle', 'R/PT1H')}</intermediateCatchEvent>"
            "\na -> c\n"
        ),
        ("timer", "c"),
    ),
    "service without type": (bpmn(f'<start s> {OK} <serviceTask id="w"/>\na -> w\n'), ("no-work", "w")),
    "script without script": (bpmn(f'<start s> {OK} <scriptTask id="w"/>\na -> w\n'), ("no-work", "w")),
    "call of nothing": (bpmn(f'<start s> {OK} <callActivity id="c"/>\na -> c\n'), ("missing", "c")),
    "loop without collection": (
        bpmn('<start s> <userTask id="a"><multiInstanceLoopCharacteristics/></userTask>\ns -> a\n'),
        ("loop", "a"),
    ),
    "task listener on a service": (
        bpmn(
            "<start s> "
            + extended(
                "serviceTask",
                "w",
                '<zeebe:taskDefinition type="x"/><zeebe:taskListeners>'
                '<zeebe:taskListener eventType="creating" type="y"/></zeebe:taskListeners>',
            )
            + "\ns -> w\n"
        ),
        ("task-listener", "w"),
    ),
    "wrong priority": (
        bpmn(f"<start s> {extended('userTask', 'a', PRIORITY)}\ns -> a\n"),
        ("constant", "a"),
    ),
    "sub-process without start": (
        bpmn(f'<start s> {OK} <subProcess id="x"><task id="y"/></subProcess>\na -> x\n'),
        ("starts", "x"),
    ),
    "event sub-process without event": (
        bpmn(f"<start s> {OK} {event_subprocess('e', '', '')}"),
        ("starts", "e"),
    ),
    "flow to an event sub-process": (
        bpmn(
            f"<start s> {OK} {event_subprocess('e', G, '')}\na -> e\n",
            SIGNAL,
        ),
        ("wrong-flow", "a_e"),
    ),
    "mapping without target": (
        bpmn(f"<start s> {extended('userTask', 'a', UNTARGETED)}\ns -> a\n"),
        ("missing", "a"),
    ),
    "no executable process": (definitions('<process id="p"><startEvent id="s"/></process>'), ("no-process", None)),
    "element without id": (bpmn(f"<start s> {OK} <userTask/>"), ("no-id", None)),
    "unknown element": (bpmn(f'<start s> {OK} <choreographyTask id="c"/>'), ("unsupported", "c")),
}


@pytest.mark.parametrize(("source", "expected"), REFUSED.values(), ids=REFUSED.keys())
def test_what_can_never_work_is_refused(source: bytes, expected: tuple[str, str | None]) -> None:
    assert expected in rules(source)


@pytest.mark.parametrize("source", [source for source, _ in REFUSED.values()], ids=REFUSED.keys())
def test_each_finding_says_where_why_and_what_to_do(source: bytes) -> None:
    for finding in findings(source):
        assert finding.file == "test.bpmn"
        assert finding.line is not None
        texts = (finding.reason.en, finding.reason.id, finding.cure.en, finding.cure.id)
        assert all(text.strip() for text in texts)


def test_all_problems_are_named_at_once() -> None:
    found = rules(bpmn('<start s> <serviceTask id="w"/> <user lost>\ns -> w\nw -> nobody\n'))
    assert {rule for rule, _ in found} == {"no-work", "unreachable", "dangling-flow"}


def test_a_feel_error_names_line_and_column() -> None:
    (finding,) = findings(bpmn("<start s> <xor g> <user a> <user b>\ns -> g\ng -> a if x +\ng -> b if y\n"))
    assert "column 6" in finding.reason.en
    assert "kolom 6" in finding.reason.id


def test_a_gateway_without_default_is_a_warning() -> None:
    source = bpmn("<start s> <xor g> <user a> <user b>\ns -> g\ng -> a if x\ng -> b if y\n")
    assert rules(source) == {("no-default", "g")}


def test_processes_that_are_not_executable_are_left_alone() -> None:
    other = '<process id="q" isExecutable="false"><serviceTask id="w"/></process>'
    definitions_ = parse(definitions(process("<start s>") + other), "test.bpmn")
    assert [found.process_id for found in definitions_.processes] == ["p"]


def test_drawn_things_without_meaning_are_accepted() -> None:
    drawn = (
        '<laneSet id="ls"><lane id="l1" name="Desk"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
        '<dataObject id="d"/><dataObjectReference id="dr" dataObjectRef="d"/><dataStoreReference id="ds"/>'
        '<textAnnotation id="t"><text>hello</text></textAnnotation><association id="as" sourceRef="a" targetRef="t"/>'
        '<group id="g"/>'
    )
    (found,) = parse(bpmn(f"<start s> {drawn} {OK}"), "test.bpmn").processes
    assert found.elements["a"].lanes == ("Desk",)
