"""Compensation and transactions."""

from __future__ import annotations

from tests.features.notation import boundary, bpmn, event_subprocess, script
from tests.features.player import Player

UNDO = "<compensateEventDefinition/>"


def undoable(name: str) -> str:
    """Return a user task with a handler that appends its name to `log`."""
    handler = script(f"u{name}", f'log + "{name}"', "log").replace(
        "<scriptTask", '<scriptTask isForCompensation="true"'
    )
    association = f'<association id="as_{name}" sourceRef="c{name}" targetRef="u{name}"/>'
    return f"<user {name}> {boundary(f'c{name}', name, UNDO)} {handler} {association}"


def throw(attributes: str = "") -> str:
    return f'<intermediateThrowEvent id="undo"><compensateEventDefinition {attributes}/></intermediateThrowEvent>'


def test_only_what_completed_is_undone_and_only_once(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> <and f> {undoable("a")} {undoable("b")} <user x> {throw()} <user y>
            <intermediateThrowEvent id="again"><compensateEventDefinition/></intermediateThrowEvent> <user z>
            s -> f
            f -> a
            f -> b
            f -> x
            x -> undo
            undo -> y
            y -> again
            again -> z
            """
        )
    )
    instance = player.start("p", {"log": ""})
    player.complete("a")
    player.complete("x")
    assert instance.variables[instance.key]["log"] == "a"
    player.complete("b")
    player.complete("y")
    assert instance.variables[instance.key]["log"] == "ab"
    assert player.active() == {"z": 1}


def test_handlers_in_a_completed_subprocess_see_its_variables(player: Player) -> None:
    mapping = '<zeebe:ioMapping><zeebe:input source="= 7" target="room"/></zeebe:ioMapping>'
    extensions = f"<extensionElements>{mapping}</extensionElements>"
    handler = script("ua", "string(room)", "log").replace("<scriptTask", '<scriptTask isForCompensation="true"')
    player.deploy(
        bpmn(
            f"""<start s> <subProcess id="sub">{extensions}<startEvent id="s2"/> <user a>
            {boundary("ca", "a", UNDO)} {handler}
            <association id="as" sourceRef="ca" targetRef="ua"/>
            s2 -> a
            </subProcess> {throw('activityRef="sub"')} <user z>
            s -> sub
            sub -> undo
            undo -> z
            """
        )
    )
    instance = player.start("p", {"log": ""})
    player.complete("a")
    assert instance.variables[instance.key]["log"] == "7"
    assert player.active() == {"z": 1}


def test_a_compensation_event_subprocess_undoes_its_subprocess(player: Player) -> None:
    inner = """<user h>
        e_start -> h
        """
    player.deploy(
        bpmn(
            f"""<start s> <subProcess id="sub"><startEvent id="s2"/> <user a>
            s2 -> a
            {event_subprocess("e", UNDO, inner)}</subProcess> {throw()} <user z>
            s -> sub
            sub -> undo
            undo -> z
            """
        )
    )
    player.start("p")
    player.complete("a")
    assert player.active() == {"h": 1}
    player.complete("h")
    assert player.active() == {"z": 1}


def test_an_event_subprocess_undoes_what_its_scope_did(player: Player) -> None:
    inner = f"""{throw()} <user h>
        e_start -> undo
        undo -> h
        """
    player.deploy(
        bpmn(
            f"""<start s> {undoable("a")} <user b>
            s -> a
            a -> b
            {event_subprocess("e", '<signalEventDefinition signalRef="S"/>', inner)}""",
            '<signal id="S" name="stop"/>',
        )
    )
    instance = player.start("p", {"log": ""})
    player.complete("a")
    player.broadcast("stop", {})
    assert instance.variables[instance.key]["log"] == "a"
    assert player.active() == {"h": 1}


def transaction(inside: str) -> bytes:
    cancel = '<endEvent id="stop"><cancelEventDefinition/></endEvent>'
    return bpmn(
        f"""<start s> <transaction id="tx"><startEvent id="s2"/> {cancel} {inside}</transaction>
        {boundary("c", "tx", "<cancelEventDefinition/>")} <user canceled> <user done>
        s -> tx
        tx -> done
        c -> canceled
        """
    )


def test_a_canceled_transaction_undoes_and_leaves_by_its_edge(player: Player) -> None:
    player.deploy(
        transaction(
            f"""<and f> {undoable("a")} <user slow> <user quit>
            s2 -> f
            f -> a
            f -> slow
            f -> quit
            quit -> stop
            """
        )
    )
    instance = player.start("p", {"log": ""})
    player.complete("a")
    player.complete("quit")
    assert instance.variables[instance.key]["log"] == "a"
    assert player.active() == {"canceled": 1}
    assert player.canceled["tx"] == 1


def test_a_transaction_that_ends_well_is_a_subprocess(player: Player) -> None:
    player.deploy(
        transaction(
            """<xor g> <user a> <end e>
            s2 -> g
            g -> stop if bad
            g -> a if not(bad)
            a -> e
            """
        )
    )
    player.start("p", {"bad": False})
    player.complete("a")
    assert player.active() == {"done": 1}
