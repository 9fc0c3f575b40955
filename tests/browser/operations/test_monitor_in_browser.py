"""Administrators see what is stuck, mend it, and watch it go on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from engine import (
    SYSTEM,
    Actor,
    BatchKind,
    BatchPlan,
    CancelProcessInstance,
    ChangeLanguage,
    CompleteUserTask,
    FailJob,
    InstanceFilter,
    Instances,
    ProposeBatch,
    ResourceFile,
    StartBatch,
)
from engine.store import tables, unit_of_work
from tests.browser.journeys.site import Site
from tests.browser.operations.conftest import Operator, add_orders
from tests.browser.people.test_accessibility import complaints
from tests.webapp.operations.conftest import ORDER

SARI = Actor("sari")
#: Elements beyond the right edge, when the page itself (and not a table in it) scrolls sideways.
_TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth)
    .map((element) => `${element.tagName} ${element.className} ${element.getBoundingClientRect().right}`)"""


def an_order(site: Site, number: str, **variables: object) -> int:
    """Start an order and let its check be done."""
    started = site.harness.start("order", by="budi", order_number=number, **variables)
    with site.harness.census() as census:
        task = next(place for place in census.open_user_tasks() if place.instance_key == started.key)
    site.harness.engine.execute(CompleteUserTask(user_task_key=task.key, actor=SYSTEM, variables={}))
    return started.key


def test_the_one_stuck_instance_among_5000_is_found_corrected_and_goes_on(operator: Operator) -> None:
    # given
    add_orders(operator.site, 5_000)
    stuck = an_order(operator.site, "PO-2030-000042", amount=None)
    page = operator.open("/monitor/instances")
    # when: found
    page.get_by_label("Only with a fault").check()
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name=f"#{stuck}").click()
    expect(page.get_by_text("amount is missing").first).to_be_visible()
    expect(page.locator(".djs-element.is-faults")).to_have_count(1)
    # and: corrected, with a mistake first
    page.get_by_role("link", name="Repair and retry").click()
    page.get_by_label("Variables to change").fill('{"amount": }')
    page.get_by_label("Why?").fill("The supplier named the amount")
    page.get_by_role("button", name="Retry").click()
    expect(page.get_by_role("alert")).to_contain_text("line 1, column 12")
    page.get_by_label("Variables to change").fill('{"amount": 200}')
    page.get_by_role("button", name="Retry").click()
    # then: it goes on
    expect(page.get_by_role("status").filter(has_text="tried again")).to_be_visible()
    expect(page.locator(".djs-element.is-faults")).to_have_count(0)
    expect(page.locator(".djs-element.is-active[data-element-id=paid]")).to_have_count(1)
    expect(page.locator("q", has_text="The supplier named the amount")).to_be_visible()


def test_a_click_on_an_element_lists_what_is_there(operator: Operator) -> None:
    an_order(operator.site, "PO-1", amount=1)
    operator.site.harness.start("order", by="budi", order_number="PO-2", amount=1)
    page = operator.open("/monitor/processes/order")
    expect(page.locator(".diagram-badge.is-active")).to_have_count(2)
    page.locator("[data-element-id=paid].djs-shape .djs-hit").click()
    page.wait_for_url("**/monitor/instances?*element=paid*")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_missing_partner_is_played_by_a_click_and_a_button(operator: Operator) -> None:
    key = an_order(operator.site, "PO-7", amount=1)
    page = operator.open("/monitor/publish-message")
    page.get_by_role("link", name="PO-7").click()
    expect(page.get_by_label("Name", exact=False).first).to_have_value("order_paid")
    expect(page.get_by_label("Correlation key")).to_have_value("PO-7")
    page.get_by_label("Variables (JSON)").fill('{"paid_on": "2026-11-20"}')
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("link", name=str(key)).click()
    expect(page.locator(".djs-element.is-active[data-element-id=ship]")).to_have_count(1)


def test_an_instance_is_canceled_by_keyboard_alone(operator: Operator) -> None:
    key = an_order(operator.site, "PO-8", amount=1)
    page = operator.open(f"/monitor/instances/{key}")
    page.get_by_role("link", name="Cancel").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Why?").focus()
    page.keyboard.type("The order was withdrawn")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="canceled")).to_be_visible()
    found = operator.site.harness.engine.ask(Instances(actor=SARI, wanted=InstanceFilter(number=str(key))))
    assert found.lines == ()


def test_an_open_page_shows_where_its_instance_moves_on(operator: Operator) -> None:
    key = an_order(operator.site, "PO-9", amount=1)
    page = operator.open(f"/monitor/instances/{key}")
    expect(page.locator(".djs-element.is-active[data-element-id=paid]")).to_have_count(1)
    operator.site.harness.publish("order_paid", "PO-9")
    expect(page.locator(".djs-element.is-active[data-element-id=ship]")).to_have_count(1, timeout=15_000)


def test_a_diagram_with_mistakes_is_refused_with_a_list_to_click(operator: Operator, tmp_path: Path) -> None:
    bad = tmp_path / "bad.bpmn"
    bad.write_bytes(ORDER.read_bytes().replace(b'targetRef="price"', b'targetRef="prize"'))
    page = operator.open("/admin/deploy")
    page.get_by_label("Files").set_input_files(bad)
    page.get_by_role("button", name="Deploy", exact=True).click()
    page.get_by_role("link", name="bad.bpmn").last.click()
    expect(page.locator(".finding").last).to_be_focused()


def test_verification_tells_its_result(operator: Operator) -> None:
    an_order(operator.site, "PO-9", amount=1)
    page = operator.open("/admin/audit")
    page.get_by_role("button", name="Verify everything").click()
    expect(page.get_by_role("heading", name="Nothing was altered")).to_be_visible()


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_fits_a_phone_and_has_one_heading(operator: Operator, language: str) -> None:
    runs = _some_of_everything(operator.site)
    operator.log_in()
    operator.page.set_viewport_size({"width": 390, "height": 844})
    for name, path in _pages(runs).items():
        page = operator.open(path)
        page.wait_for_load_state("networkidle")
        expect(page.locator("#sidebar")).to_have_count(1)
        assert page.evaluate(_TOO_WIDE) == [], name
        expect(page.locator("h1")).to_have_count(1)


def test_pictures_of_every_page(operator: Operator) -> None:
    """Pictures to look at, and for the administrators' guide: var/screenshots/operations."""
    runs = _some_of_everything(operator.site)
    operator.log_in()
    for name, path in _pages(runs).items():
        operator.open(path)
        operator.shoot(name)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(operator: Operator, language: str, width: int) -> None:
    runs = _some_of_everything(operator.site)
    operator.site.harness.engine.execute(ChangeLanguage(language=language, actor=SARI))
    operator.log_in()
    operator.page.set_viewport_size({"width": width, "height": 900})
    for name, path in _pages(runs).items():
        page = operator.open(path)
        if page.locator("[data-bpmn-viewer]").count():
            page.locator(".djs-container").first.wait_for()
        assert (name, complaints(page)) == (name, [])


def _pages(runs: Runs) -> dict[str, str]:
    stuck = runs.stuck
    return {
        "overview": "/monitor/",
        "process": "/monitor/processes/order",
        "times": "/monitor/processes/order?heat=median",
        "instances": "/monitor/instances?process=order&fault=1",
        "instance": f"/monitor/instances/{stuck}",
        "cancel": f"/monitor/instances/{stuck}/cancel",
        "modify": f"/monitor/instances/{stuck}/modify?element=paid",
        "restart": f"/monitor/instances/{runs.ended}/restart",
        "migration": "/monitor/migration?process=order&version=1",
        "batches": "/monitor/batches",
        "batch": f"/monitor/batches/{runs.batch}",
        "new-batch": "/monitor/batches/new?kind=retry&process=order",
        "faults": "/monitor/faults",
        "message": "/monitor/publish-message?name=order_paid&key=PO-2030-000101",
        "files": "/admin/files",
        "deploy": "/admin/deploy",
        "people": "/admin/people",
        "person": "/admin/people/budi",
        "audit": "/admin/audit",
        "health": "/admin/health",
    }


@dataclass(frozen=True)
class Runs:
    """What runs in the pictures: keys of a stuck and of an ended instance, and of a batch with a refusal."""

    stuck: int
    ended: int
    batch: int


def _some_of_everything(site: Site) -> Runs:
    engine, keys = site.harness.engine, []
    for number in range(12):
        keys.append(an_order(site, f"PO-2030-{100 + number:06}", amount=number * 1000))
        site.harness.advance(hours=7)
        if number % 3 == 0:
            site.harness.publish("order_paid", f"PO-2030-{100 + number:06}")
    with unit_of_work(engine.database) as work:
        job = work.execute(tables.job.select()).first()
    assert job is not None
    engine.execute(FailJob(job_key=job.key, retries=0, message="The carrier answered 503: no driver", actor=SYSTEM))
    engine.execute(CancelProcessInstance(process_instance_key=keys[1], actor=SARI, reason="Ordered twice"))
    selection = InstanceFilter(keys=(keys[2], keys[4], keys[5]))
    plan = BatchPlan(kind=BatchKind.SUSPEND)
    batch = engine.execute(ProposeBatch(plan=plan, selection=selection, reason="Supplier is audited", actor=SARI))
    engine.execute(CancelProcessInstance(process_instance_key=keys[2], actor=SARI, reason="Withdrawn"))
    engine.execute(StartBatch(batch_key=batch.key, actor=SARI))
    engine.run_due_work()
    stuck = an_order(site, "PO-2030-000142", amount=None)
    site.harness.deploy(ResourceFile("order.bpmn", ORDER.read_bytes().replace(b'"check"', b'"verify"')))
    return Runs(stuck, keys[1], batch.key)
