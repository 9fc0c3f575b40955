"""axe finds nothing to complain of in the modeller, and its work can be done with keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from engine import Actor, ChangeLanguage
from tests.browser.journeys.conftest import People
from tests.browser.journeys.site import Site
from tests.browser.people.test_accessibility import complaints

OWNER = "wulan.safitri"


def opened(site: Site, people: People, kind: str, file: str) -> Page:
    page = people(OWNER).goes_to(f"/modeller/?kind={kind}")
    page.locator("tr", has_text=file).get_by_role("button").click()
    page.locator("#editor[data-is-ready]").wait_for()
    return page


@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing(site: Site, people: People, language: str) -> None:
    site.harness.engine.execute(ChangeLanguage(language=language, actor=Actor(OWNER)))
    page = people(OWNER).goes_to("/modeller/")
    assert complaints(page) == []
    page.goto(f"{site.address}/modeller/new")
    assert complaints(page) == []
    for kind, file in (("bpmn", "sub_vote.bpmn"), ("dmn", "dmn_change_risk.dmn"), ("form", "F_plan.form")):
        opened(site, people, kind, file)
        assert (file, complaints(page)) == (file, [])
        if kind == "bpmn":
            page.locator(".djs-shape[data-element-id=R_route] .djs-hit").first.click()
            page.locator("[data-group-id=group-clause8]").wait_for()
            assert complaints(page) == []
        page.locator("[data-publish]").click()
        page.locator("#comment").wait_for()
        assert (file, complaints(page)) == (file, [])


def test_a_diagram_is_changed_saved_and_checked_by_keys_alone(site: Site, people: People) -> None:
    page = opened(site, people, "bpmn", "sub_vote.bpmn")
    page.locator("[data-canvas] svg").first.focus()
    page.keyboard.press("Control+f")
    page.keyboard.type("Who votes")
    page.keyboard.press("Enter")
    expect(page.locator(".bio-properties-panel-header-label")).to_have_text("Who votes")
    page.keyboard.press("Delete")
    expect(page.locator("[data-problems] .problem").first).to_be_visible()
    expect(page.locator("[data-state]")).to_contain_text(re.compile(r"Tersimpan \d"))
    page.keyboard.press("Control+z")
    expect(page.locator("[data-no-problems]")).to_be_visible()


def test_the_list_of_problems_never_takes_the_focus(site: Site, people: People) -> None:
    page = opened(site, people, "bpmn", "sub_vote.bpmn")
    page.locator(".djs-shape[data-element-id=R_route] .djs-hit").first.click()
    page.locator("#bio-properties-panel-clause8-choose-decision").select_option("")
    field = page.get_by_label("Nama Indonesia")
    field.fill("Siapa")
    expect(page.locator("[data-problems] .problem").first).to_be_visible()
    expect(field).to_be_focused()
    page.keyboard.type(" memilih")
    expect(field).to_have_value("Siapa memilih")
