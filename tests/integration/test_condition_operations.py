"""Conditional start events of processes, and what may not be done to a called instance; on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands import EvaluateConditions, ModifyProcessInstance
from engine.errors import InputInvalid, NotPermitted, ProcessDefinitionNotFound
from engine.model import SYSTEM, Actor, ProcessInstance
from engine.store import read_only
from engine.store.tables import live_element, process_instance
from engine.testing import Harness
from tests.diagrams import diagram, user_task


def conditional_start(event_id: str, condition: str, limit: str = "") -> str:
    limited = f"<extensionElements>{limit}</extensionElements>" if limit else ""
    return (
        f'<startEvent id="{event_id}"><conditionalEventDefinition>{limited}'
        f"<condition>{condition}</condition></conditionalEventDefinition></startEvent>"
    )


HOT = diagram(
    "hot",
    conditional_start("warm", "= degrees &gt; 30")
    + conditional_start("boiling", "= degrees &gt; 90")
    + user_task("cool")
    + '<endEvent id="e"/>',
    "warm -> cool\nboiling -> cool\ncool -> e",
)
WATCHED = diagram(
    "watched",
    conditional_start("s", "= true", '<zeebe:conditionalFilter variableNames="stock"/>')
    + user_task("order")
    + '<endEvent id="e"/>',
    "s -> order\norder -> e",
)
CALLED = diagram(
    "called",
    f'<startEvent id="s"/><parallelGateway id="fork"/>{user_task("left")}{user_task("right")}'
    '<endEvent id="e"/><endEvent id="f"/>',
    "s -> fork\nfork -> left\nfork -> right\nleft -> e\nright -> f",
)
CALLER = diagram(
    "caller",
    '<startEvent id="s"/><callActivity id="call"><extensionElements><zeebe:calledElement processId="called"/>'
    '</extensionElements></callActivity><endEvent id="e"/>',
    "s -> call\ncall -> e",
)


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        yield made


def evaluate(harness: Harness, process_id: str | None = None, **variables: Any) -> tuple[ProcessInstance, ...]:
    return harness.engine.execute(EvaluateConditions(actor=SYSTEM, variables=variables, process_id=process_id))


def test_each_start_whose_condition_holds_starts_an_instance_with_the_variables(harness: Harness) -> None:
    harness.deploy(HOT)
    assert evaluate(harness, degrees=20) == ()
    assert [instance.process_id for instance in evaluate(harness, degrees=40)] == ["hot"]
    assert len(evaluate(harness, degrees=95)) == 2
    assert harness.open_tasks() == ["cool"] * 3


def test_a_condition_that_cannot_be_decided_starts_nothing(harness: Harness) -> None:
    harness.deploy(HOT)
    assert evaluate(harness) == ()
    assert evaluate(harness, degrees="many") == ()


def test_a_filter_wants_one_of_its_variables(harness: Harness) -> None:
    harness.deploy(WATCHED)
    assert evaluate(harness, price=1) == ()
    assert len(evaluate(harness, stock=0)) == 1


def test_only_the_newest_version_and_the_named_process_are_looked_at(harness: Harness) -> None:
    harness.deploy(HOT, WATCHED)
    cooler = diagram("hot", '<startEvent id="s"/><endEvent id="e"/>', "s -> e")
    assert len(evaluate(harness, "watched", stock=1, degrees=40)) == 1
    harness.deploy(cooler)
    assert evaluate(harness, "hot", degrees=40) == ()
    with pytest.raises(ProcessDefinitionNotFound):
        evaluate(harness, "unknown")


def test_only_administrators_let_conditions_be_looked_at(harness: Harness) -> None:
    with pytest.raises(NotPermitted):
        harness.engine.execute(EvaluateConditions(actor=Actor("budi")))


def test_modifying_ends_no_called_instance_whose_caller_waits(harness: Harness) -> None:
    harness.deploy(CALLED, CALLER)
    harness.start("caller")
    with read_only(harness.engine.database) as work:
        [called] = work.execute(select(process_instance.c.key).where(process_instance.c.process_id == "called"))
        keys = dict(work.execute(select(live_element.c.element_id, live_element.c.key)).all())

    def modify(*cancel: str | int, start: str = "") -> None:
        names = (start,) if start else ()
        command = ModifyProcessInstance(
            process_instance_key=called.key, actor=SYSTEM, cancel=cancel, start_before=names
        )
        harness.engine.execute(command)

    with pytest.raises(InputInvalid):
        modify("left", "right")
    with pytest.raises(InputInvalid):
        modify(keys["left"], keys["right"])
    modify(keys["left"])
    assert harness.open_tasks() == ["right"]
    with pytest.raises(InputInvalid):
        modify("right")
    modify("right", start="left")
    harness.complete("left")
    assert harness.open_tasks() == []
