"""Restart, migration preview, call hierarchy and element statistics, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands import CancelProcessInstance, RestartProcessInstance, SuspendProcessInstance
from engine.errors import ElementNotFound, InputInvalid, NotInState, NotPermitted, ProcessInstanceNotFound
from engine.model import SYSTEM, Actor, ProcessInstance, ProcessInstanceState, ResourceFile
from engine.queries import CallHierarchy, ElementStatistics, InstancePage, MigrationPreview
from engine.store import read_only
from engine.store.tables import history_entry, process_instance, variable
from engine.testing import Harness
from tests.diagrams import diagram, user_task


def order(second: str = "pay", rest: str = "") -> ResourceFile:
    inside = f'<startEvent id="is"/>{user_task(second)}<endEvent id="ie"/>'
    flows = "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in (("is", second), (second, "ie"))
    )
    return diagram(
        "order",
        f'<startEvent id="s"/>{user_task("check")}<subProcess id="sub">{inside}{flows}</subProcess>'
        f'<endEvent id="e"/>{rest}',
        "s -> check\ncheck -> sub\nsub -> e",
    )


def calls(process_id: str, called: str) -> ResourceFile:
    return diagram(
        process_id,
        '<startEvent id="s"/><callActivity id="call" name="Call it"><extensionElements>'
        f'<zeebe:calledElement processId="{called}"/></extensionElements></callActivity><endEvent id="e"/>',
        "s -> call\ncall -> e",
    )


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        yield made


def restart(harness: Harness, key: int, *elements: str, **rest: Any) -> ProcessInstance:
    command = RestartProcessInstance(process_instance_key=key, start_before=elements, actor=SYSTEM, **rest)
    return harness.engine.execute(command)


def variables(harness: Harness, key: int) -> dict[str, Any]:
    with read_only(harness.engine.database) as work:
        rows = work.execute(select(variable.c.name, variable.c.value).where(variable.c.scope_key == key))
        return {row.name: row.value for row in rows}


def test_an_ended_instance_starts_again_inside_a_scope_with_what_it_knew(harness: Harness) -> None:
    harness.deploy(order())
    old = harness.start("order", amount=5, currency="IDR")
    harness.complete("check", amount=7)
    harness.engine.execute(CancelProcessInstance(process_instance_key=old.key, actor=SYSTEM))
    new = restart(harness, old.key, "pay", variables={"currency": "EUR"}, reason="canceled by mistake")
    assert harness.open_tasks() == ["pay"]
    assert variables(harness, new.key) == {"amount": 7, "currency": "EUR"}
    harness.complete("pay")
    assert harness.open_tasks() == []
    with read_only(harness.engine.database) as work:
        noted = history_entry.c.action == "instance_restarted"
        [details] = work.execute(select(history_entry.c.details).where(noted)).scalars()
    assert details == {"from": old.key, "start_before": ["pay"], "reason": "canceled by mistake"}


def test_a_restarted_instance_is_of_the_same_record_and_of_the_newest_version(harness: Harness) -> None:
    harness.deploy(order())
    old = harness.start("order")
    with harness.engine.database.sql.begin() as connection:
        connection.execute(process_instance.update().values(record_key=77, business_id="ORD-1"))
    harness.complete("check")
    harness.complete("pay")
    harness.deploy(order("settle"))
    new = restart(harness, old.key, "check")
    assert (new.record_key, new.business_id, new.version) == (77, "ORD-1", 2)
    assert restart(harness, old.key, "pay", version=1).version == 1


def test_what_cannot_be_restarted_is_refused_with_the_reason(harness: Harness) -> None:
    harness.deploy(order(), calls("caller", "order"))
    running = harness.start("order")
    with pytest.raises(NotInState):
        restart(harness, running.key, "check")
    harness.engine.execute(CancelProcessInstance(process_instance_key=running.key, actor=SYSTEM))
    with pytest.raises(ElementNotFound):
        restart(harness, running.key, "nowhere")
    with pytest.raises(InputInvalid):
        restart(harness, running.key)
    with pytest.raises(InputInvalid):
        restart(harness, running.key, "s")
    with pytest.raises(ProcessInstanceNotFound):
        restart(harness, 1, "check")
    caller = harness.start("caller")
    harness.engine.execute(CancelProcessInstance(process_instance_key=caller.key, actor=SYSTEM))
    called = harness.engine.ask(CallHierarchy(process_instance_key=caller.key, actor=SYSTEM))[1]
    with pytest.raises(InputInvalid):
        restart(harness, called.instance.key, "check")
    with pytest.raises(NotPermitted):
        harness.engine.execute(
            RestartProcessInstance(process_instance_key=running.key, start_before=("check",), actor=Actor("budi"))
        )


def test_a_preview_lists_what_cannot_move_and_why_and_moves_nothing(harness: Harness) -> None:
    harness.deploy(order())
    keys = [harness.start("order").key for _ in range(3)]
    harness.complete("check")
    harness.engine.execute(SuspendProcessInstance(process_instance_key=keys[1], actor=SYSTEM))
    harness.deploy(order("settle"))
    preview = harness.engine.ask(MigrationPreview(process_id="order", actor=SYSTEM))
    assert (preview.to_version, preview.can_move, preview.has_more) == (2, 1, False)
    assert {stuck.instance.key: word in stuck.reason.en for stuck, word in zip(
        preview.cannot_move, ("suspended", "pay -> pay"), strict=True)} == {keys[1]: True, keys[0]: True}  # fmt: skip
    fits = {element.element_id: (element.live, element.target_id) for element in preview.elements}
    assert fits == {"check": (2, "check"), "sub": (1, "sub"), "pay": (1, None)}
    mapped = harness.engine.ask(MigrationPreview(process_id="order", actor=SYSTEM, mapping={"pay": "settle"}))
    assert [stuck.instance.key for stuck in mapped.cannot_move] == [keys[1]]
    assert sorted(harness.open_tasks()) == ["check", "check", "pay"]
    wrong = harness.engine.ask(MigrationPreview(process_id="order", actor=SYSTEM, mapping={"pay": "nowhere"}))
    assert wrong.can_move == 0


def test_the_hierarchy_shows_callers_before_what_they_called(harness: Harness) -> None:
    harness.deploy(order(), calls("middle", "order"), calls("top", "middle"))
    top = harness.start("top")
    lines = harness.engine.ask(CallHierarchy(process_instance_key=top.key, actor=SYSTEM))
    assert [(line.instance.process_id, line.depth) for line in lines] == [("top", 0), ("middle", 1), ("order", 2)]
    assert [line.called_at.en if line.called_at else None for line in lines] == [None, "Call it", "Call it"]
    assert [line.parent_key for line in lines] == [None, *(line.instance.key for line in lines[:2])]
    assert harness.engine.ask(CallHierarchy(process_instance_key=lines[2].instance.key, actor=SYSTEM)) == lines
    assert lines[0].instance.state is ProcessInstanceState.ACTIVE


def test_element_statistics_tell_how_often_and_how_long(harness: Harness) -> None:
    harness.deploy(order())
    for hours in (1, 2, 6):
        harness.start("order")
        harness.advance(hours=hours)
        harness.complete("check")
    running = harness.start("order")
    harness.engine.execute(CancelProcessInstance(process_instance_key=running.key, actor=SYSTEM))
    data = harness.engine.ask(ElementStatistics(process_id="order", actor=SYSTEM))
    check = next(figures for figures in data.elements if figures.element_id == "check")
    assert data.instances == 4
    assert (check.completed, check.canceled) == (3, 1)
    assert (check.median, check.p95) == (timedelta(hours=2), timedelta(hours=6))
    assert data.elements[0].element_id == "check"
    start = next(figures for figures in data.elements if figures.element_id == "s")
    assert (start.completed, start.median) == (4, timedelta())


def test_only_operators_and_auditors_look(harness: Harness) -> None:
    budi = Actor("budi")
    for query in (
        MigrationPreview(process_id="order", actor=budi),
        CallHierarchy(process_instance_key=1, actor=budi),
        ElementStatistics(process_id="order", actor=budi),
        InstancePage(process_instance_key=1, actor=budi),
    ):
        with pytest.raises(NotPermitted):
            harness.engine.ask(query)
