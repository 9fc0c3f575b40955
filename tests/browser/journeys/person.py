"""A person before the browser: opens pages, does tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.journeys import form
from tests.browser.journeys.screenshots import Camera
from tests.browser.journeys.site import Site

_CHANGE = "Perubahan normal"


class Person:
    """Somebody who is logged in, with a page open."""

    def __init__(self, name: str, context: BrowserContext, site: Site, camera: Camera) -> None:
        self.name = name
        self.site = site
        self.page: Page = context.new_page()
        self._camera = camera
        cookie = {"name": "clause8_session", "value": site.session_of(name), "url": site.address}
        context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own TypedDict has no constructor

    def look(self, at: str) -> None:
        """Take pictures of the page when they are asked for."""
        self._camera.shoot(self, at)

    def goes_to(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.site.address + path)
        return self.page

    def asks_for_a_change(self, answers: Mapping[str, Any]) -> str:
        """Hand the form of a change in, from the catalogue; return the record's number."""
        self.goes_to("/start")
        self.look("catalogue")
        self.page.get_by_role("link", name=_CHANGE).click()
        self.look("request form")
        form.fill(self.page, answers)
        self.page.get_by_role("button", name="Kirim permintaan").click()
        self.page.wait_for_url("**/records/*")
        return self.page.url.rpartition("/")[2]

    def opens(self, task: str) -> None:
        """Open a task from the list of the own tasks, or else of those of the groups."""
        for tab in ("mine", "groups"):
            self.goes_to(f"/tasks?tab={tab}")
            link = self.page.locator(".task-link", has_text=task)
            if link.count():
                link.first.click()
                expect(self.page.locator("#task-pane h2", has_text=task)).to_be_visible()
                return
        raise AssertionError(f"{self.name} expected to find the task {task}")

    def fills(self, answers: Mapping[str, Any]) -> None:
        """Fill the open task's form in."""
        form.fill(self.page, answers)

    def completes(self) -> None:
        """Press the button that completes the open task."""
        self.page.get_by_role("button", name="Selesaikan tugas").last.click()

    def does(self, task: str, answers: Mapping[str, Any]) -> None:
        """Open a task, fill its form in and complete it."""
        self.opens(task)
        self.look(task)
        self.fills(answers)
        self.completes()
        expect(self.notice).to_contain_text("Tugas selesai")

    @property
    def notice(self) -> Locator:
        """The one-time message above the page."""
        return self.page.locator(".notice")
