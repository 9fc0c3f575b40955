"""Everything can be done with the keyboard, and the focus goes where the eye goes."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.journeys.site import Site
from tests.browser.people.conftest import Visit


def test_the_first_key_leads_past_the_menu(visit: Visit) -> None:
    page = visit("tari", "/records")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_task_opens_beside_the_list_and_takes_the_focus(visit: Visit) -> None:
    page = visit("putu", "/tasks?tab=groups")
    page.locator(".task-link").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#task-pane .task-head h2")).to_have_text("Approve journey")
    expect(page.locator("#task-pane")).to_be_focused()
    expect(page.locator(".task-link").nth(1)).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator("#task-pane .task-head h2")).to_have_count(0)


def test_a_refused_form_takes_the_focus_and_leads_to_its_fields(site: Site, visit: Visit) -> None:
    page = visit("tari", "/start/travel")
    page.get_by_role("button", name="Submit request").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Purpose")).to_be_focused()


def test_a_long_choice_is_searched_and_chosen(visit: Visit) -> None:
    page = visit("tari", "/start/travel")
    cities = page.get_by_role("combobox", name="Cities")
    cities.focus()
    page.keyboard.type("sura")
    expect(page.locator(".combobox-option")).to_have_text(["Surabaya"])
    page.keyboard.press("Enter")
    page.keyboard.type("mak")
    page.keyboard.press("Enter")
    assert page.locator("[name=cities]:not([type=hidden])").evaluate(
        "one => [...one.selectedOptions].map(o => o.value)"
    ) == [
        "sby",
        "mks",
    ]
    page.keyboard.press("Backspace")
    expect(page.locator(".chip")).to_have_text(["Surabaya×"])


def test_the_menu_of_a_phone_opens_and_closes(visit: Visit) -> None:
    page = visit("tari", "/records", width=390)
    expect(page.locator("#sidebar")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.locator("#sidebar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sidebar")).to_be_hidden()


def test_on_a_phone_a_task_takes_the_place_of_the_list(visit: Visit) -> None:
    page = visit("putu", "/tasks?tab=groups", width=390)
    page.locator(".task-link").first.click()
    expect(page.locator("#task-pane .task-head h2")).to_be_visible()
    expect(page.locator(".inbox-list")).to_be_hidden()
    page.get_by_role("link", name="All tasks").click()
    expect(page.locator(".inbox-list")).to_be_visible()
