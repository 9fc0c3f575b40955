"""Gateways and flows: choices, splits, joins that count tokens per incoming flow."""

from __future__ import annotations

from tests.features.notation import bpmn, message, timer
from tests.features.player import Player


def test_conditions_are_tried_in_the_order_of_the_file(player: Player) -> None:
    player.deploy(
        bpmn(
            """<start s> <exclusiveGateway id="g" default="g_c"/> <user a> <user b> <user c>
            s -> g
            g -> c
            g -> a if x > 1
            g -> b if x > 0
            """
        )
    )
    for x in (2, 1, 0):
        player.start("p", {"x": x})
    assert player.active() == {"a": 1, "b": 1, "c": 1}


def test_a_task_takes_its_conditional_flows_or_its_default(player: Player) -> None:
    player.deploy(
        bpmn(
            """<start s> <task id="t" default="t_c"/> <user a> <user b> <user c>
            s -> t
            t -> a if x > 1
            t -> b if x > 0
            t -> c
            """
        )
    )
    player.start("p", {"x": 2})
    assert player.active() == {"a": 1, "b": 1}
    player.start("p", {"x": 0})
    assert player.active() == {"a": 1, "b": 1, "c": 1}


def test_a_gateway_without_way_out_waits_with_a_fault_until_the_data_is_right(player: Player) -> None:
    player.deploy(
        bpmn(
            """<start s> <xor g> <user a> <user b>
            s -> g
            g -> a if x = 1
            g -> b if x = 2
            """
        )
    )
    instance = player.start("p", {"x": 0})
    ((key, (_, fault)),) = player.faults.items()
    assert (fault.element_id, fault.kind) == ("g", "no_flow_selected")
    player.command(instance, "set_variables", instance.key, {"x": 2})
    player.command(instance, "resolve_fault", key)
    assert player.active() == {"b": 1}
    assert player.faults == {}


def test_a_join_keeps_a_second_token_of_the_same_flow_for_the_next_turn(player: Player) -> None:
    player.deploy(
        bpmn(
            """<start s> <and f> <user a> <user b> <user c> <user d> <xor m> <xor n> <and j> <user z>
            s -> f
            f -> a
            f -> b
            f -> c
            f -> d
            a -> m
            b -> m
            c -> n
            d -> n
            m -> j
            n -> j
            j -> z
            """
        )
    )
    instance = player.start("p")
    for name in "abc":
        player.complete(name)
    assert player.active() == {"d": 1, "z": 1}
    player.complete("d")
    assert player.active() == {"z": 2}
    player.complete("z")
    player.complete("z")
    assert instance.is_ended


def test_an_inclusive_join_waits_for_tokens_that_can_still_come(player: Player) -> None:
    player.deploy(
        bpmn(
            """<start s> <or f> <user a> <user b> <user c> <or j> <user z>
            s -> f
            f -> a if x > 0
            f -> b if x > 1
            f -> c if x > 2
            a -> j
            b -> j
            c -> j
            j -> z
            """
        )
    )
    player.start("p", {"x": 2})
    player.complete("b")
    assert player.active() == {"a": 1}
    player.complete("a")
    assert player.active() == {"z": 1}


def test_an_inclusive_join_waits_for_a_boundary_event_upstream(player: Player) -> None:
    late = f'<boundaryEvent id="b" attachedToRef="a">{timer("duration", "PT1H")}</boundaryEvent>'
    player.deploy(
        bpmn(
            f"""<start s> <and f> <user a> <user c> {late} <end gone> <or j> <user z>
            s -> f
            f -> a
            f -> c
            a -> gone
            b -> j
            c -> j
            j -> z
            """
        )
    )
    player.start("p")
    player.complete("c")
    assert player.active() == {"a": 1}
    player.complete("a")
    assert player.active() == {"z": 1}


def test_an_event_based_gateway_takes_the_first_event_only(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> <event g>
            <intermediateCatchEvent id="m"><messageEventDefinition messageRef="M"/></intermediateCatchEvent>
            <intermediateCatchEvent id="t">{timer("duration", "PT1H")}</intermediateCatchEvent> <user a> <user b>
            s -> g
            g -> m
            g -> t
            m -> a
            t -> b
            """,
            message("M"),
        )
    )
    instance = player.start("p", {"k": "1"})
    assert player.publish("M", "1", {"answer": 42})
    assert player.active() == {"a": 1}
    assert instance.variables[instance.key]["answer"] == 42
    assert player.timers == {}
    assert player.subscriptions == {}


def test_an_event_based_gateway_may_lead_to_a_receive_task(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> <event g> <receiveTask id="m" messageRef="M"/>
            <intermediateCatchEvent id="t">{timer("duration", "PT1H")}</intermediateCatchEvent> <user a>
            s -> g
            g -> m
            g -> t
            m -> a
            """,
            message("M"),
        )
    )
    player.start("p", {"k": "1"})
    player.publish("M", "1", {})
    assert player.active() == {"a": 1}
    assert player.completed["m"] == 1


def test_an_endless_loop_becomes_a_fault_and_spares_other_branches(player: Player) -> None:
    player.deploy(
        bpmn(
            """<start s> <and f> <user a> <xor m> <task t>
            s -> f
            f -> a
            f -> m
            m -> t
            t -> m
            """
        )
    )
    player.max_steps = 500
    player.start("p")
    assert [fault.kind for _, fault in player.faults.values()] == ["too_many_steps"]
    player.complete("a")
    assert player.active() == {}
