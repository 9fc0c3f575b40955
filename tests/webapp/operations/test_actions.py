"""What an administrator does to running instances: with a reason, in the audit, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine import (
    SYSTEM,
    FailJob,
    InstancePage,
    InstancePageData,
    OpenFaults,
    ProcessInstanceState,
    SystemHistory,
)
from engine.store import tables, unit_of_work
from tests.webapp.operations.conftest import SARI, Site


def look_at(site: Site, key: int) -> InstancePageData:
    return site.engine.ask(InstancePage(process_instance_key=key, actor=SARI))


def variable(site: Site, key: int, name: str) -> object:
    return next(one.value for one in look_at(site, key).scopes[0].variables if one.name == name)


@pytest.fixture
def operated(site: Site) -> Site:
    site.log_in("sari")
    return site


@pytest.mark.parametrize(
    ("name", "state"),
    [("suspend", ProcessInstanceState.SUSPENDED), ("cancel", ProcessInstanceState.CANCELED)],
)
def test_an_instance_is_halted_with_a_reason(operated: Site, name: str, state: ProcessInstanceState) -> None:
    key = operated.order().key
    address = f"/monitor/instances/{key}/{name}"
    assert "Why?" in operated.get(address)
    assert operated.post(address, reason="The supplier is closed").status_code == 302
    page = look_at(operated, key)
    assert page.instance.state is state
    assert any(named.entry.details.get("reason") == "The supplier is closed" for named in page.history)
    assert "The supplier is closed" in operated.get(f"/monitor/instances/{key}")


def test_a_suspended_instance_goes_on(operated: Site) -> None:
    key = operated.order().key
    operated.post(f"/monitor/instances/{key}/suspend", reason="wait")
    operated.post(f"/monitor/instances/{key}/resume", reason="go on")
    assert look_at(operated, key).instance.state is ProcessInstanceState.ACTIVE


def test_nothing_happens_without_a_reason(operated: Site) -> None:
    key = operated.order().key
    answer = operated.post(f"/monitor/instances/{key}/cancel", reason="  ")
    assert answer.status_code == 422
    assert "Please say why" in answer.text
    assert look_at(operated, key).instance.ended_at is None


def test_nothing_happens_without_the_token_of_the_page(operated: Site) -> None:
    key = operated.order().key
    answer = operated.client.post(f"/monitor/instances/{key}/cancel", data={"reason": "x"})
    assert answer.status_code == 400
    assert look_at(operated, key).instance.ended_at is None


def test_looking_changes_nothing(operated: Site) -> None:
    key = operated.checked_order(amount=None).key
    page = look_at(operated, key)
    for address in ("cancel", "suspend", "variables", f"faults/{page.faults[0].key}"):
        operated.get(f"/monitor/instances/{key}/{address}", reason="x", value="1", name="amount")
    assert look_at(operated, key).history == page.history


@pytest.mark.parametrize("name", ["budi", "eko"])
def test_only_administrators_act(site: Site, name: str) -> None:
    key = site.order().key
    site.log_in(name)
    for address in ("cancel", "suspend", "variables"):
        assert site.post(f"/monitor/instances/{key}/{address}", reason="x", name="a", value="1").status_code == 403
    assert site.post("/monitor/publish-message", name="order_paid").status_code == 403
    assert look_at(site, key).instance.state is ProcessInstanceState.ACTIVE


def test_an_ended_instance_cannot_be_canceled_again(operated: Site) -> None:
    key = operated.order().key
    operated.post(f"/monitor/instances/{key}/cancel", reason="first")
    answer = operated.post(f"/monitor/instances/{key}/cancel", reason="second")
    assert answer.status_code == 409
    assert "second" in answer.text  # what was typed is kept


# ---- variables --------------------------------------------------------------------------------


def test_a_variable_is_changed_and_the_old_value_stays_in_the_history(operated: Site) -> None:
    key = operated.order(amount=100).key
    answer = operated.post(f"/monitor/instances/{key}/variables", name="amount", value='{"net": 7}', reason="typo")
    assert answer.status_code == 302
    assert variable(operated, key, "amount") == {"net": 7}
    actions = [named.entry.action for named in look_at(operated, key).history]
    assert "variables_set" in actions


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{\n 'a': 1}", "line 2, column 2"),
        ("approved", "line 1, column 1"),
        ("NaN", "NaN is no JSON value"),
        ('{"a": 1, "a": 2}', "stands there twice"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_wrong_value_is_told_with_its_place_and_kept(operated: Site, value: str, said: str) -> None:
    key = operated.order(amount=100).key
    answer = operated.post(f"/monitor/instances/{key}/variables", name="amount", value=value, reason="because")
    assert answer.status_code == 422
    assert said in answer.text
    assert "because" in answer.text
    assert variable(operated, key, "amount") == 100


def test_a_variable_needs_a_name(operated: Site) -> None:
    key = operated.order().key
    assert operated.post(f"/monitor/instances/{key}/variables", name=" ", value="1", reason="x").status_code == 422


# ---- timers -----------------------------------------------------------------------------------


def test_a_timer_is_fired_before_its_time(operated: Site) -> None:
    key = operated.order().key
    timer = look_at(operated, key).timers[0]
    address = f"/monitor/instances/{key}/timers/{timer.key}/fire"
    assert operated.post(address, reason="no need to wait").status_code == 302
    assert "remind" in operated.harness.open_tasks()
    assert operated.post(address, reason="again").status_code == 404


def test_a_timer_is_rescheduled_in_the_zone_of_the_page(operated: Site) -> None:
    key = operated.order().key
    timer = look_at(operated, key).timers[0]
    address = f"/monitor/instances/{key}/timers/{timer.key}/reschedule"
    assert operated.post(address, reason="later", due_at="2030-07-01T09:00").status_code == 302
    assert look_at(operated, key).timers[0].due_at.isoformat() == "2030-07-01T02:00:00+00:00"
    assert operated.post(address, reason="later", due_at="soon").status_code == 422


# ---- faults -----------------------------------------------------------------------------------


def test_a_fault_is_repaired_by_a_changed_variable(operated: Site) -> None:
    key = operated.checked_order(amount=None).key
    fault = look_at(operated, key).faults[0]
    address = f"/monitor/instances/{key}/faults/{fault.key}"
    assert "amount is missing" in operated.get(address)
    answer = operated.post(address, variables='{"amount": 200}', reason="told by phone")
    assert answer.status_code == 302
    page = look_at(operated, key)
    assert page.faults == ()
    assert [place.element_id for place in page.places] == ["paid"]
    assert variable(operated, key, "price") == 222


def test_a_retry_that_fails_again_opens_a_new_fault(operated: Site) -> None:
    key = operated.checked_order(amount=None).key
    fault = look_at(operated, key).faults[0]
    operated.post(f"/monitor/instances/{key}/faults/{fault.key}", reason="try")
    again = look_at(operated, key).faults
    assert [one.element_id for one in again] == ["price"]
    assert again[0].key != fault.key


def test_a_fault_that_somebody_resolved_is_told(operated: Site) -> None:
    key = operated.checked_order(amount=None).key
    fault = look_at(operated, key).faults[0]
    address = f"/monitor/instances/{key}/faults/{fault.key}"
    operated.post(address, variables='{"amount": 200}', reason="x")
    assert "resolved meanwhile" in operated.get(address)
    assert operated.post(address, reason="x").status_code == 404


def test_many_faults_are_retried_at_once(operated: Site) -> None:
    keys = [operated.checked_order(f"PO-{number}").key for number in range(3)]
    for number in range(3):
        operated.harness.publish("order_paid", f"PO-{number}")
    with unit_of_work(operated.engine.database) as work:
        jobs = [row.key for row in work.execute(tables.job.select())]
    for job in jobs:
        operated.engine.execute(FailJob(job_key=job, retries=0, message="closed", actor=SYSTEM))
    faults = [look_at(operated, key).faults[0].key for key in keys]
    assert operated.post("/monitor/faults", reason="").status_code == 422
    assert operated.post("/monitor/faults", fault=faults, reason="").status_code == 422
    answer = operated.post("/monitor/faults", fault=[*faults, 404], reason="open again")
    assert answer.status_code == 302
    assert operated.engine.ask(OpenFaults(actor=SARI)).lines == ()
    page = operated.get("/monitor/faults")
    assert "3 elements were tried again" in page
    assert "404" in page


def test_a_failed_job_gets_new_tries(operated: Site) -> None:
    key = operated.checked_order().key
    operated.harness.publish("order_paid", "PO-1")
    job = look_at(operated, key).jobs[0]
    operated.engine.execute(FailJob(job_key=job.key, retries=0, message="closed", actor=SYSTEM))
    fault = look_at(operated, key).faults[0]
    address = f"/monitor/instances/{key}/faults/{fault.key}"
    assert "Tries for the job" in operated.get(address)
    operated.post(address, reason="open again", retries="5")
    assert look_at(operated, key).jobs[0].retries == 5


def test_an_open_page_gets_its_living_part_only_when_something_moved(operated: Site) -> None:
    key = operated.order().key
    address, ask = f"/monitor/instances/{key}", {"X-Live": "live-instance"}
    first = operated.client.get(address, headers=ask)
    assert "<html" not in first.text
    assert "live-toggle" in first.text
    unchanged = operated.client.get(address, headers=ask | {"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    operated.post(f"/monitor/instances/{key}/suspend", reason="wait")
    moved = operated.client.get(address, headers=ask | {"If-None-Match": first.headers["ETag"]})
    assert moved.status_code == 200
    assert "Suspended" in moved.text


# ---- messages ---------------------------------------------------------------------------------


def test_a_message_reaches_who_waits_for_it(operated: Site) -> None:
    key = operated.checked_order("PO-7").key
    offered = operated.get("/monitor/publish-message")
    assert "/monitor/publish-message?name=order_paid&amp;key=PO-7" in offered
    assert '<option value="order_paid">' in offered
    filled = operated.get("/monitor/publish-message", name="order_paid", key="PO-7")
    assert 'value="PO-7"' in filled
    answer = operated.post(
        "/monitor/publish-message", name="order_paid", key="PO-7", variables='{"paid": 1}', unit="days"
    )
    assert answer.status_code == 200
    assert "It reached a waiting instance" in answer.text
    assert f"/monitor/instances/{key}" in answer.text
    assert variable(operated, key, "paid") == 1


def test_a_message_that_nobody_waits_for_is_lost_or_kept_as_was_said(operated: Site) -> None:
    fields = {"name": "order_paid", "key": "PO-8", "variables": "", "unit": "days", "message_id": "m1"}
    assert "Nobody waits for it" in operated.post("/monitor/publish-message", ttl="0", **fields).text
    assert "It is kept" in operated.post("/monitor/publish-message", ttl="30", **fields).text
    assert "is kept already" in operated.post("/monitor/publish-message", ttl="30", **fields).text
    key = operated.checked_order("PO-8").key
    assert [place.element_id for place in look_at(operated, key).places] == ["ship"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "x", "variables": "[1]"}, "Variables are an object"),
        ({"name": "x", "variables": '{"a": }'}, "line 1, column 7"),
        ({"name": "x", "ttl": "-1"}, "whole number"),
        ({"name": "x", "ttl": "1", "unit": "years"}, "whole number"),
        ({"name": "x", "ttl": "9999", "unit": "days"}, "between 0 and 10 years"),
        ({"name": " "}, "needs a name"),
    ],
)
def test_a_message_that_makes_no_sense_is_refused_and_what_was_typed_is_kept(
    operated: Site, fields: dict[str, str], said: str
) -> None:
    answer = operated.post("/monitor/publish-message", **({"key": "typed by hand", "unit": "days"} | fields))
    assert answer.status_code in {400, 422}
    assert said in answer.text
    assert "typed by hand" in answer.text


def test_a_message_published_by_hand_is_seen_in_the_audit(operated: Site) -> None:
    operated.post("/monitor/publish-message", name="order_paid", key="PO-9", unit="days", variables='{"secret": 1}')
    newest = operated.engine.ask(SystemHistory(actor=SARI, action="message_published")).entries[0].entry
    assert newest.actor == "sari"
    assert (newest.details["name"], newest.details["correlation_key"]) == ("order_paid", "PO-9")
    assert newest.details["variables"] == ["secret"]  # names only: what they hold may be confidential


def test_receivers_are_searched(operated: Site) -> None:
    operated.checked_order("PO-1")
    operated.checked_order("PO-22")
    page = operated.get("/monitor/publish-message", q="22")
    assert "key=PO-22" in page
    assert "key=PO-1&" not in page


def test_the_age_of_an_instance_follows_the_clock_of_the_engine(operated: Site) -> None:
    operated.order()
    operated.harness.clock.advance(timedelta(hours=5, minutes=30))
    assert "5 h 30 min" in operated.get("/monitor/instances")
