"""What administrators and auditors see, and at what cost."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from engine import SYSTEM, FailJob, ResourceFile
from engine.store import tables, unit_of_work
from engine.store.instance_counts import CountChange, InstanceCounts
from tests.integration.rows import add, add_instance, add_live
from tests.webapp.operations.conftest import ORDER, START, Site

#: Address -> SQL statements of the whole request: who is it, the page, the counts in the frame.
BUDGETS = {
    "/monitor/": 14,
    "/monitor/processes/order": 16,
    "/monitor/processes/order?heat=median": 21,
    "/monitor/processes/order/overlay.json": 8,
    "/monitor/processes/order/overlay.json?heat=p95": 8,
    "/monitor/instances": 15,
    "/monitor/instances?process=order&element=check&fault=1&variable=amount&value=100&person=budi&days=0": 16,
    "/monitor/faults": 14,
    "/monitor/batches": 8,
    "/monitor/batches/new?kind=cancel&process=order": 14,
    "/monitor/migration?process=order": 18,
    "/monitor/publish-message": 10,
}


@pytest.fixture
def busy(site: Site) -> Site:
    """Three orders: one waits for its check, one for its payment, one is stuck."""
    site.order("PO-1")
    site.checked_order("PO-2")
    site.checked_order("PO-3", amount=None)
    site.log_in("sari")
    return site


def instance_key(site: Site, number: str) -> int:
    with unit_of_work(site.engine.database) as work:
        row = work.execute(
            tables.variable.select().where(tables.variable.c.name == "order_number", tables.variable.c.value == number)
        ).one()
    return int(row.instance_key)


def test_the_overview_counts_what_runs_and_what_is_stuck(busy: Site) -> None:
    page = busy.get("/monitor/")
    assert "Purchase order" in page
    assert 'href="/monitor/instances?process=order">3</a>' in page
    assert "Stuck the longest" in page
    assert "amount is missing" in page


def test_the_process_page_tells_where_the_work_is(busy: Site) -> None:
    overlay = json.loads(busy.get("/monitor/processes/order/overlay.json"))["elements"]
    assert overlay["check"] == {"active": 1, "faults": 0}
    assert overlay["price"] == {"active": 0, "faults": 1}
    assert "element=price" in busy.get("/monitor/processes/order")


def test_one_version_shows_only_its_own_instances(busy: Site) -> None:
    changed = busy.harness.deploy(_next_version())
    assert changed.definitions[0].version == 2
    assert json.loads(busy.get("/monitor/processes/order/overlay.json", version=2))["elements"] == {}
    assert "check" in json.loads(busy.get("/monitor/processes/order/overlay.json", version=1))["elements"]
    assert busy.client.get("/monitor/processes/order?version=9").status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["PO-1", "PO-2", "PO-3"]),
        ("fault=1", ["PO-3"]),
        ("element=check&process=order", ["PO-1"]),
        ("variable=order_number&value=PO-2", ["PO-2"]),
        ("variable=amount&value=100", ["PO-1", "PO-2"]),
        ("variable=amount&value=null", ["PO-3"]),
        ("state=ended", []),
        ("process=refund", []),
        ("days=30", []),
        ("person=budi", ["PO-1", "PO-2", "PO-3"]),
        ("person=eko", []),
        ("version=x&days=x&state=x&order=x", ["PO-1", "PO-2", "PO-3"]),
    ],
)
def test_instances_are_filtered(busy: Site, query: str, shown: list[str]) -> None:
    page = busy.get(f"/monitor/instances?{query}")
    keys = {number: str(instance_key(busy, number)) for number in ("PO-1", "PO-2", "PO-3")}
    assert [number for number, key in keys.items() if f"/monitor/instances/{key}" in page] == shown


def test_a_page_mark_that_is_none_is_refused(busy: Site) -> None:
    assert busy.client.get("/monitor/instances?after=nonsense").status_code == 400
    assert busy.client.get("/monitor/faults?after=1-x").status_code == 400


def test_an_instance_shows_its_variables_waits_faults_and_history(busy: Site) -> None:
    page = busy.get(f"/monitor/instances/{instance_key(busy, 'PO-3')}")
    assert "amount is missing" in page
    assert "Repair and retry" in page
    assert "order_number" in page
    assert "Execution fault" in page
    waiting = busy.get(f"/monitor/instances/{instance_key(busy, 'PO-2')}")
    assert "/monitor/publish-message?name=order_paid&amp;key=PO-2" in waiting
    timed = busy.get(f"/monitor/instances/{instance_key(busy, 'PO-1')}")
    assert "Fire now" in timed


def test_the_overlay_of_an_instance_tells_live_stuck_and_passed_elements(busy: Site) -> None:
    key = instance_key(busy, "PO-3")
    elements = json.loads(busy.get(f"/monitor/instances/{key}/overlay.json"))["elements"]
    assert elements["price"] == {"active": 0, "faults": 1, "state": "active"}
    assert elements["check"] == {"state": "completed"}
    assert elements["f1"] == {"state": "completed"}


def test_an_unknown_instance_is_a_clear_404(busy: Site) -> None:
    assert busy.client.get("/monitor/instances/404").status_code == 404


def test_values_are_never_markup(site: Site) -> None:
    started = site.checked_order("PO-9", supplier="<script>alert(1)</script>", amount=None)
    site.log_in("sari")
    page = site.get(f"/monitor/instances/{started.key}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_failed_job_shows_what_the_worker_said(site: Site) -> None:
    started = site.checked_order("PO-4")
    site.harness.publish("order_paid", "PO-4")
    with unit_of_work(site.engine.database) as work:
        job_key = work.execute(tables.job.select()).one().key
    site.engine.execute(FailJob(job_key=job_key, retries=0, message="no driver available", actor=SYSTEM))
    site.log_in("sari")
    page = site.get(f"/monitor/instances/{started.key}")
    assert "no driver available" in page
    assert "give the job new tries" in page


@pytest.mark.parametrize("address", [*BUDGETS, "/admin/files", "/admin/people", "/admin/audit", "/admin/health"])
def test_only_administrators_and_auditors_see_operations(site: Site, address: str) -> None:
    site.log_in("budi")
    assert site.client.get(address).status_code == 403
    site.log_in("eko")
    expected = 403 if address.startswith(("/monitor/publish-message", "/monitor/batches/new")) else 200
    assert site.client.get(address).status_code == expected


@pytest.mark.parametrize("address", BUDGETS)
def test_pages_cost_the_same_number_of_statements_however_much_runs(busy: Site, address: str) -> None:
    busy.get(address)
    with busy.statements() as few:
        busy.get(address)
    _add_many(busy, 60)
    with busy.statements() as many:
        busy.get(address)
    assert len(many) == len(few)
    assert len(many) <= BUDGETS[address], many


def test_the_page_of_an_instance_costs_the_same_however_long_it_lived(busy: Site) -> None:
    key = instance_key(busy, "PO-2")
    address = f"/monitor/instances/{key}"
    busy.get(address)
    with busy.statements() as young:
        busy.get(address)
    with unit_of_work(busy.engine.database) as work:
        entries = [{"stream": f"i:{key}", "sequence": 1000 + n, "element_id": "check"} for n in range(300)]
        add(work, tables.history_entry, *entries)
    with busy.statements() as old:
        page = busy.get(address)
    assert len(old) == len(young) <= 21
    assert "before=" in page


def test_no_page_counts_a_table(busy: Site) -> None:
    with busy.statements() as statements:
        busy.get("/monitor/")
    text = " ".join(statements).lower()
    assert "count(*) from process_instance" not in " ".join(text.split())


@pytest.mark.parametrize("address", list(BUDGETS))
def test_pages_speak_indonesian(busy: Site, address: str) -> None:
    busy.language("id")
    page = busy.get(address)
    if ".json" not in address:
        assert '<html lang="id">' in page
        assert "Pemantauan" in page


def _add_many(site: Site, count: int) -> None:
    """Put rows beside the real ones; enough for more than one page."""
    definition = site.harness.start("order", by="budi", order_number="PO-many", amount=1).process_definition_key
    with unit_of_work(site.engine.database) as work:
        for key in range(1, count + 1):
            facts = {"process_definition_key": definition, "started_at": START - timedelta(minutes=key)}
            add_instance(work, key, **facts)
            add_live(work, 1000 + key, key, process_definition_key=definition)
            place = {"instance_key": key, "process_definition_key": definition, "element_instance_key": 1000 + key}
            add(work, tables.fault, {"key": 2000 + key, "opened_at": START} | place)
            add(work, tables.message_subscription, {"key": 3000 + key, "correlation_key": f"PO-{key}"} | place)
        changes = [CountChange(key, definition, "order", running=1, started=1) for key in range(1, count + 1)]
        InstanceCounts(work).add(changes, START)


def _next_version() -> ResourceFile:
    return ResourceFile("order.bpmn", ORDER.read_bytes().replace(b"* 1.11", b"* 1.12"))
