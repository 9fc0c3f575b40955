"""What administrators do to instances and definitions, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands.deploy import Deploy
from engine.commands.operate import CancelProcessInstance, ResumeProcessInstance, SuspendProcessInstance
from engine.commands.resolve_fault import ResolveFault
from engine.errors import DefinitionInvalid, NotInState, NotPermitted
from engine.model import SYSTEM, Actor, ResourceFile
from engine.store import read_only
from engine.store.tables import deployment, fault, process_definition, process_instance, resource, timer, user_task
from engine.testing import Harness
from tests.diagrams import diagram
from tests.diagrams import user_task as a_user_task

CALLED = diagram(
    "called",
    f'<startEvent id="s"/>{a_user_task("inner")}<endEvent id="e"/>'
    '<boundaryEvent id="late" attachedToRef="inner"><timerEventDefinition>'
    '<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="too_late"/>',
    "s -> inner\ninner -> e\nlate -> too_late",
)
CALLER = diagram(
    "caller",
    '<startEvent id="s"/><callActivity id="call"><extensionElements><zeebe:calledElement processId="called"/>'
    f'</extensionElements></callActivity>{a_user_task("after")}<endEvent id="e"/>',
    "s -> call\ncall -> after\nafter -> e",
)
FORMED = diagram(
    "formed",
    '<startEvent id="s"/><userTask id="ask"><extensionElements><zeebe:userTask/>'
    '<zeebe:formDefinition formId="F_ask" bindingType="latest"/></extensionElements></userTask><endEvent id="e"/>',
    "s -> ask\nask -> e",
)
FORM = ResourceFile(
    "F_ask.form",
    b'{"type": "default", "id": "F_ask", "schemaVersion": 19, "components": '
    b'[{"type": "textfield", "id": "a", "key": "answer", "label": "Answer", "label_id": "Jawaban"}]}',
)


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        yield made


def column(harness: Harness, wanted: Any) -> list[Any]:
    with read_only(harness.engine.database) as work:
        return list(work.execute(select(wanted).order_by(wanted.table.c.key)).scalars())


def test_suspending_an_instance_halts_what_it_called_and_resuming_lets_both_go_on(harness: Harness) -> None:
    harness.deploy(CALLED, CALLER)
    caller = harness.start("caller")
    harness.engine.execute(SuspendProcessInstance(process_instance_key=caller.key, actor=SYSTEM))
    assert column(harness, process_instance.c.state) == ["suspended", "suspended"]
    with pytest.raises(NotInState):
        harness.complete("inner")
    harness.advance(hours=2)
    assert harness.open_tasks() == ["inner"]
    harness.engine.execute(ResumeProcessInstance(process_instance_key=caller.key, actor=SYSTEM))
    harness.drain()
    assert harness.open_tasks() == ["after"]


def test_canceling_an_instance_ends_what_it_called_and_leaves_nothing_waiting(harness: Harness) -> None:
    harness.deploy(CALLED, CALLER)
    caller = harness.start("caller")
    harness.engine.execute(CancelProcessInstance(process_instance_key=caller.key, actor=SYSTEM, reason="test"))
    assert column(harness, process_instance.c.state) == ["canceled", "canceled"]
    assert column(harness, user_task.c.state) == ["canceled"]
    assert column(harness, timer.c.key) == []


def test_only_administrators_operate(harness: Harness) -> None:
    harness.deploy(CALLED)
    instance = harness.start("called")
    for command in (SuspendProcessInstance, CancelProcessInstance):
        with pytest.raises(NotPermitted):
            harness.engine.execute(command(process_instance_key=instance.key, actor=Actor("budi")))


def test_a_missing_form_is_a_fault_that_deploying_it_and_retrying_mends(harness: Harness) -> None:
    warnings = harness.deploy(FORMED).warnings
    assert [warning.rule for warning in warnings] == ["missing_form"]
    harness.start("formed")
    [stuck] = column(harness, fault.c.key)
    harness.deploy(FORM)
    harness.engine.execute(ResolveFault(fault_key=stuck, actor=SYSTEM))
    assert column(harness, fault.c.state) == ["resolved"]
    assert column(harness, user_task.c.form_key) == column(harness, resource.c.key)[-1:]


def test_one_wrong_file_keeps_all_others_out(harness: Harness) -> None:
    broken = diagram("broken", '<startEvent id="s"/><endEvent id="e"/>', "s -> nowhere")
    with pytest.raises(DefinitionInvalid) as refused:
        harness.deploy(CALLED, broken)
    assert {finding.file for finding in refused.value.findings} == {"broken.bpmn"}
    assert column(harness, deployment.c.key) == []


def test_the_same_files_again_make_no_version_and_one_changed_file_makes_one_of_all(harness: Harness) -> None:
    harness.deploy(CALLED, CALLER)
    assert harness.deploy(CALLED, CALLER).is_unchanged
    changed = ResourceFile(CALLER.name, CALLER.content.replace(b'name="after"', b'name="afterwards"'))
    assert not harness.deploy(CALLED, changed).is_unchanged
    assert sorted(column(harness, process_definition.c.version)) == [1, 1, 2, 2]


def test_who_is_no_process_owner_publishes_nothing(harness: Harness) -> None:
    with pytest.raises(NotPermitted):
        harness.engine.execute(Deploy(files=(CALLED,), actor=Actor("budi")))
