"""Timers: catch, boundary, event sub-process; dates, durations, cycles and cron."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.bpmn.effects import TimerStarted
from tests.features.notation import boundary, bpmn, event_subprocess, extended, timer
from tests.features.player import Player

HOUR = timedelta(hours=1)


def reminders(cycle: str) -> bytes:
    return bpmn(
        f"""<start s> <user a> {boundary("b", "a", timer("cycle", cycle), interrupting=False)} <user r>
        s -> a
        b -> r
        """
    )


def catching(kind: str, text: str) -> bytes:
    return bpmn(
        f"""<start s> <intermediateCatchEvent id="t">{timer(kind, text)}</intermediateCatchEvent> <user a>
        s -> t
        t -> a
        """
    )


def test_a_cycle_fires_as_often_as_it_says(player: Player) -> None:
    player.deploy(reminders("R2/PT1H"))
    player.start("p")
    player.advance(HOUR)
    assert player.active() == {"a": 1, "r": 1}
    player.advance(9 * HOUR)
    assert player.active() == {"a": 1, "r": 2}


def test_an_endless_cycle_ends_with_its_host(player: Player) -> None:
    player.deploy(reminders("R/PT1H"))
    player.start("p")
    player.advance(5 * HOUR)
    player.complete("a")
    player.advance(5 * HOUR)
    assert player.active() == {"r": 5}
    assert player.timers == {}


def test_an_overdue_cycle_fires_once_and_keeps_its_beat(player: Player) -> None:
    player.deploy(reminders("R/PT1H"))
    instance = player.start("p")
    player.now += timedelta(hours=5, minutes=30)
    (key,) = player.timers
    player.command(instance, "fire_timer", key)
    assert player.active() == {"a": 1, "r": 1}
    ((due_at, _),) = player.timers.values()
    assert due_at - player.now == timedelta(minutes=30)


def test_a_cycle_may_compute_each_next_time_and_stop_with_null(player: Player) -> None:
    text = (
        "= if now() &lt; date and time(halfway) then halfway else if now() &lt; date and time(late) then late else null"
    )
    player.deploy(reminders(text))
    player.start("p", {"halfway": "2030-01-01T05:00:00Z", "late": "2030-01-01T08:00:00Z"})
    player.advance(5 * HOUR)
    assert player.active() == {"a": 1, "r": 1}
    player.advance(24 * HOUR)
    assert player.active() == {"a": 1, "r": 2}
    assert player.timers == {}


def test_a_cycle_whose_next_time_makes_no_sense_is_a_fault_beside_its_host(player: Player) -> None:
    player.deploy(reminders("= if now() &lt; date and time(first) then first else 5"))
    player.start("p", {"first": "2030-01-01T01:00:00Z"})
    player.advance(HOUR)
    assert [fault.element_id for _, fault in player.faults.values()] == ["b"]
    player.complete("a")
    assert player.active() == {}


def test_cron_fires_every_working_morning(player: Player) -> None:
    player.deploy(reminders("0 0 9 * * MON-FRI"))
    player.start("p")  # a Tuesday
    player.advance(timedelta(days=7))
    assert player.active() == {"a": 1, "r": 5}


@pytest.mark.parametrize(
    ("kind", "text", "hours"),
    [
        ("duration", "PT2H", 2),
        ("duration", '= duration("PT2H")', 2),
        ("date", "2030-01-01T09:00:00+07:00", 2),
        ("date", '= date and time("2030-01-01T02:00:00Z")', 2),
        ("date", "= now() + duration(wait)", 2),
        ("duration", "P1D", 24),
        ("duration", "P1M", 31 * 24),
    ],
)
def test_a_catch_event_waits_until_its_time(player: Player, kind: str, text: str, hours: int) -> None:
    player.deploy(catching(kind, text))
    player.start("p", {"wait": "PT2H"})
    player.advance(hours * HOUR - timedelta(seconds=1))
    assert player.active() == {}
    player.advance(timedelta(seconds=1))
    assert player.active() == {"a": 1}


def test_a_time_in_the_past_fires_at_once(player: Player) -> None:
    player.deploy(catching("date", "= due"))
    player.start("p", {"due": "2029-12-31T00:00:00Z"})
    assert player.active() == {"a": 1}
    assert player.timers == {}


@pytest.mark.parametrize("value", [None, 5, True, "soon", {}, [], "P", "9999999999-01-01", "P999999999Y"])
def test_a_value_that_is_no_time_is_a_fault_which_can_be_mended(player: Player, value: object) -> None:
    player.deploy(catching("duration", "= wait"))
    instance = player.start("p", {"wait": value})
    ((key, (_, fault)),) = player.faults.items()
    assert fault.element_id == "t"
    player.command(instance, "set_variables", instance.key, {"wait": "PT1H"})
    player.command(instance, "resolve_fault", key)
    player.advance(HOUR)
    assert player.active() == {"a": 1}


def test_a_cycle_in_an_event_subprocess_starts_it_again_and_again(player: Player) -> None:
    inner = """<user r>
        e_start -> r
        """
    player.deploy(
        bpmn(
            f"""<start s> <user a>
            s -> a
            {event_subprocess("e", timer("cycle", "R3/PT1H"), inner, interrupting=False)}"""
        )
    )
    player.start("p")
    player.advance(10 * HOUR)
    assert player.active() == {"a": 1, "r": 3}


def test_a_boundary_timer_reads_the_input_mapping_of_its_host(player: Player) -> None:
    task = extended("userTask", "a", '<zeebe:ioMapping><zeebe:input source="= 3" target="h"/></zeebe:ioMapping>')
    wait = timer("duration", '= duration("PT" + string(h) + "H")')
    player.deploy(
        bpmn(
            f"""<start s> {task} {boundary("b", "a", wait)} <user late>
            s -> a
            b -> late
            """
        )
    )
    player.start("p")
    player.advance(3 * HOUR)
    assert player.active() == {"late": 1}


def test_each_firing_has_a_timer_key_of_its_own(player: Player) -> None:
    player.deploy(reminders("R3/PT1H"))
    player.start("p")
    player.advance(3 * HOUR)
    started = [effect.key for effect in player.history if isinstance(effect, TimerStarted)]
    assert len(set(started)) == 3
