"""Sub-processes, event sub-processes, terminate, ad-hoc, conditions, called processes, links."""

from __future__ import annotations

import pytest

from engine.bpmn.effects import InstanceEnded
from engine.errors import DefinitionInvalid, InputInvalid
from tests.features.notation import boundary, bpmn, definitions, event_subprocess, extended, process, script
from tests.features.player import Player


def condition(text: str, extensions: str = "") -> str:
    return f"<conditionalEventDefinition>{extensions}<condition>= {text}</condition></conditionalEventDefinition>"


def test_the_end_names_the_end_events_that_were_reached(player: Player) -> None:
    player.deploy(bpmn("<start s> <user a> <end good>\ns -> a\na -> good\n"))
    player.start("p")
    player.complete("a", {"x": 1})
    (ended,) = [effect for effect in player.history if isinstance(effect, InstanceEnded)]
    assert (ended.is_canceled, ended.variables, ended.end_element_ids) == (False, {"x": 1}, ("good",))


def test_terminate_in_a_called_process_ends_that_process_only(player: Player) -> None:
    call = extended("callActivity", "c", '<zeebe:calledElement processId="q"/>')
    inner = """<start s2> <and f> <user a> <user b> <endEvent id="t"><terminateEventDefinition/></endEvent>
        s2 -> f
        f -> a
        f -> b
        a -> t
        """
    player.deploy(definitions(process(f"<start s> {call} <user z>\ns -> c\nc -> z\n") + process(inner, "q")))
    player.start("p")
    player.settle()
    player.complete("a")
    assert player.active() == {"z": 1}


def test_a_missing_called_process_is_called_again_when_the_fault_is_resolved(player: Player) -> None:
    call = extended("callActivity", "c", '<zeebe:calledElement processId="q"/>')
    timer = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    player.deploy(
        bpmn(f"<start s> {call} {boundary('b', 'c', timer)} <user late> <user z>\ns -> c\nc -> z\nb -> late\n")
    )
    instance = player.start("p", {"x": 1})
    player.settle()
    ((key, (_, fault)),) = player.faults.items()
    assert fault.kind == "called_process_missing"
    player.deploy(bpmn(f"<start s2> {script('t', 'x + 1', 'y')}\ns2 -> t\n", process_id="q"))
    player.command(instance, "resolve_fault", key)
    player.settle()
    assert player.active() == {"z": 1}
    assert instance.variables[instance.key]["y"] == 2
    assert player.timers == {}


@pytest.mark.parametrize(("flag", "expected"), [("true", {"x": 1, "r": 2}), ("false", {"x": 1})])
def test_what_a_called_process_hands_back(player: Player, flag: str, expected: dict[str, int]) -> None:
    called = f'<zeebe:calledElement processId="q" propagateAllChildVariables="{flag}"/>'
    player.deploy(
        definitions(
            process(f"<start s> {extended('callActivity', 'c', called)} <user z>\ns -> c\nc -> z\n")
            + process(f"<start s2> {script('t', 'x + 1', 'r')}\ns2 -> t\n", "q")
        )
    )
    instance = player.start("p", {"x": 1})
    player.settle()
    assert instance.variables[instance.key] == expected


def test_a_condition_on_the_edge_fires_at_each_change_while_it_holds(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> <user a> {boundary("b", "a", condition("n &gt; 5"), interrupting=False)} <user r>
            s -> a
            b -> r
            """
        )
    )
    instance = player.start("p", {"n": 1})
    for n in (3, 6, 6, 7, 2):
        player.command(instance, "set_variables", instance.key, {"n": n})
    assert player.active() == {"a": 1, "r": 2}


def test_a_condition_may_look_at_some_variables_only(player: Player) -> None:
    limits = (
        '<extensionElements><zeebe:conditionalFilter variableNames="n" variableEvents="update"/></extensionElements>'
    )
    player.deploy(
        bpmn(
            f"""<start s> <user a> {boundary("b", "a", condition("other", limits), interrupting=False)} <user r>
            s -> a
            b -> r
            """
        )
    )
    instance = player.start("p", {"other": False})
    for change in ({"other": True}, {"n": 1}, {"n": 2}):
        player.command(instance, "set_variables", instance.key, change)
    assert player.active() == {"a": 1, "r": 1}


def test_an_interrupting_event_subprocess_ends_the_other_ones(player: Player) -> None:
    signal = '<signalEventDefinition signalRef="{}"/>'
    note = event_subprocess("e", signal.format("S"), "<user h>\ne_start -> h\n", interrupting=False)
    stop = event_subprocess("i", signal.format("T"), "<user k>\ni_start -> k\n")
    player.deploy(
        bpmn(
            f"""<start s> <user a>
            s -> a
            {note}{stop}""",
            '<signal id="S" name="note"/><signal id="T" name="stop"/>',
        )
    )
    instance = player.start("p")
    player.broadcast("note", {})
    player.broadcast("stop", {})
    player.broadcast("note", {})
    assert player.active() == {"k": 1}
    assert player.signals == {}
    player.complete("k")
    assert instance.is_ended


AD_HOC = """<start s> <adHocSubProcess id="h" {}>{}<user x> <user y> <user y2>
    y -> y2
    </adHocSubProcess> <user z>
    s -> h
    h -> z
    """


def test_an_ad_hoc_subprocess_looks_at_its_condition_at_the_end_of_each_path(player: Player) -> None:
    extensions = '<extensionElements><zeebe:adHoc activeElementsCollection="= todo"/></extensionElements>'
    until = "<completionCondition>= enough</completionCondition>"
    player.deploy(bpmn(AD_HOC.format('cancelRemainingInstances="false"', extensions + until)))
    player.start("p", {"todo": ["x", "y"], "enough": True})
    player.complete("y")
    assert player.active() == {"x": 1, "y2": 1}
    player.complete("y2")
    assert player.active() == {"x": 1}
    player.complete("x")
    assert player.active() == {"z": 1}


def test_elements_of_an_ad_hoc_subprocess_can_be_activated_later(player: Player) -> None:
    player.deploy(bpmn(AD_HOC.format("", "")))
    instance = player.start("p")
    (key,) = [row[0] for row in instance.live if row[1] == "h"]
    assert player.active() == {}
    with pytest.raises(InputInvalid):
        player.command(instance, "activate", key, ["y2"])
    player.command(instance, "activate", key, ["x", "x"])
    assert player.active() == {"x": 2}


def test_an_ad_hoc_subprocess_collects_what_each_path_ends_with(player: Player) -> None:
    collects = 'outputCollection="results" outputElement="= answer"'
    extensions = f'<extensionElements><zeebe:adHoc activeElementsCollection="= todo" {collects}/></extensionElements>'
    player.deploy(bpmn(AD_HOC.format("", extensions)))
    instance = player.start("p", {"todo": ["x", "y"]})
    player.complete("y", {"answer": 1})
    player.complete("y2", {"answer": 2})
    player.complete("x", {"answer": 3})
    assert player.active() == {"z": 1}
    assert instance.variables[instance.key]["results"] == [2, 3]


def test_an_output_collection_without_an_element_is_refused(player: Player) -> None:
    extensions = '<extensionElements><zeebe:adHoc outputCollection="results"/></extensionElements>'
    with pytest.raises(DefinitionInvalid, match="output element"):
        player.deploy(bpmn(AD_HOC.format("", extensions)))


@pytest.mark.parametrize("todo", [None, "x", ["nobody"], ["y2"], [5]])
def test_a_wrong_list_of_elements_is_a_fault(player: Player, todo: object) -> None:
    extensions = '<extensionElements><zeebe:adHoc activeElementsCollection="= todo"/></extensionElements>'
    player.deploy(bpmn(AD_HOC.format("", extensions)))
    player.start("p", {"todo": todo})
    assert [fault.element_id for _, fault in player.faults.values()] == ["h"]


def test_links_jump_inside_their_own_scope(player: Player) -> None:
    def link(tag: str, element_id: str) -> str:
        return f'<{tag} id="{element_id}"><linkEventDefinition name="L"/></{tag}>'

    scope = f"""{link("intermediateThrowEvent", "t{}")} {link("intermediateCatchEvent", "c{}")} <user a{{}}>
        s{{}} -> t{{}}
        c{{}} -> a{{}}
        """
    first, second = scope.replace("{}", "1"), scope.replace("{}", "2")
    player.deploy(
        bpmn(f"<start s1> {first} <subProcess id='a1x'><startEvent id='s2'/> {second}</subProcess>\na1 -> a1x\n")
    )
    player.start("p")
    player.complete("a1")
    assert player.active() == {"a2": 1}
