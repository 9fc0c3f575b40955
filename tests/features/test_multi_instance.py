"""Multi-instance and standard loop."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.features.notation import boundary, bpmn, definitions, extended, process, script, service, timer
from tests.features.player import Player


def loop(
    *, sequential: bool = False, items: str = "= items", output: str = "", until: str = "", item: str = "it"
) -> str:
    mode = "true" if sequential else "false"
    collected = f'outputCollection="out" outputElement="{output}"' if output else ""
    condition = f"<completionCondition>= {until}</completionCondition>" if until else ""
    return (
        f'<multiInstanceLoopCharacteristics isSequential="{mode}"><extensionElements>'
        f'<zeebe:loopCharacteristics inputCollection="{items}" inputElement="{item}" {collected}/>'
        f"</extensionElements>{condition}</multiInstanceLoopCharacteristics>"
    )


def looped(characteristics: str, extensions: str = "") -> bytes:
    task = extended("userTask", "a", extensions, characteristics)
    return bpmn(f"<start s> {task} <user z> \ns -> a\na -> z\n")


@pytest.mark.parametrize("sequential", [False, True])
def test_the_output_is_in_the_order_of_the_items(player: Player, sequential: bool) -> None:
    player.deploy(looped(loop(sequential=sequential, output="= mark")))
    instance = player.start("p", {"items": ["x", None, "z"]})
    for name in ("z", None, "x") if not sequential else ("x", None, "z"):
        player.complete("a", {"mark": f"{name}!"}, it=name)
    assert instance.variables[instance.key] == {"items": ["x", None, "z"], "out": ["x!", "None!", "z!"]}


@pytest.mark.parametrize("sequential", [False, True])
def test_an_empty_collection_passes_at_once(player: Player, sequential: bool) -> None:
    player.deploy(looped(loop(sequential=sequential, output="= mark")))
    instance = player.start("p", {"items": []})
    assert player.active() == {"z": 1}
    assert instance.variables[instance.key]["out"] == []


@pytest.mark.parametrize("items", [None, 5, "text", {"a": 1}])
def test_a_collection_that_is_no_list_is_a_fault(player: Player, items: Any) -> None:
    player.deploy(looped(loop()))
    instance = player.start("p", {"items": items})
    ((key, (_, fault)),) = player.faults.items()
    assert fault.element_id == "a"
    player.command(instance, "set_variables", instance.key, {"items": [1]})
    player.command(instance, "resolve_fault", key)
    assert player.active() == {"a": 1}


def test_the_completion_condition_sees_the_results_so_far(player: Player) -> None:
    player.deploy(looped(loop(output="= vote", until="count(out[item = &quot;yes&quot;]) &gt;= 2")))
    player.start("p", {"items": [1, 2, 3, 4]})
    player.complete("a", {"vote": "no"}, it=1)
    player.complete("a", {"vote": "yes"}, it=2)
    assert player.active() == {"a": 2}
    player.complete("a", {"vote": "yes"}, it=4)
    assert player.active() == {"z": 1}
    assert player.canceled["a"] == 1


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ("numberOfInstances = 4 and numberOfCompletedInstances = 2", 2),
        ("numberOfActiveInstances = 1", 1),
        ("numberOfTerminatedInstances = 0 and numberOfCompletedInstances = 3", 1),
        ("loopCounter = 3", 3),
        ("it = 30", 3),
    ],
)
def test_the_completion_condition_knows_the_counters(player: Player, condition: str, left: int) -> None:
    player.deploy(looped(loop(until=condition)))
    player.start("p", {"items": [10, 20, 30, 40]})
    for name in (30, 10, 20):
        if "a" in player.active():
            player.complete("a", {}, it=name)
    assert player.canceled["a"] == left


def test_a_completion_condition_that_fails_holds_the_turn_back(player: Player) -> None:
    player.deploy(looped(loop(until="enough")))
    instance = player.start("p", {"items": [1, 2]})
    player.complete("a", {}, it=1)
    ((key, (_, fault)),) = player.faults.items()
    assert fault.element_id == "a"
    assert player.completed["a"] == 0
    player.command(instance, "set_variables", instance.key, {"enough": True})
    player.command(instance, "resolve_fault", key)
    assert player.active() == {"z": 1}


def test_a_boundary_timer_ends_all_turns(player: Player) -> None:
    task = extended("userTask", "a", "", loop())
    player.deploy(
        bpmn(
            f"""<start s> {task} {boundary("b", "a", timer("duration", "PT1H"))} <user late>
            s -> a
            b -> late
            """
        )
    )
    player.start("p", {"items": [1, 2, 3]})
    player.complete("a", {}, it=2)
    player.advance(timedelta(hours=1))
    assert player.active() == {"late": 1}
    assert player.canceled["a"] == 2


def test_an_output_mapping_feeds_the_output_element(player: Player) -> None:
    mapping = '<zeebe:ioMapping><zeebe:output source="= raw * 2" target="mark"/></zeebe:ioMapping>'
    player.deploy(looped(loop(output="= mark"), mapping))
    instance = player.start("p", {"items": [1, 2]})
    player.complete("a", {"raw": 5}, it=1)
    player.complete("a", {"raw": 6}, it=2)
    assert instance.variables[instance.key] == {"items": [1, 2], "out": [10, 12]}


def test_jobs_and_called_processes_may_be_looped(player: Player) -> None:
    call = extended("callActivity", "c", '<zeebe:calledElement processId="q"/>', loop(output="= r"))
    player.deploy(
        definitions(
            process(f"<start s> {call} <user z>\ns -> c\nc -> z\n")
            + process(f"<start s2> {service('w')} \ns2 -> w\n", "q")
        )
    )
    instance = player.start("p", {"items": ["a", "b"]})
    player.settle()
    for key in list(player.jobs)[::-1]:
        child = player.jobs[key]["instance"]
        result = child.variables[child.key]["it"].upper()
        player.command(child, "complete_job", key, {"r": result})
        player.settle()
    assert instance.variables[instance.key]["out"] == ["A", "B"]
    assert player.active() == {"z": 1}


def test_a_thousand_items_of_work_without_waiting(player: Player) -> None:
    task = script("t", "it * 2", "double").replace("</scriptTask>", loop(output="= double") + "</scriptTask>")
    player.deploy(bpmn(f"<start s> {task} \ns -> t\n"))
    instance = player.start("p", {"items": list(range(1000))})
    assert instance.variables[instance.key]["out"] == [2 * number for number in range(1000)]


@pytest.mark.parametrize(
    ("attributes", "condition", "times"),
    [
        ('testBefore="true"', "n &lt; 3", 3),
        ('testBefore="true"', "n &lt; 0", 0),
        ("", "n &lt; 0", 1),
        ("", "n &lt; 3", 3),
        ('loopMaximum="2"', "n &lt; 9", 2),
        ('loopMaximum="4"', "", 4),
    ],
)
def test_a_standard_loop_repeats_while_its_condition_holds(
    player: Player, attributes: str, condition: str, times: int
) -> None:
    inner = f"<loopCondition>= {condition}</loopCondition>" if condition else ""
    characteristics = f"<standardLoopCharacteristics {attributes}>{inner}</standardLoopCharacteristics>"
    task = script("t", "n + 1", "n").replace("</scriptTask>", characteristics + "</scriptTask>")
    player.deploy(bpmn(f"<start s> {task} <user z> \ns -> t\nt -> z\n"))
    instance = player.start("p", {"n": 0})
    assert instance.variables[instance.key]["n"] == times
    assert player.active() == {"z": 1}
