"""The alarm rings for the earliest due row, soon after a command, and survives failures."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.clock import MovableClock, ShiftedClock
from engine.commands.deploy import Deploy
from engine.commands.start_process_instance import StartProcessInstance
from engine.engine import Engine, Settings
from engine.jobs import EmbeddedPump
from engine.model import SYSTEM, ResourceFile
from engine.store import read_only
from engine.store.census import Census

PATIENCE_SECONDS = 20
DIAGRAM = Path(__file__).parents[1] / "scenarios/bpmn/tmr-01-duration.bpmn"


class FakeRows:
    """Due rows in memory; every look and every run is told."""

    def __init__(self) -> None:
        self.clock = MovableClock()
        self.due: list[datetime] = []
        self.ran: queue.Queue[int] = queue.Queue()
        self.failures = 0
        self.may_finish = threading.Event()
        self.may_finish.set()

    def next_due_at(self) -> datetime | None:
        return min(self.due, default=None)

    def run_due_work(self, limit: int = 1000) -> int:
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is away")
        now_due = [moment for moment in self.due if moment <= self.clock.now()][:limit]
        self.due = [moment for moment in self.due if moment not in now_due]
        self.ran.put(len(now_due))
        self.may_finish.wait(PATIENCE_SECONDS)
        return len(now_due)

    def wait(self) -> int:
        return self.ran.get(timeout=PATIENCE_SECONDS)


@pytest.fixture
def rows() -> FakeRows:
    return FakeRows()


@pytest.fixture
def pump(rows: FakeRows) -> Iterator[EmbeddedPump]:
    pump = EmbeddedPump(rows)
    yield pump
    rows.may_finish.set()
    pump.stop()


def test_what_fell_due_while_it_was_off_runs_at_the_start(rows: FakeRows, pump: EmbeddedPump) -> None:
    rows.due = [rows.clock.now() - timedelta(days=2), rows.clock.now()]
    pump.start()
    assert rows.wait() == 2


def test_a_command_wakes_it(rows: FakeRows, pump: EmbeddedPump) -> None:
    pump.start()
    rows.due = [rows.clock.now()]
    pump.wake()
    assert rows.wait() == 1


def test_a_row_that_is_written_while_it_runs_is_not_missed(rows: FakeRows, pump: EmbeddedPump) -> None:
    rows.may_finish.clear()
    rows.due = [rows.clock.now()]
    pump.start()
    rows.wait()
    rows.due = [rows.clock.now()]
    pump.wake()
    rows.may_finish.set()
    assert rows.wait() == 1


def test_it_rings_when_the_earliest_row_falls_due(rows: FakeRows, pump: EmbeddedPump) -> None:
    rows.due = [rows.clock.now() + timedelta(milliseconds=200)]
    pump.start()
    # The alarm is set by the distance; the clock of the rows stands still until then.
    with pytest.raises(queue.Empty):
        rows.ran.get(timeout=0.1)
    rows.clock.advance(timedelta(milliseconds=200))
    assert rows.wait() == 1


def test_a_failure_does_not_end_it(rows: FakeRows, pump: EmbeddedPump, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.jobs.embedded._AFTER_TROUBLE", timedelta(milliseconds=10))
    rows.failures = 2
    rows.due = [rows.clock.now()]
    pump.start()
    assert rows.wait() == 1


def test_other_work_runs_now_and_then(rows: FakeRows, pump: EmbeddedPump) -> None:
    ran = threading.Event()
    pump.every("anchor", timedelta(hours=1), ran.set)
    pump.start()
    assert ran.wait(PATIENCE_SECONDS)


def test_a_timer_of_a_real_instance_fires(database_url: str) -> None:
    clock = ShiftedClock()
    engine = Engine(Settings(database_url=database_url), clock=clock)
    pump = EmbeddedPump(engine)
    committed = threading.Event()
    engine.execute(Deploy(files=(ResourceFile(DIAGRAM.name, DIAGRAM.read_bytes()),), actor=SYSTEM))
    engine.execute(StartProcessInstance(process_id="tmr01", actor=SYSTEM))
    clock.advance(timedelta(days=400))
    engine.after_command = committed.set
    pump.start()
    assert committed.wait(PATIENCE_SECONDS)
    pump.stop()
    with read_only(engine.database) as work:
        assert [task.element_id for task in Census(work).open_user_tasks()] == ["a"]
    engine.close()
