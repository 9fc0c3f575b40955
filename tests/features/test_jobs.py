"""Jobs, their retries, and execution listeners around any element."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.bpmn.effects import JobChanged, JobOpened
from engine.errors import BpmnErrorThrown, ExecutionFailed, JobNotFound, NotInState
from engine.model import JobKind, Label
from tests.features.notation import boundary, bpmn, extended, service
from tests.features.player import Player


def listeners(*entries: tuple[str, str]) -> str:
    inner = "".join(f'<zeebe:executionListener eventType="{event}" type="{name}"/>' for event, name in entries)
    return f"<zeebe:executionListeners>{inner}</zeebe:executionListeners>"


def finish(player: Player, **variables: object) -> None:
    (key,) = player.jobs
    player.command(player.jobs[key]["instance"], "complete_job", key, variables)


def kinds(player: Player) -> list[str]:
    return [job["type"] for job in player.jobs.values()]


def test_type_retries_and_headers_of_a_job(player: Player) -> None:
    headers = '<zeebe:taskHeaders><zeebe:header key="to" value="= not FEEL"/></zeebe:taskHeaders>'
    definition = '<zeebe:taskDefinition type=\'= "send-" + way\' retries="= 1 + 1"/>'
    player.deploy(bpmn(f"<start s> {extended('serviceTask', 'w', definition + headers)}\ns -> w\n"))
    player.start("p", {"way": "mail"})
    (job,) = [effect for effect in player.history if isinstance(effect, JobOpened)]
    assert (job.type, job.retries, job.headers, job.kind) == ("send-mail", 2, {"to": "= not FEEL"}, JobKind.ELEMENT)


def test_a_failed_job_waits_its_back_off_and_keeps_local_variables(player: Player) -> None:
    player.deploy(bpmn(f"<start s> {service('w')} \ns -> w\n"))
    instance = player.start("p")
    (key,) = player.jobs
    player.command(instance, "fail_job", key, 1, timedelta(minutes=5), "no route", {"tried": "a"})
    (changed,) = [effect for effect in player.history if isinstance(effect, JobChanged)]
    assert (changed.retries, changed.due_at - player.now, changed.last_error) == (1, timedelta(minutes=5), "no route")
    assert instance.variables == {instance.live[-1][0]: {"tried": "a"}}
    player.command(instance, "fail_job", key, 0)
    with pytest.raises(NotInState):
        finish(player)
    (fault,) = player.faults
    player.command(instance, "resolve_fault", fault, 2)
    assert player.jobs[key]["retries"] == 2
    finish(player, done=True)
    assert instance.variables == {instance.key: {"done": True}}


def test_an_unknown_job_is_refused(player: Player) -> None:
    player.deploy(bpmn(f"<start s> {service('w')} \ns -> w\n"))
    instance = player.start("p")
    with pytest.raises(JobNotFound):
        player.command(instance, "complete_job", 999_999, {})


def test_a_connector_works_inside_the_command(player: Player) -> None:
    player.connectors["inside"] = lambda call: {"seen": call.variables["x"] + 1}
    mapping = '<zeebe:ioMapping><zeebe:input source="= y" target="x"/></zeebe:ioMapping>'
    player.deploy(bpmn(f"<start s> {service('w', 'inside', mapping)} \ns -> w\n"))
    instance = player.start("p", {"y": 1})
    assert instance.is_ended
    assert instance.variables[instance.key] == {"y": 1, "seen": 2}


def test_a_connector_may_throw_a_bpmn_error_or_fail(player: Player) -> None:
    outcomes: list[Exception] = [
        ExecutionFailed("w", "connector", Label("down", "mati")),
        BpmnErrorThrown("full", "no seats", {"left": 0}),
    ]

    def connector(_call: object) -> None:
        raise outcomes.pop(0)

    player.connectors["inside"] = connector
    player.deploy(
        bpmn(
            f"""<start s> {service("w", "inside")} {boundary("b", "w", '<errorEventDefinition errorRef="E"/>')} <user a>
            s -> w
            b -> a
            """,
            '<error id="E" errorCode="full"/>',
        )
    )
    instance = player.start("p")
    ((key, (_, fault)),) = player.faults.items()
    assert (fault.element_id, fault.reason.en) == ("w", "down")
    player.command(instance, "resolve_fault", key)
    assert player.active() == {"a": 1}
    assert instance.variables[instance.key] == {"left": 0}


@pytest.mark.parametrize(
    "element",
    [
        '<task id="x">{}</task>',
        '<exclusiveGateway id="x">{}</exclusiveGateway>',
        '<parallelGateway id="x">{}</parallelGateway>',
        '<intermediateThrowEvent id="x">{}</intermediateThrowEvent>',
        '<subProcess id="x">{}<startEvent id="sx"/></subProcess>',
    ],
)
def test_any_element_may_have_listeners(player: Player, element: str) -> None:
    extensions = f"<extensionElements>{listeners(('start', 'one'), ('end', 'two'))}</extensionElements>"
    player.deploy(bpmn(f"<start s> {element.format(extensions)} <user z>\ns -> x\nx -> z\n"))
    player.start("p")
    assert kinds(player) == ["one"]
    finish(player)
    assert kinds(player) == ["two"]
    finish(player)
    assert player.active() == {"z": 1}


def test_a_process_may_have_listeners(player: Player) -> None:
    extensions = f"<extensionElements>{listeners(('start', 'one'), ('end', 'two'))}</extensionElements>"
    player.deploy(bpmn("<start s> <user a>\ns -> a\n", extensions=extensions))
    instance = player.start("p")
    assert player.active() == {}
    finish(player, x=1)
    assert instance.variables[instance.key] == {"x": 1}
    player.complete("a")
    finish(player, y=2)
    assert instance.is_ended
    assert instance.variables[instance.key] == {"x": 1, "y": 2}


def test_a_boundary_event_interrupts_an_end_listener(player: Player) -> None:
    task = extended("userTask", "a", listeners(("end", "slow")))
    player.deploy(
        bpmn(
            f"""<start s> {task} {boundary("b", "a", '<signalEventDefinition signalRef="S"/>')} <user z>
            s -> a
            b -> z
            """,
            '<signal id="S" name="stop"/>',
        )
    )
    player.start("p")
    player.complete("a")
    player.broadcast("stop", {})
    assert player.active() == {"z": 1}
    assert player.jobs == {}


def test_a_listener_runs_in_every_turn_of_a_loop(player: Player) -> None:
    loop = (
        '<multiInstanceLoopCharacteristics isSequential="true"><extensionElements>'
        '<zeebe:loopCharacteristics inputCollection="= [1,2]"/></extensionElements></multiInstanceLoopCharacteristics>'
    )
    player.deploy(
        bpmn(f"<start s> {extended('task', 'x', listeners(('start', 'one')), loop)} <user z>\ns -> x\nx -> z\n")
    )
    player.start("p")
    finish(player)
    finish(player)
    assert player.active() == {"z": 1}
