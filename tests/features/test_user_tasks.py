"""User tasks: who, until when; their listeners."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.bpmn.effects import UserTaskOpened
from engine.errors import InputInvalid, NotInState, UserTaskNotFound
from engine.model import Binding
from tests.features.notation import boundary, bpmn, event_subprocess, extended
from tests.features.player import Player


def task(extensions: str) -> bytes:
    return bpmn(f"<start s> {extended('userTask', 'a', extensions)} <user z>\ns -> a\na -> z\n")


def listening(*events: str, assignee: str = "") -> bytes:
    listeners = "".join(f'<zeebe:taskListener eventType="{event}" type="{event}-job"/>' for event in events)
    who = f'<zeebe:assignmentDefinition assignee="{assignee}"/>' if assignee else ""
    return task(f"<zeebe:taskListeners>{listeners}</zeebe:taskListeners>{who}")


def answer(player: Player, **result: object) -> None:
    (key,) = player.jobs
    player.command(player.jobs[key]["instance"], "complete_job", key, {}, result)


def test_a_task_says_who_may_do_it_and_with_which_form(player: Player) -> None:
    player.deploy(
        task(
            '<zeebe:assignmentDefinition assignee="= owner" candidateGroups="g1, g2" candidateUsers="= [u]"/>'
            "<zeebe:taskSchedule dueDate='= now() + duration(\"P1D\")' followUpDate='2030-05-01T00:00:00+07:00'/>"
            '<zeebe:priorityDefinition priority="= 70"/>'
            '<zeebe:formDefinition formId="F" bindingType="deployment"/>'
            '<zeebe:properties><zeebe:property name="clause8:step" value="x"/></zeebe:properties>'
        )
    )
    player.start("p", {"owner": "ann", "u": "bob"})
    (opened,) = [effect for effect in player.history if isinstance(effect, UserTaskOpened)]
    assert (opened.assignee, opened.candidate_groups, opened.candidate_users) == ("ann", ("g1", "g2"), ("bob",))
    assert opened.due_at == datetime(2030, 1, 2, tzinfo=UTC)
    assert opened.follow_up_at == datetime(2030, 4, 30, 17, tzinfo=UTC)
    assert (opened.priority, opened.form_id, opened.form_binding) == (70, "F", Binding.DEPLOYMENT)
    assert opened.properties == {"clause8:step": "x"}


@pytest.mark.parametrize(
    ("extensions", "variables"),
    [
        ('<zeebe:assignmentDefinition assignee="= x"/>', {"x": 5}),
        ('<zeebe:assignmentDefinition candidateGroups="= x"/>', {"x": [1]}),
        ('<zeebe:taskSchedule dueDate="= x"/>', {"x": "soon"}),
        ('<zeebe:priorityDefinition priority="= x"/>', {"x": 101}),
        ('<zeebe:priorityDefinition priority="= x"/>', {"x": None}),
    ],
)
def test_a_wrong_value_is_a_fault_and_no_task_opens(
    player: Player, extensions: str, variables: dict[str, object]
) -> None:
    player.deploy(task(extensions))
    player.start("p", variables)
    assert [fault.element_id for _, fault in player.faults.values()] == ["a"]
    assert player.active() == {}


def test_creating_listeners_correct_the_task_before_people_see_it(player: Player) -> None:
    player.deploy(listening("creating"))
    player.start("p")
    assert player.active() == {}
    answer(player, corrections={"priority": 80, "candidate_groups": ["g"]})
    ((_, fields),) = player.user_tasks.values()
    assert (fields["priority"], fields["candidate_groups"]) == (80, ("g",))


def test_the_first_assignee_is_asked_for_too(player: Player) -> None:
    player.deploy(listening("assigning", assignee="ann"))
    player.start("p")
    ((_, fields),) = player.user_tasks.values()
    assert fields["assignee"] is None
    answer(player, corrections={"assignee": "bob"})
    assert fields["assignee"] == "bob"


def test_a_denied_completion_leaves_the_task_open_and_the_variables_unwritten(player: Player) -> None:
    player.deploy(listening("completing"))
    instance = player.start("p")
    player.complete("a", {"x": 1})
    answer(player, denied=True, denied_reason="not yet")
    assert player.active() == {"a": 1}
    assert instance.variables == {}
    player.complete("a", {"x": 2})
    answer(player)
    assert player.active() == {"z": 1}
    assert instance.variables[instance.key] == {"x": 2}


def test_nothing_else_is_taken_while_listeners_are_asked(player: Player) -> None:
    player.deploy(listening("completing", "completing"))
    player.start("p")
    player.complete("a")
    with pytest.raises(NotInState):
        player.complete("a")
    key = player.task("a")
    with pytest.raises(NotInState):
        player.command(player.user_tasks[key][0], "assign_user_task", key, "ann")
    answer(player)
    assert player.active() == {"a": 1}
    answer(player)
    assert player.active() == {"z": 1}


def test_an_update_may_be_corrected(player: Player) -> None:
    player.deploy(listening("updating"))
    instance = player.start("p")
    key = player.task("a")
    player.command(instance, "update_user_task", key, {"priority": 10})
    answer(player, corrections={"priority": 20})
    assert player.user_tasks[key][1]["priority"] == 20


def test_unknown_fields_and_tasks_are_refused(player: Player) -> None:
    player.deploy(task(""))
    instance = player.start("p")
    key = player.task("a")
    with pytest.raises(InputInvalid):
        player.command(instance, "update_user_task", key, {"colour": "red"})
    with pytest.raises(UserTaskNotFound):
        player.command(instance, "complete_user_task", 999_999, {})
    with pytest.raises(UserTaskNotFound):
        player.command(instance, "complete_user_task", instance.key, {})


def canceling(body: str, declarations: str = "") -> bytes:
    listener = '<zeebe:taskListeners><zeebe:taskListener eventType="canceling" type="clean"/></zeebe:taskListeners>'
    return bpmn(f"<start s> {extended('userTask', 'a', listener)} {body}", declarations)


SIGNAL = '<signal id="S" name="stop"/>'
STOP = '<signalEventDefinition signalRef="S"/>'


def test_a_boundary_event_waits_for_the_canceling_listeners(player: Player) -> None:
    player.deploy(canceling(f"{boundary('b', 'a', STOP)} <user z>\ns -> a\nb -> z\n", SIGNAL))
    instance = player.start("p")
    player.broadcast("stop", {"why": 1})
    with pytest.raises(NotInState):
        player.complete("a")
    assert player.active() == {"a": 1}
    answer(player)
    assert player.active() == {"z": 1}
    assert instance.variables[instance.key] == {"why": 1}


def test_an_event_subprocess_waits_for_the_canceling_listeners(player: Player) -> None:
    handler = event_subprocess("e", STOP, "<user h>\ne_start -> h\n")
    player.deploy(canceling(f"<and f> <user b>\ns -> f\nf -> a\nf -> b\n{handler}", SIGNAL))
    instance = player.start("p")
    player.broadcast("stop", {})
    assert player.active() == {"a": 1}
    answer(player)
    assert player.active() == {"h": 1}
    player.complete("h")
    assert instance.is_ended


def test_a_terminate_end_waits_for_the_canceling_listeners(player: Player) -> None:
    end = '<endEvent id="t"><terminateEventDefinition/></endEvent>'
    player.deploy(canceling(f"<and f> <user b> {end}\ns -> f\nf -> a\nf -> b\nb -> t\n"))
    instance = player.start("p")
    player.complete("b")
    assert not instance.is_ended
    answer(player)
    assert instance.is_ended


def test_a_canceled_instance_waits_for_the_canceling_listeners(player: Player) -> None:
    player.deploy(canceling("<user b> <and f>\ns -> f\nf -> a\nf -> b\n"))
    instance = player.start("p")
    player.command(instance, "cancel")
    assert player.active() == {"a": 1}
    answer(player)
    assert instance.is_ended
