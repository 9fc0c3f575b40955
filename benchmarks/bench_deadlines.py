"""Business time far ahead costs what business time near costs; 50,000 clocks are computed anew while others write."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from benchmarks.stopwatch import best_seconds
from engine.clock import MovableClock
from engine.commands import RemoveView, SaveView
from engine.deadlines import BusinessDuration, bizadd, parse_calendar
from engine.documents import parse_document
from engine.model import SYSTEM, ResourceFile, SavedView
from engine.store import read_only, unit_of_work
from engine.store.deadlines import RecalculationRows
from engine.store.tables import deadline, deadline_event
from engine.testing import Harness
from tests.support_case import clock_content

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
CLOCKS = 50_000


def office() -> ResourceFile:
    (found,) = [file for file in clock_content() if file.name == "cal_office.yaml"]
    return found


def test_200_working_days_ahead_cost_at_most_half_more_than_20_and_20_000_are_computed_in_a_second() -> None:
    calendar = parse_calendar(parse_document(office().content, "cal_office.yaml"))
    near, far, hours = BusinessDuration(days=20), BusinessDuration(days=200), BusinessDuration(micros=8 * 3_600_000_000)
    calls = [lambda length=length: bizadd(calendar, NOW, length) for length in (near, far, hours)]
    seconds = best_seconds(*((call, 500) for call in calls))
    rates = [1 / one for one in seconds]
    print(f"\n20 days: {rates[0]:,.0f}/s, 200 days: {rates[1]:,.0f}/s, 8 hours: {rates[2]:,.0f}/s")
    assert seconds[1] < 1.5 * seconds[0]
    assert min(rates) > 20_000


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(f"sqlite:///{tmp_path}/clause8.db", clock=MovableClock(NOW)) as made:
        made.engine.migrate()
        made.deploy(*clock_content())
        yield made


def add_clocks(harness: Harness) -> None:
    """Write clocks that began in the last weeks; all are due after the first of June."""
    begun = [NOW - timedelta(minutes=number % 20_000) for number in range(CLOCKS)]
    common = {"calendar": "cal_office", "duration": "P90D", "reason": "", "due_at": NOW}
    rows = [
        common
        | {"key": number, "clock": "resolution", "root_instance_key": number, "state": "running", "revision": 1}
        | {"started_at": at, "next_at": None, "next_share": None}
        for number, at in enumerate(begun, start=1)
    ]
    events = [
        common
        | {"deadline_key": number, "sequence": 1, "at": at, "kind": "started", "actor": "tari", "element_id": "S"}
        | {"due_before": None, "share": None}
        for number, at in enumerate(begun, start=1)
    ]
    with unit_of_work(harness.engine.database) as work:
        work.execute(insert(deadline), rows)
        work.execute(insert(deadline_event), events)


class Writer(threading.Thread):
    """Writes all the time, and notes how long each write took."""

    def __init__(self, harness: Harness) -> None:
        super().__init__()
        self.harness, self.waits, self.is_over = harness, [0.0], threading.Event()

    def run(self) -> None:
        while not self.is_over.wait(0.01):
            began = time.perf_counter()
            self.harness.engine.execute(SaveView(actor=SYSTEM, view=SavedView("page", "mine", "q=1", is_default=False)))
            self.waits.append(time.perf_counter() - began)


def test_50_000_open_clocks_are_computed_anew_in_the_background_while_others_write(harness: Harness) -> None:
    add_clocks(harness)
    leave = b'  - {date: 2026-03-04, en: "Joint leave", id: "Cuti bersama", kind: cuti_bersama}\n'
    began = time.perf_counter()
    harness.deploy(ResourceFile("cal_office.yaml", office().content + leave))
    deployed = time.perf_counter() - began
    writer = Writer(harness)
    writer.start()
    began = time.perf_counter()
    while harness.engine.run_due_work(limit=200):
        pass
    seconds = time.perf_counter() - began
    writer.is_over.set()
    writer.join()
    with read_only(harness.engine.database) as work:
        job = RecalculationRows(work).newest(["cal_office"])["cal_office"]
    slowest, middle = max(writer.waits), sorted(writer.waits)[len(writer.waits) // 2]
    print(
        f"\n{CLOCKS:,} clocks in {seconds:.1f} s ({CLOCKS / seconds:,.0f}/s), deployment {deployed * 1000:.0f} ms; "
        f"{len(writer.waits):,} writes meanwhile, middle {middle * 1000:.0f} ms, slowest {slowest * 1000:.0f} ms"
    )
    assert (job.is_running, job.done, job.changed) == (False, CLOCKS, CLOCKS)
    assert slowest < 1
    harness.engine.execute(RemoveView(actor=SYSTEM, page="page", name="mine"))
