"""Claiming and completing user tasks through the engine, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select

from engine.clock import MovableClock
from engine.commands.assign_user_task import AssignUserTask
from engine.commands.claim_user_task import ClaimUserTask, UnclaimUserTask
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.deploy import Deploy
from engine.commands.save_draft import SaveDraft
from engine.commands.start_process_instance import StartProcessInstance
from engine.engine import Engine, Settings
from engine.errors import CommandRejected, NotPermitted, StaleRevision, UserTaskClaimed, UserTaskNotActive
from engine.model import SYSTEM, Actor, Group, Label, User
from engine.store import read_only, unit_of_work
from engine.store.people import People
from engine.store.tables import history_entry, process_instance, task_draft, task_inbox, user_task, variable
from tests.diagrams import diagram
from tests.diagrams import user_task as a_user_task

LOOP = diagram(
    "loop",
    f'<startEvent id="s"/><exclusiveGateway id="again"/>{a_user_task("work", groups="desk")}'
    '<exclusiveGateway id="more" default="f3"/><endEvent id="e"/>',
    """
    s -> again
    again -> work
    work -> more
    more -> e
    more -> again if = turn &lt; turns
    """,
)
ANA, BUDI, RINA = Actor("ana"), Actor("budi"), Actor("rina")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = Engine(Settings(database_url), clock=MovableClock())
    with unit_of_work(made.database) as work:
        people = People(work, made.clock.now())
        people.put_groups([Group("desk", Label("Desk", "Meja"))])
        for name, groups in (("ana", ("desk", "program")), ("budi", ("desk", "program")), ("rina", ())):
            at = made.clock.now()
            people.add(User(name, name.title(), f"{name}@example.id", "id", "", True, groups), None, at=at)
    made.execute(Deploy(files=(LOOP,), actor=SYSTEM))
    yield made
    made.close()


def rows(engine: Engine, table: Any) -> list[Any]:
    with read_only(engine.database) as work:
        return list(work.execute(select(table)))


def start(engine: Engine, turns: int = 1) -> int:
    engine.execute(StartProcessInstance(process_id="loop", actor=SYSTEM, variables={"turn": 0, "turns": turns}))
    return open_task(engine)


def open_task(engine: Engine) -> int:
    with read_only(engine.database) as work:
        key: int = work.execute(select(user_task.c.key).where(user_task.c.state == "created")).scalar_one()
        return key


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the SQL statements of the block; what begins and ends a transaction is none."""
    statements: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, _p: Any, _ctx: Any, _many: bool) -> None:
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(engine.database.sql, "before_cursor_execute", note)
    yield statements
    event.remove(engine.database.sql, "before_cursor_execute", note)


def test_a_task_of_a_group_lies_with_the_group_until_it_is_claimed(engine: Engine) -> None:
    key = start(engine)
    assert {row.actor for row in rows(engine, task_inbox)} == {"g:desk"}
    engine.execute(ClaimUserTask(user_task_key=key, actor=BUDI))
    assert {row.actor for row in rows(engine, task_inbox)} == {"u:budi"}
    engine.execute(UnclaimUserTask(user_task_key=key, actor=BUDI))
    assert {row.actor for row in rows(engine, task_inbox)} == {"g:desk"}


def test_a_claimed_task_cannot_be_claimed_or_completed_by_another(engine: Engine) -> None:
    key = start(engine)
    engine.execute(ClaimUserTask(user_task_key=key, actor=BUDI))
    with pytest.raises(UserTaskClaimed):
        engine.execute(ClaimUserTask(user_task_key=key, actor=ANA))
    with pytest.raises(UserTaskClaimed):
        engine.execute(CompleteUserTask(user_task_key=key, actor=ANA, variables={}))


def test_who_is_no_candidate_may_not_touch_the_task(engine: Engine) -> None:
    key = start(engine)
    for command in (
        ClaimUserTask(user_task_key=key, actor=RINA),
        CompleteUserTask(user_task_key=key, actor=RINA, variables={}),
        SaveDraft(user_task_key=key, actor=RINA, submitted={}),
        AssignUserTask(user_task_key=key, actor=RINA, assignee="rina"),
        ClaimUserTask(user_task_key=key, actor=Actor("nobody")),
    ):
        with pytest.raises(NotPermitted):
            engine.execute(command)


def test_a_completed_task_cannot_be_completed_again_and_says_by_whom_it_was(engine: Engine) -> None:
    key = start(engine, turns=9)
    engine.execute(CompleteUserTask(user_task_key=key, actor=BUDI, variables={"turn": 1}))
    before = rows(engine, process_instance), rows(engine, variable)
    with pytest.raises(UserTaskNotActive) as refused:
        engine.execute(CompleteUserTask(user_task_key=key, actor=ANA, variables={"turn": 5}))
    assert refused.value.by == "budi"
    assert (rows(engine, process_instance), rows(engine, variable)) == before


def test_a_page_older_than_the_task_is_noticed(engine: Engine) -> None:
    key = start(engine)
    engine.execute(ClaimUserTask(user_task_key=key, actor=BUDI))
    with pytest.raises(StaleRevision):
        engine.execute(CompleteUserTask(user_task_key=key, actor=BUDI, variables={}, revision=1))


def test_a_draft_goes_with_its_task(engine: Engine) -> None:
    key = start(engine)
    engine.execute(SaveDraft(user_task_key=key, actor=BUDI, submitted={"note": "half a sen"}))
    engine.execute(SaveDraft(user_task_key=key, actor=BUDI, submitted={"note": "half a sentence"}))
    assert [row.submitted for row in rows(engine, task_draft)] == [{"note": "half a sentence"}]
    engine.execute(CompleteUserTask(user_task_key=key, actor=BUDI, variables={"turn": 1}))
    assert rows(engine, task_draft) == []


def test_of_two_who_complete_at_once_one_succeeds_and_nothing_is_done_twice(engine: Engine) -> None:
    key = start(engine, turns=9)
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def complete(actor: Actor) -> None:
        ready.wait()
        try:
            engine.execute(CompleteUserTask(user_task_key=key, actor=actor, variables={"turn": 1}))
            outcomes.append("done")
        except CommandRejected as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=complete, args=(actor,)) for actor in (ANA, BUDI, ANA, BUDI)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["UserTaskNotActive"] * 3 + ["done"]
    assert len(rows(engine, user_task)) == 2


def test_a_completion_costs_at_most_12_statements_on_the_first_and_the_thousandth_turn(engine: Engine) -> None:
    start(engine, turns=2000)
    costs = []
    for turn in range(1, 1001):
        key = open_task(engine)
        with counted(engine) as statements:
            engine.execute(CompleteUserTask(user_task_key=key, actor=BUDI, variables={"turn": turn}))
        costs.append(len(statements))
    assert costs[0] == costs[-1] <= 12, statements


def test_what_is_not_permitted_is_noted_in_the_audit_with_its_rule(engine: Engine) -> None:
    key = start(engine)
    with pytest.raises(NotPermitted):
        engine.execute(ClaimUserTask(user_task_key=key, actor=RINA))
    denied = [row for row in rows(engine, history_entry) if row.action == "access_denied"]
    assert [(row.stream, row.actor) for row in denied] == [("system", "rina")]
    assert denied[0].details == {"rule": "candidate", "asked": "ClaimUserTask", "user_task_key": str(key)}
