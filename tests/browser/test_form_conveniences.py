"""Forms lose nothing that was typed, are sent once, and lead to what must be corrected."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.still_pages import StillSite

_FORM = """<form method="post" action="/complete" data-guard data-draft-url="/draft" data-draft-saved="Draf tersimpan"
 data-draft-failed="Draf tidak tersimpan"
 data-draft-refused="Tugas sudah selesai"><label>Reason <textarea name="reason"></textarea></label>
 <button>Complete</button><span data-draft-state></span></form>"""
_SUMMARY = """<div data-error-summary id="summary"><a href="#reason">Give a reason</a></div>
 <form method="post"><div id="reason"><textarea name="reason"></textarea></div></form>"""


@pytest.fixture
def site(page: Page) -> StillSite:
    """Give a site that takes drafts and completions, with a clock that the test moves."""
    page.clock.install()
    return StillSite(page, answers={"/draft": (200, ""), "/complete": (200, "thank you")})


def test_a_draft_is_saved_two_seconds_after_the_last_change(site: StillSite) -> None:
    page = site.open(_FORM)
    page.get_by_label("Reason").fill("Because")
    page.clock.run_for(1_900)
    assert site.paths("POST") == []
    page.clock.run_for(200)
    expect(page.locator("[data-draft-state]")).to_contain_text("Draf tersimpan")
    sent = site.asked[-1]
    assert sent.headers["x-csrf-token"] == "the-token"
    assert "Because" in (sent.post_data or "")


def test_a_draft_that_was_not_saved_is_told(site: StillSite) -> None:
    site.answers["/draft"] = (503, "")
    page = site.open(_FORM)
    page.get_by_label("Reason").fill("Because")
    page.clock.run_for(2_100)
    expect(page.locator("[data-draft-state]")).to_have_text("Draf tidak tersimpan")


def test_a_draft_for_a_task_that_is_gone_says_why(site: StillSite) -> None:
    site.answers["/draft"] = (409, "")
    page = site.open(_FORM)
    page.get_by_label("Reason").fill("Because")
    page.clock.run_for(2_100)
    expect(page.locator("[data-draft-state]")).to_have_text("Tugas sudah selesai")


def test_typed_text_is_not_lost_without_a_question(site: StillSite) -> None:
    page = site.open(_FORM)
    page.get_by_label("Reason").press_sequentially("Because")
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(page.get_by_label("Reason")).to_have_value("Because")


def test_a_form_is_sent_once_however_often_the_button_is_pressed(site: StillSite) -> None:
    page = site.open(_FORM)
    page.evaluate("for (const _ of [1, 2, 3]) document.querySelector('form button').click()")
    page.wait_for_url("**/complete")
    assert site.paths("POST") == ["/complete"]


def test_the_error_summary_takes_the_focus_and_leads_into_the_field(site: StillSite) -> None:
    page = site.open(_SUMMARY)
    expect(page.locator("#summary")).to_be_focused()
    page.get_by_role("link", name="Give a reason").click()
    expect(page.locator("textarea")).to_be_focused()
