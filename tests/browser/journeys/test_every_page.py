"""Every page with a real change in it: nothing sticks out, axe is content, in both languages, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from engine import LANGUAGES, Actor, ChangeLanguage
from tests.browser.journeys.person import Person
from tests.browser.journeys.site import Site
from tests.browser.people.test_accessibility import complaints
from tests.browser.watching import DESKTOP, PHONE

NUMBER = "CHG-2026-000001"
_OF_A_PERSON = [
    "/tasks?tab=mine",
    "/tasks?tab=groups",
    "/tasks?tab=overdue",
    "/tasks?tab=done",
    "/start",
    "/start/chg_normal",
    "/records",
    "/records?tab=closed",
    f"/records/{NUMBER}",
    "/search?q=laporan",
    "/search?q=xyz",
    "/notifications",
    "/registers",
    "/registers/CI?sort=-title&f.class=server",
    "/registers/CI/CI-2026-000007",
    "/registers/CI/CI-2026-000007/impact",
    "/nowhere",
    "/monitor",
]
_OF_AN_OPERATOR = [
    "/monitor",
    "/monitor/processes/chg_normal",
    "/monitor/instances",
    "/monitor/faults",
    "/monitor/publish-message",
    "/admin/files",
    "/admin/people",
    "/admin/groups",
    "/admin/audit",
    "/admin/health",
]
_STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(
    ("name", "paths"), [("siti.rahma", _OF_A_PERSON), ("admin", _OF_AN_OPERATOR)], ids=["person", "operator"]
)
def test_nothing_sticks_out(site: Site, people: Callable[[str], Person], name: str, paths: list[str]) -> None:
    site.tell("normal-path-to-closed", until="T_recommend")
    person = people(name)
    wide = []
    for path in paths:
        for language in LANGUAGES:
            site.harness.engine.execute(ChangeLanguage(language=language, actor=Actor(name)))
            for size in (DESKTOP, PHONE):
                person.page.set_viewport_size(size)
                person.goes_to(path)
                expect(person.page.locator("html")).to_have_attribute("lang", language)
                at = f"{path} in {language} at {size['width']}"
                if excess := person.page.evaluate(_STICKS_OUT):
                    wide.append(f"{at}: {excess} pixels")
                if paths is _OF_A_PERSON:  # axe looks at the operators' pages in tests/browser/operations
                    wide += [f"{at}: {rule} {places}" for rule, places in complaints(person.page)]
        person.look(f"page {path}")
    assert wide == []
