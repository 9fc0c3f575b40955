"""Nothing typed is lost: drafts, conditions, rows, files; and all of it without script too."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.journeys.site import Site
from tests.browser.people.conftest import Visit


def approving(site: Site) -> str:
    """Return the address of a task that waits for a decision."""
    return f"/tasks/{site.harness.open_task('T_approve').key}"


def test_a_draft_saves_itself_and_is_there_again(site: Site, visit: Visit) -> None:
    page = visit("putu", approving(site))
    page.get_by_label("Remark").fill("Ask again in July")
    expect(page.locator("[data-draft-state]")).to_contain_text("Saved as draft", timeout=8_000)
    page.reload()
    expect(page.get_by_label("Remark")).to_have_value("Ask again in July")


def test_what_was_typed_last_is_saved_before_another_task_opens(site: Site, visit: Visit) -> None:
    page = visit("putu", approving(site) + "?tab=groups")
    page.get_by_label("Remark").fill("Not yet saved")
    with page.expect_response("**/draft"):
        page.locator(".task-link").nth(1).click()
    page.goto(site.address + approving(site))
    expect(page.get_by_label("Remark")).to_have_value("Not yet saved")


def test_a_field_appears_while_another_is_being_typed(site: Site, visit: Visit) -> None:
    page = visit("putu", approving(site))
    page.get_by_label("Reject").check()
    page.get_by_label("Remark").press_sequentially("I go on typing meanwhile", delay=30)
    expect(page.get_by_label("Why")).to_be_visible()
    expect(page.get_by_label("Remark")).to_have_value("I go on typing meanwhile")
    expect(page.get_by_label("Remark")).to_be_focused()
    page.get_by_label("Approve", exact=True).check()
    expect(page.get_by_label("Why")).to_have_count(0)


def test_a_row_comes_with_the_focus_and_goes_with_its_values(visit: Visit) -> None:
    page = visit("tari", "/start/travel")
    page.locator('[name="legs[0].from"]').fill("Jakarta")
    page.get_by_role("button", name="Add a row").click()
    expect(page.locator('[name="legs[1].from"]')).to_be_focused()
    page.keyboard.type("Makassar")
    page.get_by_role("button", name="Remove row 1").click()
    expect(page.locator('[name="legs[1].from"]')).to_have_count(0)
    expect(page.locator('[name="legs[0].from"]')).to_have_value("Makassar")


def test_a_file_is_stored_when_it_is_chosen(visit: Visit, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("You are welcome.")
    page = visit("tari", "/start/travel")
    page.get_by_label("Purpose").fill("Visit the plant")
    page.locator("#f-invitation").set_input_files(letter)
    expect(page.locator(".file-list")).to_contain_text("letter.txt")
    expect(page.get_by_label("Purpose")).to_have_value("Visit the plant")


def test_it_all_works_without_script(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en")
    context.add_cookies([{"name": "clause8_session", "value": site.session_of("tari"), "url": site.address}])
    page: Page = context.new_page()
    page.goto(f"{site.address}/start/travel")
    page.locator("#f-purpose").fill("Visit the plant")
    page.locator("#f-class-2").check()
    page.locator('[name="legs[0].from"]').fill("Jakarta")
    page.locator('[name="legs[0].to"]').fill("Medan")
    page.locator('button[name="_add"]').click()
    expect(page.locator('[name="legs[1].from"]')).to_be_visible()
    page.locator(".form-foot .btn-primary").click()
    expect(page.locator(".error-summary")).to_be_visible()  # business class asks for a reason
    page.locator("#f-reason").fill("Twelve hours")
    page.locator(".form-foot .btn-primary").click()
    expect(page.locator(".record-hero h2")).to_have_text("Visit the plant")
    context.close()
