"""Batches, migration, modification, restart and saved views, as their pages speak to the engine."""

from __future__ import annotations

import re

import pytest

from engine import (
    SYSTEM,
    BatchItemState,
    BatchPage,
    BatchPageData,
    CancelProcessInstance,
    InstancePage,
    InstancePageData,
    ProcessInstanceState,
    ResourceFile,
    ViewsOfPage,
)
from tests.webapp.operations.conftest import ORDER, SARI, Site


@pytest.fixture
def operated(site: Site) -> Site:
    site.log_in("sari")
    return site


def look_at(site: Site, key: int) -> InstancePageData:
    page: InstancePageData = site.engine.ask(InstancePage(process_instance_key=key, actor=SYSTEM))
    return page


def batch_of(site: Site, key: int) -> BatchPageData:
    page: BatchPageData = site.engine.ask(BatchPage(batch_key=key, actor=SYSTEM))
    return page


def propose(site: Site, **fields: object) -> int:
    answer = site.post("/monitor/batches/new", **({"reason": "test"} | fields))
    assert answer.status_code == 302, answer.text[:2000]
    return int(answer.headers["Location"].rpartition("/")[2])


def second_version() -> ResourceFile:
    return ResourceFile("order.bpmn", ORDER.read_bytes().replace(b'"check"', b'"verify"'))


def test_a_batch_does_nothing_before_it_starts_and_goes_on_after_a_stop(operated: Site) -> None:
    keys = [operated.order(f"PO-{number}").key for number in range(3)]
    batch = propose(operated, kind="suspend", process="order")
    assert {look_at(operated, key).instance.state for key in keys} == {ProcessInstanceState.ACTIVE}
    operated.post(f"/monitor/batches/{batch}/start")
    operated.post(f"/monitor/batches/{batch}/stop")
    operated.engine.run_due_work()
    assert batch_of(operated, batch).batch.waiting == 3
    operated.post(f"/monitor/batches/{batch}/start")
    operated.engine.run_due_work()
    assert {look_at(operated, key).instance.state for key in keys} == {ProcessInstanceState.SUSPENDED}
    resumed = propose(operated, kind="resume", process="order")
    operated.post(f"/monitor/batches/{resumed}/start")
    operated.engine.run_due_work()
    assert {look_at(operated, key).instance.state for key in keys} == {ProcessInstanceState.ACTIVE}


def test_the_stuck_ones_are_retried_with_a_corrected_variable(operated: Site) -> None:
    stuck = operated.checked_order("PO-1", amount=None).key
    operated.order("PO-2")
    batch = propose(operated, kind="retry", process="order", variables='{"amount": 5}')
    assert [item.process_instance_key for item in batch_of(operated, batch).items] == [stuck]
    operated.post(f"/monitor/batches/{batch}/start")
    operated.engine.run_due_work()
    assert look_at(operated, stuck).faults == ()


def test_what_is_refused_says_why(operated: Site) -> None:
    key = operated.order("PO-1").key
    batch = propose(operated, kind="cancel", key=str(key))
    operated.engine.execute(CancelProcessInstance(process_instance_key=key, actor=SYSTEM))
    operated.post(f"/monitor/batches/{batch}/start")
    operated.engine.run_due_work()
    assert batch_of(operated, batch).items[0].state is BatchItemState.REFUSED
    page = operated.get(f"/monitor/batches/{batch}", state="refused")
    assert str(key) in page
    assert "canceled" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "cancel", "reason": ""}, "Please say why"),
        ({"kind": "cancel", "process": "refund"}, "No instance fits."),
        ({"kind": "retry", "variables": "{"}, "not valid JSON"),
        ({"kind": "modify", "start_before": "paid"}, "Choose the process"),
        ({"kind": "modify", "process": "order"}, "changes nothing"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_in_words(operated: Site, fields: dict[str, str], said: str) -> None:
    operated.order("PO-1")
    answer = operated.post("/monitor/batches/new", **({"reason": "test"} | fields))
    assert answer.status_code in (400, 422)
    assert said in answer.text


def test_many_move_to_the_next_version_by_a_plan(operated: Site) -> None:
    keys = [operated.order(f"PO-{number}").key for number in range(3)]
    paid = operated.checked_order("PO-9").key
    operated.harness.deploy(second_version())
    page = operated.get("/monitor/migration", process="order")
    assert "1 instance can move." in page
    assert "3 instances cannot move" in page
    mapped = operated.get("/monitor/migration", **{"process": "order", "to": 2, "map.check": "verify"})
    assert "4 instances can move." in mapped
    fields = {"process": "order", "to": 2, "map.check": "verify", "reason": "new form"}
    answer = operated.post("/monitor/migration", **fields)
    operated.post(f"{answer.headers['Location']}/start")
    operated.engine.run_due_work()
    assert {look_at(operated, key).instance.version for key in (*keys, paid)} == {2}
    assert look_at(operated, keys[0]).places[0].element_id == "verify"


def test_only_one_process_moves_at_a_time(operated: Site) -> None:
    assert "Which process?" in operated.get("/monitor/migration")


def test_a_preview_costs_the_same_however_many_are_looked_at(operated: Site) -> None:
    for number in range(2):
        operated.order(f"PO-{number}")
    operated.harness.deploy(second_version())
    operated.get("/monitor/migration", process="order")
    with operated.statements() as few:
        operated.get("/monitor/migration", process="order")
    for number in range(6):
        operated.harness.start("order", by="budi", order_number=f"PO-1{number}", amount=1)
    with operated.statements() as many:
        operated.get("/monitor/migration", process="order")
    assert len(many) == len(few)


def test_only_what_was_seen_is_done_to_an_instance(operated: Site) -> None:
    key = operated.order("PO-1").key
    token = str(look_at(operated, key).places[0].key)
    address, wishes = f"/monitor/instances/{key}/modify", {"cancel": token, "start_before": "paid"}
    shown = operated.post(address, reason="checked by telephone", **wishes)
    assert "Payment received" in shown.text
    assert look_at(operated, key).places[0].element_id == "check"
    seen = re.search(r'name="seen" value="(\w+)"', shown.text)
    assert seen is not None
    other = operated.post(address, reason="why", seen=seen[1], cancel=token, start_before="ship")
    assert other.status_code == 200
    assert look_at(operated, key).places[0].element_id == "check"
    assert operated.post(address, seen=seen[1], **wishes).status_code == 422
    assert operated.post(address, reason="why", seen=seen[1], **wishes).status_code == 302
    assert look_at(operated, key).places[0].element_id == "paid"
    assert "instance_modified" in {named.entry.action for named in look_at(operated, key).history}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose what ends or where it goes on."),
        ({"start_before": "late"}, "entered by its event only"),
        ({"start_before": "nowhere"}, "nowhere"),
        ({"start_before": "paid", "variables": "[]"}, "Variables are an object"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_in_words(operated: Site, fields: dict[str, str], said: str) -> None:
    key = operated.order("PO-1").key
    answer = operated.post(f"/monitor/instances/{key}/modify", **fields)
    assert answer.status_code in (400, 404, 422)
    assert said in answer.text


def test_ending_everything_is_told_before(operated: Site) -> None:
    key = operated.order("PO-1").key
    token = str(look_at(operated, key).places[0].key)
    assert "the instance ends" in operated.post(f"/monitor/instances/{key}/modify", cancel=token).text


def test_an_ended_instance_starts_again_at_an_element(operated: Site) -> None:
    key = operated.order("PO-1", amount=7).key
    address = f"/monitor/instances/{key}/restart"
    running = operated.post(address, start_before="paid", reason="again")
    assert running.status_code == 409
    operated.engine.execute(CancelProcessInstance(process_instance_key=key, actor=SYSTEM))
    assert operated.post(address, start_before="paid").status_code == 422
    answer = operated.post(address, start_before="paid", reason="again", variables='{"amount": 8}')
    new = int(answer.headers["Location"].rpartition("/")[2])
    found = {one.name: one.value for one in look_at(operated, new).scopes[0].variables}
    assert (found["amount"], found["order_number"]) == (8, "PO-1")
    assert look_at(operated, new).places[0].element_id == "paid"


def test_a_view_is_kept_for_its_owner_alone(operated: Site) -> None:
    operated.post("/monitor/views", view_name="Stuck", fault="1", process="order", nonsense="x")
    [view] = operated.engine.ask(ViewsOfPage(page="instances", actor=SARI))
    assert (view.name, view.query, view.is_default) == ("Stuck", "process=order&fault=1", False)
    assert "Stuck" in operated.get("/monitor/instances")
    operated.log_in("eko")
    assert "Stuck" not in operated.get("/monitor/instances")


def test_a_default_view_opens_the_list_until_another_takes_its_place(operated: Site) -> None:
    operated.post("/monitor/views", view_name="Mine", person="sari", is_default="1")
    assert operated.client.get("/monitor/instances").headers["Location"].endswith("person=sari")
    operated.post("/monitor/views", view_name="Old", days="30", is_default="1")
    assert operated.client.get("/monitor/instances").headers["Location"].endswith("days=30")
    assert operated.client.get("/monitor/instances?clear=1").status_code == 200
    operated.post("/monitor/views/remove", view_name="Old")
    assert operated.client.get("/monitor/instances").status_code == 200
    assert operated.post("/monitor/views", view_name="").status_code == 302
    assert "needs a name" in operated.get("/monitor/instances")


ACTS = [
    "/monitor/batches/new",
    "/monitor/batches/1/start",
    "/monitor/migration",
    "/monitor/instances/1/modify",
    "/monitor/instances/1/restart",
]


@pytest.mark.parametrize("name", ["eko", "ana"])
@pytest.mark.parametrize("address", ACTS)
def test_auditors_and_process_owners_look_and_do_nothing(site: Site, address: str, name: str) -> None:
    site.log_in(name)
    assert site.post(address, reason="x").status_code == 403


def test_a_process_owner_sees_where_things_are_but_not_what_others_wrote(site: Site) -> None:
    key = site.checked_order("PO-SECRET", amount=None).key
    site.log_in("ana")
    page = site.get(f"/monitor/instances/{key}")
    assert "amount is missing" in page
    assert "PO-SECRET" not in page
    assert "Repair and retry" not in page
    assert "Compute price" in site.get("/monitor/processes/order")
    assert site.client.get("/monitor/instances?variable=order_number&value=PO-SECRET").status_code == 200
    assert "f-variable" not in site.get("/monitor/instances")
    for closed in ("/admin/people", "/admin/audit", "/admin/health", "/monitor/publish-message"):
        assert site.client.get(closed).status_code == 403
