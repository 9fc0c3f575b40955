"""One operation on many instances, on both databases."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from engine.commands import (
    BatchPlan,
    DiscardBatch,
    ProposeBatch,
    StartBatch,
    StopBatch,
    SuspendProcessInstance,
)
from engine.commands.batches import RunBatchItem
from engine.errors import BatchNotFound, ElementNotFound, InputInvalid, NotInState, NotPermitted
from engine.model import SYSTEM, Actor, Batch, BatchItemState, BatchKind, BatchState
from engine.queries import Batches, BatchPage
from engine.store import read_only
from engine.store.monitoring.instance_list import InstanceFilter
from engine.store.tables import batch_item, fault, history_entry, process_instance
from engine.testing import Harness
from tests.diagrams import diagram, user_task


def order(*tasks: str) -> Any:
    names = ["s", *tasks, "e"]
    flows = "\n".join(f"{a} -> {b}" for a, b in itertools.pairwise(names))
    return diagram("order", '<startEvent id="s"/>' + "".join(map(user_task, tasks)) + '<endEvent id="e"/>', flows)


STUCK = diagram(
    "stuck",
    '<startEvent id="s"/><scriptTask id="sum"><extensionElements>'
    '<zeebe:script expression="= if known = null then assert(known, false) else known" resultVariable="out"/>'
    f'</extensionElements></scriptTask>{user_task("after")}<endEvent id="e"/>',
    "s -> sum\nsum -> after\nafter -> e",
)
CANCEL = BatchPlan(kind=BatchKind.CANCEL)
ORDERS = InstanceFilter(process_id="order")


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as made:
        yield made


def propose(harness: Harness, plan: BatchPlan = CANCEL, selection: InstanceFilter = ORDERS) -> Batch:
    return harness.engine.execute(ProposeBatch(plan=plan, actor=SYSTEM, selection=selection, reason="test"))


def start(harness: Harness, batch: Batch) -> None:
    harness.engine.execute(StartBatch(batch_key=batch.key, actor=SYSTEM))


def found(harness: Harness, batch: Batch) -> Batch:
    return harness.engine.ask(BatchPage(batch_key=batch.key, actor=SYSTEM)).batch


def column(harness: Harness, wanted: Any) -> list[Any]:
    with read_only(harness.engine.database) as work:
        return list(work.execute(select(wanted).order_by(*wanted.table.primary_key)).scalars())


def states(harness: Harness) -> list[str]:
    return column(harness, process_instance.c.state)


def orders(harness: Harness, count: int) -> list[int]:
    harness.deploy(order("check", "pay"))
    return [harness.start("order").key for _ in range(count)]


def test_a_proposed_batch_does_nothing_until_it_is_started(harness: Harness) -> None:
    orders(harness, 3)
    batch = propose(harness)
    harness.drain()
    assert (batch.state, batch.total, batch.waiting) == (BatchState.PROPOSED, 3, 3)
    assert states(harness) == ["active"] * 3
    start(harness, batch)
    assert harness.engine.next_due_at() is not None
    harness.drain()
    assert states(harness) == ["canceled"] * 3
    done = found(harness, batch)
    assert (done.state, done.done, done.refused) == (BatchState.FINISHED, 3, 0)
    assert harness.engine.next_due_at() is None


def test_a_discarded_choice_can_no_longer_be_started(harness: Harness) -> None:
    orders(harness, 2)
    batch = propose(harness)
    harness.engine.execute(DiscardBatch(batch_key=batch.key, actor=SYSTEM))
    with pytest.raises(NotInState):
        start(harness, batch)
    harness.drain()
    assert states(harness) == ["active"] * 2


def test_only_what_the_filter_names_is_chosen(harness: Harness) -> None:
    first, _, third = orders(harness, 3)
    harness.complete("check")
    assert propose(harness, selection=InstanceFilter(process_id="order", element_id="check")).total == 2
    assert propose(harness, selection=InstanceFilter(keys=(first, third))).total == 2
    with pytest.raises(InputInvalid):
        propose(harness, selection=InstanceFilter(process_id="unknown"))


def test_a_batch_stops_between_two_instances_and_goes_on_where_it_stood(harness: Harness) -> None:
    orders(harness, 4)
    batch = propose(harness)
    start(harness, batch)
    assert harness.engine.run_due_work(limit=2) == 2
    harness.engine.execute(StopBatch(batch_key=batch.key, actor=SYSTEM))
    assert harness.drain() == 0
    assert (found(harness, batch).state, found(harness, batch).waiting) == (BatchState.STOPPED, 2)
    assert sorted(states(harness)) == ["active"] * 2 + ["canceled"] * 2
    start(harness, batch)
    harness.drain()
    assert states(harness) == ["canceled"] * 4


def test_a_running_batch_goes_on_after_a_restart(harness: Harness, database_url: str) -> None:
    orders(harness, 4)
    batch = propose(harness)
    start(harness, batch)
    harness.engine.run_due_work(limit=1)
    harness.close()
    with Harness(database_url, clock=harness.clock) as later:
        later.drain()
        assert states(later) == ["canceled"] * 4
        assert found(later, batch).done == 4


def test_an_instance_is_worked_on_once_however_many_pumps_run(harness: Harness) -> None:
    orders(harness, 6)
    batch = propose(harness, BatchPlan(kind=BatchKind.MODIFY, start_before=("pay",)))
    start(harness, batch)
    keys = column(harness, batch_item.c.instance_key)
    ran: list[bool] = []

    def work() -> None:
        ran.extend(harness.engine.execute(RunBatchItem(batch_key=batch.key, instance_key=key)) for key in keys)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ran.count(True) == 6
    assert harness.open_tasks().count("pay") == 6
    assert found(harness, batch).done == 6


def test_what_does_not_fit_an_instance_is_noted_and_the_others_go_on(harness: Harness) -> None:
    first, second = orders(harness, 2)
    batch = propose(harness, BatchPlan(kind=BatchKind.MODIFY, cancel=("check",), start_before=("pay",)))
    harness.engine.execute(SuspendProcessInstance(process_instance_key=first, actor=SYSTEM))
    start(harness, batch)
    harness.drain()
    page = harness.engine.ask(BatchPage(batch_key=batch.key, actor=SYSTEM, state=BatchItemState.REFUSED))
    assert [item.process_instance_key for item in page.items] == [first]
    assert page.items[0].problem is not None
    assert "suspended" in page.items[0].problem.en
    assert (page.batch.state, page.batch.done, page.batch.refused) == (BatchState.FINISHED, 1, 1)
    assert page.instances[first].process_id == "order"
    assert sorted(harness.open_tasks()) == ["check", "pay"]
    assert second != first


def test_a_bug_in_one_instance_blocks_no_other(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = orders(harness, 2)
    batch = propose(harness)
    start(harness, batch)
    usual = BatchPlan.command

    def broken(plan: BatchPlan, key: int, actor: Actor, reason: str) -> Any:
        if key == first:
            raise RuntimeError("a bug")
        return usual(plan, key, actor, reason)

    monkeypatch.setattr(BatchPlan, "command", broken)
    harness.drain()
    assert states(harness) == ["active", "canceled"]
    assert found(harness, batch).state is BatchState.FINISHED
    assert found(harness, batch).refused == 1


def test_many_move_to_a_new_version_with_their_elements_renamed(harness: Harness) -> None:
    orders(harness, 3)
    harness.deploy(order("inspect", "pay"))
    with pytest.raises(ElementNotFound):
        propose(harness, BatchPlan(kind=BatchKind.MIGRATE, mapping={"check": "nowhere"}))
    with pytest.raises(InputInvalid):
        propose(harness, BatchPlan(kind=BatchKind.MIGRATE), InstanceFilter())
    batch = propose(harness, BatchPlan(kind=BatchKind.MIGRATE, mapping={"check": "inspect"}))
    start(harness, batch)
    harness.drain()
    assert harness.open_tasks() == ["inspect"] * 3
    assert column(harness, process_instance.c.version) == [2] * 3


def test_many_faults_are_retried_with_mended_variables(harness: Harness) -> None:
    harness.deploy(STUCK)
    for _ in range(3):
        harness.start("stuck")
    harness.start("stuck", known=1)
    batch = propose(harness, BatchPlan(kind=BatchKind.RETRY, variables={"known": 2}), InstanceFilter())
    assert batch.total == 3
    start(harness, batch)
    harness.drain()
    assert column(harness, fault.c.state) == ["resolved"] * 3
    assert harness.open_tasks() == ["after"] * 4


def test_what_ended_meanwhile_is_refused_with_the_state_that_was_found(harness: Harness) -> None:
    orders(harness, 1)
    batch = propose(harness)
    harness.complete("check")
    harness.complete("pay")
    start(harness, batch)
    harness.drain()
    page = harness.engine.ask(BatchPage(batch_key=batch.key, actor=SYSTEM))
    assert page.items[0].problem is not None
    assert "completed" in page.items[0].problem.en
    assert states(harness) == ["completed"]


def test_the_audit_tells_who_let_a_batch_run_and_how_it_ended(harness: Harness) -> None:
    orders(harness, 1)
    batch = propose(harness)
    start(harness, batch)
    harness.drain()
    with read_only(harness.engine.database) as work:
        rows = work.execute(
            select(history_entry.c.action, history_entry.c.details).where(history_entry.c.stream == "system")
        )
        told = [(row.action, row.details["batch"]) for row in rows if row.action.startswith("batch")]
    assert told == [("batch_running", batch.key), ("batch_finished", batch.key)]
    assert [one.key for one in harness.engine.ask(Batches(actor=SYSTEM)).batches] == [batch.key]


def test_only_administrators_work_on_many(harness: Harness) -> None:
    orders(harness, 1)
    batch = propose(harness)
    budi = Actor("budi")
    for command in (
        ProposeBatch(plan=CANCEL, actor=budi, selection=ORDERS),
        StartBatch(batch_key=batch.key, actor=budi),
        StopBatch(batch_key=batch.key, actor=budi),
        DiscardBatch(batch_key=batch.key, actor=budi),
    ):
        with pytest.raises(NotPermitted):
            harness.engine.execute(command)
    with pytest.raises(BatchNotFound):
        harness.engine.execute(StartBatch(batch_key=1, actor=SYSTEM))
