"""Errors and escalations: who catches them, and what becomes of the rest."""

from __future__ import annotations

from tests.features.notation import boundary, bpmn, definitions, event_subprocess, extended, process, service
from tests.features.player import Player

ERRORS = '<error id="E1" errorCode="one"/><error id="E2" errorCode="two"/><escalation id="X" escalationCode="x"/>'


def throws(element_id: str, reference: str, kind: str = "error", tag: str = "endEvent") -> str:
    return f'<{tag} id="{element_id}"><{kind}EventDefinition {kind}Ref="{reference}"/></{tag}>'


def catches(reference: str = "", kind: str = "error") -> str:
    return f'<{kind}EventDefinition {kind}Ref="{reference}"/>' if reference else f"<{kind}EventDefinition/>"


def test_an_error_event_subprocess_ends_its_scope_and_goes_on_inside(player: Player) -> None:
    handler = """<user h>
        e_start -> h
        """
    player.deploy(
        bpmn(
            f"""<start s> <and f> <user a> <user b> {throws("boom", "E1")}
            s -> f
            f -> a
            f -> b
            a -> boom
            {event_subprocess("e", catches("E1"), handler)}""",
            ERRORS,
        )
    )
    instance = player.start("p")
    player.complete("a")
    assert player.active() == {"h": 1}
    assert player.canceled["b"] == 1
    player.complete("h")
    assert instance.is_ended


def test_an_error_thrown_again_in_its_handler_travels_outward(player: Player) -> None:
    handler = f"""<user h> {throws("again", "E1")}
        e_start -> h
        h -> again
        """
    player.deploy(
        bpmn(
            f"""<start s> <subProcess id="sub"><startEvent id="s2"/> {throws("boom", "E1")}
            s2 -> boom
            {event_subprocess("e", catches("E1"), handler)}</subProcess> {boundary("b", "sub", catches())} <user out>
            s -> sub
            b -> out
            """,
            ERRORS,
        )
    )
    player.start("p")
    assert player.active() == {"h": 1}
    player.complete("h")
    assert player.active() == {"out": 1}


def test_an_uncaught_error_is_a_fault_and_other_branches_go_on(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> <and f> {throws("boom", "E1")} <user a>
            s -> f
            f -> boom
            f -> a
            """,
            ERRORS,
        )
    )
    instance = player.start("p")
    assert [(fault.element_id, fault.kind) for _, fault in player.faults.values()] == [("boom", "unhandled_error")]
    player.complete("a")
    assert not instance.is_ended


def test_an_error_of_one_turn_ends_the_whole_loop(player: Player) -> None:
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="= [1,2,3]" inputElement="i"/>'
        "</extensionElements></multiInstanceLoopCharacteristics>"
    )
    player.deploy(
        bpmn(
            f"""<start s> <subProcess id="sub">{loop}<startEvent id="s2"/> <user a> {throws("boom", "E2")}
            s2 -> a
            a -> boom
            </subProcess> {boundary("b", "sub", catches("E2"))} <user out>
            s -> sub
            b -> out
            """,
            ERRORS,
        )
    )
    player.start("p")
    player.complete("a", i=2)
    assert player.active() == {"out": 1}
    assert player.canceled["a"] == 2
    assert player.canceled["sub"] == 3


def test_a_worker_may_throw_with_variables(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> {service("w")} {boundary("b", "w", catches("E1"))} <user fix>
            s -> w
            b -> fix
            """,
            ERRORS,
        )
    )
    instance = player.start("p")
    player.command(instance, "throw_error", player.open_jobs("w")[0], "one", "broken", {"why": 7})
    assert player.active() == {"fix": 1}
    assert instance.variables[instance.key] == {"why": 7}
    assert player.jobs == {}


def test_an_uncaught_error_in_a_called_process_leaves_the_child_alive(player: Player) -> None:
    call = extended("callActivity", "c", '<zeebe:calledElement processId="q"/>')
    player.deploy(
        definitions(
            ERRORS
            + process(
                f"""<start s> {call} {boundary("b", "c", catches("E2"))} <user out>
                s -> c
                b -> out
                """
            )
            + process(f"<start s3> {throws('boom', 'E1')} \ns3 -> boom\n", "q")
        )
    )
    player.start("p")
    player.settle()
    assert [(fault.element_id, fault.kind) for _, fault in player.faults.values()] == [("boom", "unhandled_error")]
    assert sum(not instance.is_ended for instance in player.instances.values()) == 2


def test_an_error_crosses_two_calls(player: Player) -> None:
    def call(called: str) -> str:
        return extended("callActivity", f"c_{called}", f'<zeebe:calledElement processId="{called}"/>')

    player.deploy(
        definitions(
            ERRORS
            + process(
                f"""<start s> {call("q")} {boundary("b", "c_q", catches("E1"))} <user out>
                s -> c_q
                b -> out
                """
            )
            + process(f"<start s3> {call('r')} \ns3 -> c_r\n", "q")
            + process(f"<start s4> {throws('boom', 'E1')} \ns4 -> boom\n", "r")
        )
    )
    root = player.start("p")
    player.settle()
    assert player.active() == {"out": 1}
    assert [instance.key for instance in player.instances.values() if not instance.is_ended] == [root.key]


def test_an_interrupting_escalation_ends_the_thrower(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> <subProcess id="sub"><startEvent id="s2"/>
            {throws("up", "X", "escalation", "intermediateThrowEvent")}
            <user a>
            s2 -> up
            up -> a
            </subProcess> {boundary("b", "sub", catches("X", "escalation"))} <user out>
            s -> sub
            b -> out
            """,
            ERRORS,
        )
    )
    player.start("p")
    assert player.active() == {"out": 1}
    assert player.canceled["up"] == 1


def test_an_escalation_handler_that_escalates_does_not_start_itself(player: Player) -> None:
    handler = f"""{throws("up2", "X", "escalation")}
        e_start -> up2
        """
    player.deploy(
        bpmn(
            f"""<start s> {throws("up", "X", "escalation")}
            s -> up
            {event_subprocess("e", catches("X", "escalation"), handler, interrupting=False)}""",
            ERRORS,
        )
    )
    assert player.start("p").is_ended
    assert player.completed["e"] == 1


def test_nobody_needs_to_catch_an_escalation(player: Player) -> None:
    player.deploy(bpmn(f"<start s> {throws('up', 'X', 'escalation')} \ns -> up\n", ERRORS))
    assert player.start("p").is_ended
