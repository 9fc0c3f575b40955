"""A completed user task against the same statements without an engine, and against its own age."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from sqlalchemy import event, select

from engine.commands.complete_user_task import CompleteUserTask
from engine.model import SYSTEM
from engine.store import Database, migrate, read_only
from engine.store.tables import process_instance
from engine.testing import Harness
from tests.diagrams import diagram, user_task

#: One transaction: statements with their parameters, as the driver got them.
Transaction = list[tuple[str, Any]]
TURNS = 300
OLD = 10_000

LOOP = diagram(
    "loop",
    f'<startEvent id="s"/><exclusiveGateway id="again"/>{user_task("work", groups="desk")}'
    '<exclusiveGateway id="more" default="f3"/><endEvent id="e"/>',
    "s -> again\nagain -> work\nwork -> more\nmore -> e\nmore -> again if = turn &lt; turns",
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a SQLite file with an instance that waits in its loop."""
    path = tmp_path / "bench.db"
    migrate(f"sqlite:///{path}")
    with Harness(f"sqlite:///{path}") as harness:
        harness.deploy(LOOP)
        harness.start("loop", turn=0, turns=10 * OLD, note="x" * 4000)
    return path


@contextmanager
def recorded(database: Database) -> Iterator[list[Transaction]]:
    """Collect what the driver is told, transaction by transaction."""
    transactions: list[Transaction] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        if statement == "BEGIN IMMEDIATE":
            transactions.append([])
        elif statement != "BEGIN" and transactions:
            transactions[-1].append((statement, parameters))

    event.listen(database.sql, "before_cursor_execute", note)
    yield transactions
    event.remove(database.sql, "before_cursor_execute", note)


def next_task(harness: Harness) -> int:
    return harness.open_task("work").key


def complete(harness: Harness, turns: int) -> float:
    """Complete the task that many times; return the CPU seconds of one."""
    spent = 0.0
    for turn in range(turns):
        command = CompleteUserTask(user_task_key=next_task(harness), actor=SYSTEM, variables={"turn": turn})
        started = process_time()
        harness.engine.execute(command)
        spent += process_time() - started
    return spent / turns


def replay(database: Database, transactions: Sequence[Transaction]) -> float:
    """Send the same statements again, to another copy; return the CPU seconds of one transaction."""
    with database.sql.connect() as connection:
        started = process_time()
        for transaction in transactions:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            for statement, parameters in transaction:
                result = connection.exec_driver_sql(statement, parameters)
                if result.returns_rows:
                    result.all()
            connection.commit()
        return (process_time() - started) / len(transactions)


def revision_in(database: Database) -> int:
    with read_only(database) as work:
        return int(work.execute(select(process_instance.c.revision)).scalar_one())


def test_a_completed_user_task_against_the_same_rows_without_an_engine(database: Path) -> None:
    copy = database.with_name("copy.db")
    with Harness(f"sqlite:///{database}") as harness:
        complete(harness, 20)
    shutil.copyfile(database, copy)
    with Harness(f"sqlite:///{database}") as harness:
        with recorded(harness.engine.database) as transactions:
            complete(harness, TURNS)
        revision = revision_in(harness.engine.database)
        engine = complete(harness, TURNS)
    other = Database(f"sqlite:///{copy}")
    bare = replay(other, transactions)
    assert revision_in(other) == revision  # the very same rows were written
    other.close()
    print(f"\ncompleted user task: {engine / bare:.1f} times its bare statements ({engine * 1e3:.2f} ms CPU)")
    assert engine <= 8 * bare


def test_a_completion_costs_the_same_at_any_age(database: Path) -> None:
    with Harness(f"sqlite:///{database}") as harness:
        complete(harness, 20)
        young = min(complete(harness, 100) for _ in range(3))
        complete(harness, OLD)
        old = min(complete(harness, 100) for _ in range(3))
    print(f"\nafter {OLD} turns: {old / young:.2f} times the cost of the first ({old * 1e3:.2f} ms CPU)")
    assert old <= 1.3 * young
