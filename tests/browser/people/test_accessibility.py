"""axe finds nothing to complain of, on any page of daily work, wide and narrow, in both languages."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.journeys.site import Site
from tests.browser.people.conftest import Visit

_AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(page: Page) -> list[tuple[str, list[Any]]]:
    """Return the rules that the page breaks, and where."""
    page.wait_for_load_state("networkidle")
    page.evaluate(_AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", _RULES)
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found["violations"]]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(site: Site, visit: Visit, width: int, language: str) -> None:
    approving = f"/tasks/{site.harness.open_task('T_approve').key}"
    page = visit("tari", "/start", width=width, language=language)
    for path in (
        "/start",
        "/start/travel",
        "/records",
        "/records/TRV-2026-000001",
        "/search?q=office",
        "/notifications",
        "/no",
    ):
        page.goto(site.address + path)
        assert (path, complaints(page)) == (path, [])
    page = visit("putu", "/tasks?tab=groups", width=width, language=language)
    assert complaints(page) == []
    page.goto(site.address + approving)
    assert complaints(page) == []
    page.locator("#task-form .btn-primary").click()
    page.locator("[data-error-summary]").wait_for()
    assert complaints(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_on_the_login_page(site: Site, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site.address}/login")
    assert complaints(page) == []


@pytest.mark.parametrize("path", ["/tasks?tab=groups", "/start/travel", "/records"])
def test_no_page_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    page = visit("sena", path, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
