"""People fill in forms; only programs and administrators hand over variables as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine import (
    SYSTEM,
    Actor,
    AddUser,
    CompleteUserTask,
    InstanceOverlay,
    NotPermitted,
    ProcessInstanceNotFound,
    ResourceFile,
    StartProcessInstance,
    User,
)
from engine.commands.audit import MOST_DENIALS
from engine.store import read_only
from engine.store.history import History
from engine.testing import Harness
from tests.diagrams import diagram
from tests.diagrams import user_task as a_user_task

ANA, ROBOT = Actor("ana"), Actor("robot")
FORM = ResourceFile(
    "F_ask.form",
    b'{"type": "default", "id": "F_ask", "schemaVersion": 19, "components": [{"type": "textfield", "id": "a", '
    b'"key": "answer", "label": "Answer", "label_id": "Jawaban", "validate": {"required": true}}]}',
)
_ASK = (
    '<userTask id="ask"><extensionElements><zeebe:userTask/><zeebe:formDefinition formId="F_ask" bindingType="latest"/>'
    '<zeebe:assignmentDefinition candidateGroups="desk"/></extensionElements></userTask>'
)
FORMED = diagram("formed", f'<startEvent id="s"/>{_ASK}<endEvent id="e"/>', "s -> ask\nask -> e")
FREE = diagram(
    "free", f'<startEvent id="s"/>{a_user_task("work", groups="desk")}<endEvent id="e"/>', "s -> work\nwork -> e"
)


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        made.deploy(FORM, FORMED, FREE)
        for name, groups in (("ana", ("desk",)), ("robot", ("desk", "program"))):
            user = User(name, name.title(), "", "en", "", is_active=True, groups=groups)
            made.engine.execute(AddUser(user=user, actor=SYSTEM))
        yield made


def complete(harness: Harness, element_id: str, by: Actor, **variables: object) -> None:
    key = harness.open_task(element_id).key
    harness.engine.execute(CompleteUserTask(user_task_key=key, actor=by, variables=variables))


def test_a_person_does_not_go_around_the_form_of_a_task(harness: Harness) -> None:
    harness.start("formed")
    for variables in ({}, {"answer": "yes"}):
        with pytest.raises(NotPermitted):
            complete(harness, "ask", ANA, **variables)
    complete(harness, "ask", ROBOT, answer="yes")


def test_a_person_gives_no_variables_to_a_task_without_a_form(harness: Harness) -> None:
    harness.start("free")
    with pytest.raises(NotPermitted):
        complete(harness, "work", ANA, approved=True)
    complete(harness, "work", ANA)


def test_a_person_starts_nothing_with_variables(harness: Harness) -> None:
    for command in (
        StartProcessInstance(process_id="free", actor=ANA, variables={"approved": True}),
        StartProcessInstance(process_id="free", actor=ANA, business_id="ORD-2026-000001"),
    ):
        with pytest.raises(NotPermitted):
            harness.engine.execute(command)


def test_of_many_denials_in_a_minute_a_few_are_noted_and_that_there_were_more(harness: Harness) -> None:
    def deny() -> None:
        with pytest.raises(NotPermitted):
            harness.engine.execute(StartProcessInstance(process_id="free", actor=ANA, variables={"x": 1}))

    for _ in range(MOST_DENIALS + 5):
        deny()
    assert _noted(harness) == ["access_denied"] * MOST_DENIALS + ["access_denied_more"]
    harness.advance(minutes=2)
    deny()
    assert _noted(harness)[-1] == "access_denied"


def _noted(harness: Harness) -> list[str]:
    with read_only(harness.engine.database) as work:
        return [entry.action for entry, _ in History(work).walk() if entry.action.startswith("access_denied")]


def test_a_group_whose_name_differs_in_case_alone_sees_nothing(harness: Harness) -> None:
    user = User("dedi", "Dedi", "", "en", "", is_active=True, groups=("Desk",))
    harness.engine.execute(AddUser(user=user, actor=SYSTEM))
    started = harness.start("free")
    harness.engine.ask(InstanceOverlay(actor=ANA, process_instance_key=started.key))
    with pytest.raises(ProcessInstanceNotFound):
        harness.engine.ask(InstanceOverlay(actor=Actor("dedi"), process_instance_key=started.key))
