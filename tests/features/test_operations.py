"""What an administrator may do to a running instance: cancel, move tokens, migrate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.bpmn.effects import TimerStarted
from engine.errors import ElementNotFound, InputInvalid
from tests.features.notation import boundary, bpmn, message, service, timer
from tests.features.player import Instance, Player

NESTED = f"""<start s> <user a> <subProcess id="sub"><startEvent id="s2"/> <user x>
    <subProcess id="deep"><startEvent id="s3"/> <user y> <user w>
    s3 -> y
    y -> w
    </subProcess>
    s2 -> x
    x -> deep
    </subProcess> {boundary("b", "sub", timer("duration", "PT1H"))} <user late> <user z>
    s -> a
    a -> sub
    sub -> z
    b -> late
    """


def migrate(player: Player, instance: Instance, mapping: dict[str, str] | None = None) -> None:
    target = player.processes["p"][-1]
    player.command(instance, "migrate", target, mapping or {})
    instance.process = target


def test_entering_an_inner_element_enters_the_scopes_around_it_once(player: Player) -> None:
    player.deploy(bpmn(NESTED))
    instance = player.start("p")
    player.command(instance, "modify", ["a"], ["y", "w"], {"note": 1})
    assert player.active() == {"y": 1, "w": 1}
    assert sum(row[1] in ("sub", "deep") for row in instance.live) == 2
    assert instance.variables[instance.key] == {"note": 1}
    player.advance(timedelta(hours=1))
    assert player.active() == {"late": 1}


def test_ending_the_last_element_ends_the_scopes_around_it(player: Player) -> None:
    player.deploy(bpmn(NESTED))
    instance = player.start("p")
    player.complete("a")
    player.command(instance, "modify", ["x"], ["z"])
    assert player.active() == {"z": 1}
    assert player.canceled["sub"] == 1
    player.command(instance, "modify", ["z"])
    assert instance.is_ended


@pytest.mark.parametrize("target", ["nobody", "s", "b"])
def test_what_cannot_be_entered_is_refused_before_anything_moves(player: Player, target: str) -> None:
    player.deploy(bpmn(NESTED))
    instance = player.start("p")
    with pytest.raises((ElementNotFound, InputInvalid)):
        player.command(instance, "modify", ["a"], ["z", target])
    assert player.active() == {"a": 1}


def test_an_ambiguous_scope_is_refused(player: Player) -> None:
    player.deploy(
        bpmn(
            """<start s> <and f> <xor m> <subProcess id="sub"><startEvent id="s2"/> <user x> <user y>
            s2 -> x
            x -> y
            </subProcess>
            s -> f
            f -> m
            f -> m
            m -> sub
            """.replace(
                "f -> m\n            f -> m",
                'f -> m\n            <sequenceFlow id="again" sourceRef="f" targetRef="m"/>',
            )
        )
    )
    instance = player.start("p")
    assert player.active() == {"x": 2}
    with pytest.raises(InputInvalid):
        player.command(instance, "modify", [], ["y"])


def test_a_canceled_instance_leaves_nothing_open(player: Player) -> None:
    player.deploy(
        bpmn(
            f"""<start s> <and f> <subProcess id="sub"><startEvent id="s2"/> <user a>
            s2 -> a
            </subProcess> {boundary("b", "sub", timer("cycle", "R/PT1H"), interrupting=False)} <user r> {service("w")}
            <receiveTask id="m" messageRef="M"/>
            s -> f
            f -> sub
            f -> w
            f -> m
            b -> r
            """,
            message("M"),
        )
    )
    instance = player.start("p", {"k": "1"})
    player.command(instance, "cancel")
    assert instance.is_ended
    assert (player.open_tasks, player.timers, player.jobs, player.subscriptions) == ({}, {}, {}, {})


def test_migration_keeps_keys_and_timers_and_follows_renamed_elements(player: Player) -> None:
    old = f"<start s> <user a> {boundary('t', 'a', timer('duration', 'PT5H'))} <user late>\ns -> a\nt -> late\n"
    new = old.replace("<user a>", "<user b>").replace('"a"', '"b"').replace("s -> a", "s -> b").replace("PT5H", "PT9H")
    player.deploy(bpmn(old))
    instance = player.start("p")
    key = player.task("a")
    player.deploy(bpmn(new))
    migrate(player, instance, {"a": "b"})
    assert [(row[0], row[1]) for row in instance.live] == [(key, "b")]
    assert sum(isinstance(effect, TimerStarted) for effect in player.history) == 1
    player.advance(timedelta(hours=5))
    assert player.active() == {"late": 1}


def test_migration_ends_the_wait_for_an_event_that_is_gone(player: Player) -> None:
    player.deploy(
        bpmn(f"<start s> <user a> {boundary('t', 'a', timer('duration', 'PT5H'))} <user late>\ns -> a\nt -> late\n")
    )
    instance = player.start("p")
    player.deploy(bpmn("<start s> <user a>\ns -> a\n"))
    migrate(player, instance)
    assert player.timers == {}
    player.complete("a")
    assert instance.is_ended


def test_migration_names_all_that_cannot_move_and_moves_nothing(player: Player) -> None:
    player.deploy(bpmn(f"<start s> <and f> <user a> <user b> {service('c')}\ns -> f\nf -> a\nf -> b\nf -> c\n"))
    instance = player.start("p")
    player.deploy(bpmn("<start s> <and f> <user a> <user c> <task q>\ns -> f\nf -> a\nf -> c\nf -> q\n"))
    with pytest.raises(InputInvalid) as refused:
        player.command(instance, "migrate", player.processes["p"][-1], {})
    assert "b -> b" in refused.value.text("en")
    assert "c -> c" in refused.value.text("en")
    player.complete("a")
    assert player.active() == {"b": 1}


def test_waiting_tokens_and_loops_survive_a_migration(player: Player) -> None:
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="= [1,2]" outputCollection="out" outputElement="= r"/>'
        "</extensionElements></multiInstanceLoopCharacteristics>"
    )
    body = f"""<start s> <and f> <user a> <userTask id="m">{loop}</userTask> <and j> <user z>
        s -> f
        f -> a
        f -> m
        a -> j
        m -> j
        j -> z
        """
    player.deploy(bpmn(body))
    instance = player.start("p")
    player.complete("a")
    player.complete("m", {"r": 1})
    player.deploy(bpmn(body.replace("<user z>", "<user z> <user y>") + "z -> y\n"))
    migrate(player, instance)
    player.complete("m", {"r": 2})
    assert instance.variables[instance.key]["out"] == [1, 2]
    player.complete("z")
    assert player.active() == {"y": 1}
