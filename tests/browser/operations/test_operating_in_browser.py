"""Administrators move, restart and migrate instances, many at once too, and watch pages that follow what happens."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from engine import (
    SYSTEM,
    Actor,
    CancelProcessInstance,
    InstancePage,
    InstancePageData,
    ResourceFile,
    SuspendProcessInstance,
)
from tests.browser.journeys.site import Site
from tests.browser.operations.conftest import Operator
from tests.browser.operations.test_monitor_in_browser import an_order
from tests.webapp.operations.conftest import ORDER

SARI = Actor("sari")


def order(site: Site, number: str, **variables: object) -> int:
    """Start an order, which waits for its check."""
    key: int = site.harness.start("order", by="budi", order_number=number, **({"amount": 1} | variables)).key
    return key


def look(site: Site, key: int) -> InstancePageData:
    page: InstancePageData = site.harness.engine.ask(InstancePage(process_instance_key=key, actor=SYSTEM))
    return page


def deploy_second_version(site: Site) -> None:
    """Deploy the order with its check under another id."""
    site.harness.deploy(ResourceFile("order.bpmn", ORDER.read_bytes().replace(b'"check"', b'"verify"')))


def lit(page: Page, element: str, kind: str = "is-active") -> None:
    expect(page.locator(f".djs-element.{kind}[data-element-id={element}]")).to_have_count(1)


def test_many_are_chosen_looked_at_started_and_told_one_by_one(operator: Operator) -> None:
    site = operator.site
    keys = [order(site, f"PO-{number}") for number in range(6)]
    page = operator.open("/monitor/instances?process=order&element=check")
    # when: chosen by the filter
    page.get_by_label("With the ticked instances").select_option("cancel")
    page.get_by_role("button", name="Prepare").click()
    page.get_by_label("Why?").fill("Ordered twice")
    page.get_by_role("button", name="Choose these instances").click()
    # then: nothing has happened yet
    expect(page.get_by_text("6 instances are chosen")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(6)
    assert all(look(site, key).instance.ended_at is None for key in keys)
    # when: started, while one has ended meanwhile
    site.harness.engine.execute(CancelProcessInstance(process_instance_key=keys[2], actor=SYSTEM))
    page.get_by_role("button", name="Start", exact=True).click()
    site.harness.engine.run_due_work()
    # then: the page follows without being loaded again, and says what was refused and why
    expect(page.get_by_text("finished")).to_be_visible()
    expect(page.locator("tbody tr", has_text="refused")).to_have_count(1)
    expect(page.locator("tbody tr", has_text="refused")).to_contain_text("canceled")
    assert all(look(site, key).instance.ended_at is not None for key in keys)


def test_a_choice_is_discarded_before_it_starts(operator: Operator) -> None:
    keys = [order(operator.site, f"PO-{number}") for number in range(2)]
    page = operator.open("/monitor/instances")
    page.get_by_role("checkbox", name=f"Choose #{keys[0]}").check()
    page.get_by_label("With the ticked instances").select_option("suspend")
    page.get_by_role("button", name="Prepare").click()
    page.get_by_label("Why?").fill("The supplier is being audited")
    page.get_by_role("button", name="Choose these instances").click()
    expect(page.get_by_text("1 instance is chosen")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    expect(page.locator("main .tag", has_text="discarded")).to_be_visible()
    expect(page.get_by_role("button", name="Start", exact=True)).to_have_count(0)


def test_one_moves_to_another_version_by_a_plan(operator: Operator) -> None:
    key = order(operator.site, "PO-1")
    deploy_second_version(operator.site)
    page = operator.open(f"/monitor/instances/{key}")
    page.get_by_role("link", name="Other version").click()
    # then: what cannot move is told, with numbers at both diagrams
    expect(page.get_by_text("1 instance cannot move")).to_be_visible()
    expect(page.locator("#diagram-from .is-doomed[data-element-id=check]")).to_have_count(1)
    # when: mapped, checked and moved
    page.get_by_label("Target of Check order").select_option("verify")
    expect(page.locator("#diagram-to .is-mapped[data-element-id=verify]")).to_have_count(1)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text("1 instance can move.")).to_be_visible()
    page.get_by_label("Why?").fill("The new version has the right form")
    page.get_by_role("button", name="Move the instance").click()
    # then
    expect(page.get_by_text("goes on in version 2")).to_be_visible()
    lit(page, "verify")
    assert look(operator.site, key).instance.version == 2


def test_a_token_is_moved_by_clicks_on_the_diagram(operator: Operator) -> None:
    key = order(operator.site, "PO-1")
    page = operator.open(f"/monitor/instances/{key}/modify")
    page.locator("[data-element-id=check].djs-shape .djs-hit").first.click()
    page.locator("[data-element-id=paid].djs-shape .djs-hit").first.click()
    lit(page, "check", "is-doomed")
    lit(page, "paid", "is-target")
    page.get_by_role("button", name="Show what it will do").click()
    effects = page.locator(".effects")
    expect(effects).to_contain_text("Begins: Payment received")
    expect(effects).to_contain_text("Ends: Check order")
    assert [place.element_id for place in look(operator.site, key).places] == ["check"]
    page.get_by_label("Why?").fill("Checked by telephone")
    page.get_by_role("button", name="Modify the instance").click()
    expect(page.get_by_text("The instance was modified.")).to_be_visible()
    lit(page, "paid")
    assert [place.element_id for place in look(operator.site, key).places] == ["paid"]


def test_what_ended_goes_on_from_an_element_with_what_it_knew(operator: Operator) -> None:
    key = order(operator.site, "PO-1", amount=7)
    operator.site.harness.engine.execute(CancelProcessInstance(process_instance_key=key, actor=SYSTEM))
    page = operator.open(f"/monitor/instances/{key}")
    page.get_by_role("link", name="Start again from an element").click()
    page.get_by_label("Begin before").select_option("paid")
    page.get_by_label("Why?").fill("Canceled by mistake")
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("A new instance goes on from there.")).to_be_visible()
    lit(page, "paid")
    expect(page.locator("#variables")).to_contain_text("7")


def test_the_history_is_replayed_with_the_keyboard(operator: Operator) -> None:
    key = an_order(operator.site, "PO-1", amount=1)
    page = operator.open(f"/monitor/instances/{key}")
    lit(page, "paid")
    page.get_by_role("button", name="Replay the history").focus()
    page.keyboard.press("Enter")
    slider = page.get_by_role("slider", name="Step of the history")
    expect(slider).to_be_focused()
    expect(page.locator(".djs-element.is-active")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    lit(page, "check")
    expect(page.locator(".replay output")).to_contain_text("Check order")
    page.keyboard.press("End")
    lit(page, "paid")
    page.get_by_role("button", name="Back to now").click()
    expect(page.get_by_role("button", name="Replay the history")).to_be_focused()


def test_a_page_follows_what_happens_and_leaves_the_readers_hands_alone(operator: Operator) -> None:
    key = order(operator.site, "PO-1")
    page = operator.open("/monitor/instances")
    box = page.get_by_role("checkbox", name=f"Choose #{key}")
    box.check()
    box.focus()
    operator.site.harness.engine.execute(SuspendProcessInstance(process_instance_key=key, actor=SYSTEM))
    expect(page.locator(f"#i{key}")).to_contain_text("Suspended", timeout=15_000)
    expect(box).to_be_focused()
    expect(box).to_be_checked()


def test_a_page_that_is_held_still_does_not_ask(operator: Operator) -> None:
    key = order(operator.site, "PO-1")
    page = operator.open(f"/monitor/instances/{key}")
    toggle = page.get_by_role("button", name="Live")
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(7_000)
    assert asked == []


def test_a_page_that_nobody_sees_does_not_ask_until_it_is_seen_again(operator: Operator) -> None:
    key = order(operator.site, "PO-1")
    page = operator.page
    hide = "Object.defineProperty(document, 'hidden', {get: () => window.isAway ?? false})"
    page.add_init_script(hide)
    operator.open(f"/monitor/instances/{key}")
    lit(page, "check")
    page.evaluate("window.isAway = true")
    operator.site.harness.engine.execute(SuspendProcessInstance(process_instance_key=key, actor=SYSTEM))
    page.wait_for_timeout(7_000)
    expect(page.locator("main .tag", has_text="Suspended")).to_have_count(0)
    page.evaluate("window.isAway = false; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("main .tag", has_text="Suspended")).to_be_visible()


def test_filters_are_kept_as_a_view_that_the_list_opens_with(operator: Operator) -> None:
    keys = [order(operator.site, f"PO-{number}") for number in range(2)]
    an_order(operator.site, "PO-9", amount=None)
    page = operator.open("/monitor/instances?fault=1")
    page.get_by_text("Save these filters as a view").click()
    page.get_by_label("Name", exact=True).fill("Stuck")
    page.get_by_label("Show it when I open the list").check()
    page.get_by_role("button", name="Save view").click()
    expect(page.get_by_text("The view Stuck was saved.")).to_be_visible()
    operator.open("/monitor/instances")
    expect(page).to_have_url(re.compile("fault=1"))
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator("tbody tr")).to_have_count(len(keys) + 1)
    page.get_by_role("button", name="Remove the view Stuck").click()
    expect(page.get_by_text("The view Stuck was removed.")).to_be_visible()


def test_where_the_time_goes_is_painted_with_figures_and_a_legend(operator: Operator) -> None:
    site = operator.site
    for number, hours in enumerate((1, 2, 30)):
        order(site, f"PO-{number}")
        site.harness.advance(hours=hours)
        site.harness.complete("check")
    operator.log_in()
    page = operator.open("/monitor/processes/order?heat=median")
    lit(page, "check", "is-heat-5")
    expect(page.locator(".diagram-badge.is-time")).to_have_text("2 h")
    expect(page.locator(".diagram-legend")).to_contain_text("much time")
    row = page.locator("tbody tr", has_text="Check order").first
    expect(row).to_contain_text("2 h")
    expect(row).to_contain_text("1 d 6 h")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_diagram_begins_readable_where_the_work_is_and_stays_so_when_turned(operator: Operator, width: int) -> None:
    key = an_order(operator.site, "PO-1", amount=1)
    page = operator.page
    page.set_viewport_size({"width": width, "height": 844})
    operator.open(f"/monitor/instances/{key}")
    lit(page, "paid")

    def scale() -> float:
        return float(page.locator(".djs-container .viewport").evaluate("drawn => drawn.getCTM().a"))

    assert scale() >= 0.62
    expect(page.locator("[data-element-id=paid].djs-shape")).to_be_in_viewport()
    page.set_viewport_size({"width": 844 if width == 390 else 900, "height": 390})
    page.locator(".diagram-frame").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    assert scale() >= 0.62
    expect(page.locator("[data-element-id=paid].djs-shape")).to_be_in_viewport()
