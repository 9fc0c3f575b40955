"""Messages and signals: catch, throw, start, boundary, event sub-process."""

from __future__ import annotations

import pytest

from engine.bpmn.effects import MessageThrown, SignalThrown
from tests.features.notation import boundary, bpmn, definitions, event_subprocess, extended, message, process, service
from tests.features.player import Player

M = '<messageEventDefinition messageRef="M"/>'


def throwing(element: str, declaration: str) -> bytes:
    return bpmn(f"<start s> {element} \ns -> t\n", declaration)


@pytest.mark.parametrize(("key", "expected"), [("= k", ["7"]), ('= [1, "b"]', ["1", "b"]), ("", [""])])
def test_a_throw_event_without_a_job_publishes_one_message_for_each_key(
    player: Player, key: str, expected: list[str]
) -> None:
    extensions = '<zeebe:ioMapping><zeebe:input source="= x + 1" target="y"/></zeebe:ioMapping>'
    event = extended("intermediateThrowEvent", "t", extensions, M)
    player.deploy(throwing(event, message("M", key)))
    player.start("p", {"k": 7, "x": 1})
    thrown = [effect for effect in player.history if isinstance(effect, MessageThrown)]
    assert [effect.correlation_key for effect in thrown] == expected
    assert all(effect.variables == {"y": 2} for effect in thrown)
    assert len({effect.message_id for effect in thrown}) == len(thrown)


def test_a_throw_event_with_a_task_definition_is_a_job(player: Player) -> None:
    event = extended("endEvent", "t", '<zeebe:taskDefinition type="send"/>', M)
    player.deploy(throwing(event, message("M")))
    instance = player.start("p", {"k": "1"})
    player.command(instance, "complete_job", player.open_jobs("t")[0], {})
    assert instance.is_ended
    assert not any(isinstance(effect, MessageThrown) for effect in player.history)


def test_the_name_of_a_message_may_be_feel(player: Player) -> None:
    declaration = message("M", name='= "order-" + kind').replace(
        'name="= "order-" + kind"', "name='= \"order-\" + kind'"
    )
    player.deploy(
        bpmn(
            f'<start s> <intermediateCatchEvent id="c">{M}</intermediateCatchEvent> <user a>\ns -> c\nc -> a\n',
            declaration,
        )
    )
    player.start("p", {"k": "1", "kind": "new"})
    assert player.publish("order-new", "1", {})
    assert player.active() == {"a": 1}


@pytest.mark.parametrize("key", [None, True, {"a": 1}, [1]])
def test_a_correlation_key_that_is_no_text_or_number_is_a_fault(player: Player, key: object) -> None:
    player.deploy(bpmn('<start s> <receiveTask id="c" messageRef="M"/>\ns -> c\n', message("M")))
    player.start("p", {"k": key})
    assert [fault.element_id for _, fault in player.faults.values()] == ["c"]
    assert player.subscriptions == {}


def test_a_non_interrupting_event_subprocess_runs_once_per_message(player: Player) -> None:
    inner = """<user h>
        e_start -> h
        """
    player.deploy(
        bpmn(
            f"""<start s> <user a>
            s -> a
            {event_subprocess("e", M, inner, interrupting=False)}""",
            message("M"),
        )
    )
    instance = player.start("p", {"k": "1"})
    for number in (1, 2):
        player.publish("M", "1", {"n": number})
    assert player.active() == {"a": 1, "h": 2}
    player.complete("a")
    assert player.subscriptions != {}
    player.complete("h")
    player.complete("h")
    assert instance.is_ended
    assert player.subscriptions == {}


def test_a_message_start_maps_what_came_with_the_message(player: Player) -> None:
    start = extended(
        "startEvent", "s", '<zeebe:ioMapping><zeebe:output source="= order.id" target="id"/></zeebe:ioMapping>', M
    )
    player.deploy(bpmn(f"{start} <user a>\ns -> a\n", message("M", "")))
    player.publish("M", "", {"order": {"id": 5}, "junk": 1})
    (instance,) = player.instances.values()
    assert instance.variables[instance.key] == {"id": 5}


def test_a_signal_carries_its_input_mapping_to_everybody(player: Player) -> None:
    thrown = extended(
        "endEvent",
        "t",
        '<zeebe:ioMapping><zeebe:input source="= 4" target="rate"/></zeebe:ioMapping>',
        '<signalEventDefinition signalRef="S"/>',
    )
    catch = '<intermediateCatchEvent id="c"><signalEventDefinition signalRef="S"/></intermediateCatchEvent>'
    player.deploy(
        definitions(
            '<signal id="S" name="sig"/>'
            + process(f"<start s> {thrown}\ns -> t\n")
            + process(f"<start s2> {catch} <user a>\ns2 -> c\nc -> a\n", "q")
        )
    )
    waiting = player.start("q")
    player.start("p", {"secret": 1})
    player.settle()
    assert waiting.variables[waiting.key] == {"rate": 4}
    assert sum(isinstance(effect, SignalThrown) for effect in player.history) == 1


def test_an_interrupting_boundary_message_ends_a_job_and_its_timer(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> {service("w")} {boundary("b", "w", M)} <user a>
            s -> w
            b -> a
            """,
            message("M"),
        )
    )
    player.start("p", {"k": "1"})
    player.publish("M", "1", {"why": "late"})
    assert player.active() == {"a": 1}
    assert player.jobs == {}
    assert player.subscriptions == {}
