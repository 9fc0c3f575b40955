"""Random processes and large ones through the whole engine, on SQLite: every command loads, runs and saves."""

from __future__ import annotations

import itertools
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from engine.commands.complete_user_task import CompleteUserTask
from engine.model import SYSTEM, ResourceFile
from engine.store import read_only
from engine.store.tables import (
    history_entry,
    instance_state,
    job,
    live_element,
    message_subscription,
    process_instance,
    signal_subscription,
    timer,
    variable,
)
from engine.testing import Harness
from tests.databases import SqliteTemplate
from tests.features.notation import boundary, bpmn, extended, script
from tests.features.notation import timer as timer_definition
from tests.features.test_random_processes import _BLOCKS, Drawing, draw


@pytest.fixture
def harness(sqlite_template: SqliteTemplate, tmp_path: Path) -> Any:
    with Harness(sqlite_template.copy_to(tmp_path)) as made:
        yield made


def rows(harness: Harness, statement: Any) -> list[Any]:
    with read_only(harness.engine.database) as work:
        return list(work.execute(statement))


def count(harness: Harness, table: Any) -> int:
    return int(rows(harness, select(func.count()).select_from(table))[0][0])


def random_process(block: object) -> tuple[bytes, int]:
    """Return a block-structured process and how many user tasks one run of it does; every user task has a timer."""
    drawing = Drawing()
    last, expected = draw(block, drawing, "start")
    drawing.flow(last, "finish")
    body = "<start start> <end finish> " + " ".join(drawing.nodes) + "\n" + "\n".join(drawing.lines) + "\n"
    reminder = boundary("late", "first", timer_definition("cycle", "R/PT7H"), interrupting=False)
    head = f"<user first> {reminder} {script('reminded', 'reminders + 1', 'reminders')} <end told>\n"
    head += "start -> first\nlate -> reminded\nreminded -> told\n"
    return bpmn(head + body.replace("start -> ", "first -> ", 1)), expected + 1


def play(harness: Harness, source: bytes, seed: int, *, restarts: bool) -> tuple[int, dict[str, Any]]:
    """Do every open task in a random order, with time passing; return how many were done and what is known then."""
    order, done = random.Random(seed), 0
    harness.deploy(ResourceFile("p.bpmn", source))
    key = harness.start("p", done=0, reminders=0).key
    harness.advance(hours=20)
    while True:
        with harness.census() as census:
            tasks = sorted(task.key for task in census.open_user_tasks())
        if not tasks:
            break
        if restarts:
            harness.forget()
        harness.engine.execute(CompleteUserTask(user_task_key=order.choice(tasks), actor=SYSTEM, variables={}))
        harness.clock.advance(timedelta(minutes=order.randrange(50)))
        done += 1
    known = rows(harness, select(variable.c.name, variable.c.value).where(variable.c.scope_key == key))
    return done, dict(map(tuple, known))


def check_it_is_over(harness: Harness) -> None:
    """Nothing waits any more, and no history runs backwards."""
    for table in (live_element, instance_state, timer, job, message_subscription, signal_subscription):
        assert count(harness, table) == 0, table.name
    entries = rows(
        harness,
        select(history_entry.c.stream, history_entry.c.sequence, history_entry.c.at).order_by("stream", "sequence"),
    )
    for before, after in itertools.pairwise(entries):
        if before.stream == after.stream:
            assert after.sequence == before.sequence + 1
            assert after.at >= before.at


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(block=_BLOCKS, seed=st.integers(0, 1000))
def test_two_orders_of_work_end_alike_and_leave_nothing(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory, block: object, seed: int
) -> None:
    source, expected = random_process(block)
    endings = []
    for order, restarts in ((seed, False), (seed + 1, True)):
        with Harness(sqlite_template.copy_to(tmp_path_factory.mktemp("random"))) as harness:
            done, known = play(harness, source, order, restarts=restarts)
            assert done == expected
            assert known["reminders"] == 2
            check_it_is_over(harness)
            endings.append(known)
    assert endings[0] == endings[1]


def test_ten_thousand_turns_of_a_loop(harness: Harness) -> None:
    body = f"<start s> <xor top> {script('plus', 'n + 1', 'n')} <xor again> <end e>\n"
    body += "s -> top\ntop -> plus\nplus -> again\nagain -> top if n < 10000\nagain -> e if n >= 10000\n"
    harness.deploy(ResourceFile("p.bpmn", bpmn(body)))
    key = harness.start("p", n=0).key
    assert rows(harness, select(variable.c.value).where(variable.c.scope_key == key)) == [(10000,)]
    check_it_is_over(harness)


def test_a_thousand_parallel_items_keep_their_order(harness: Harness) -> None:
    loop = (
        "<multiInstanceLoopCharacteristics><extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="= items" inputElement="i" outputCollection="out" '
        'outputElement="= 2 * i"/></extensionElements></multiInstanceLoopCharacteristics>'
    )
    user = extended("userTask", "u", "<zeebe:userTask/>", loop)
    harness.deploy(ResourceFile("p.bpmn", bpmn(f"<start s> {user} <end e>\ns -> u\nu -> e\n")))
    key = harness.start("p", items=list(range(1000))).key
    with harness.census() as census:
        tasks = [task.key for task in census.open_user_tasks()]
    assert len(tasks) == 1000
    random.Random(1).shuffle(tasks)
    for task in tasks:
        harness.engine.execute(CompleteUserTask(user_task_key=task, actor=SYSTEM, variables={}))
    mine = variable.c.scope_key == key
    [(out,)] = rows(harness, select(variable.c.value).where(mine, variable.c.name == "out"))
    assert out == [2 * item for item in range(1000)]
    check_it_is_over(harness)


def test_two_hundred_nested_calls_unwind_together(harness: Harness) -> None:
    call = extended(
        "callActivity",
        "call",
        '<zeebe:calledElement processId="p"/><zeebe:ioMapping><zeebe:input source="= depth - 1" target="depth"/>'
        "</zeebe:ioMapping>",
    )
    body = f"<start s> <xor deep> {call} <user bottom> <xor up> <end e>\n"
    body += "s -> deep\ndeep -> call if depth > 0\ndeep -> bottom if depth <= 0\ncall -> up\nbottom -> up\nup -> e\n"
    harness.deploy(ResourceFile("p.bpmn", bpmn(body)))
    harness.start("p", depth=200)
    assert count(harness, process_instance) == 201
    assert harness.open_tasks() == ["bottom"]
    harness.complete("bottom", answer=42)
    assert rows(harness, select(process_instance.c.state).distinct()) == [("completed",)]
    assert rows(harness, select(variable.c.value).where(variable.c.name == "answer").distinct()) == [(42,)]
    check_it_is_over(harness)


def test_sixty_four_branches_in_each_of_twenty_blocks(harness: Harness) -> None:
    lines, nodes, last = [], [], "s"
    for block in range(20):
        nodes.append(f"<and f{block}> <and j{block}>")
        lines.append(f"{last} -> f{block}")
        for branch in range(64):
            nodes.append(f"<task t{block}_{branch}>")
            lines += [f"f{block} -> t{block}_{branch}", f"t{block}_{branch} -> j{block}"]
        last = f"j{block}"
    body = "<start s> <end e> " + " ".join(nodes) + "\n" + "\n".join([*lines, f"{last} -> e"]) + "\n"
    harness.deploy(ResourceFile("p.bpmn", bpmn(body)))
    harness.start("p")
    assert rows(harness, select(process_instance.c.state)) == [("completed",)]
    completed = history_entry.c.action == "element_completed"
    assert len(rows(harness, select(history_entry.c.sequence).where(completed))) == 20 * 66 + 2
