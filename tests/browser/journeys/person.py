"""A person before the browser: opens pages, does tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

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
        self._log_in()

    def look(self, at: str) -> None:
        """Take pictures of the page when they are asked for."""
        self._camera.shoot(self, at)

    def goes_to(self, path: str) -> Page:
        """Open a page of the site; who was away for longer than a session lasts logs in again."""
        self.page.goto(self.site.address + path)
        if self.path == "/login":
            self._log_in()
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

    @property
    def path(self) -> str:
        """Where on the site the person is."""
        return urlsplit(self.page.url).path

    def tasks(self) -> list[str]:
        """Return the names of the tasks that wait for the person, own ones first."""
        names: list[str] = []
        for tab in ("mine", "groups"):
            names += self.goes_to(f"/tasks?tab={tab}").locator(".task-name").all_inner_texts()
        return names

    def follows(self, number: str) -> Locator:
        """Open a record; return where it says how things stand."""
        return self.goes_to(f"/records/{number}").locator(".now-box")

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
        self.site.advance(minutes=20)  # it takes people a while
        self.completes()
        expect(self.notice).to_contain_text("Tugas selesai")

    def publishes(self, message: str, number: str, variables: str) -> None:
        """Play an absent partner on the administrators' page, from the list of what waits."""
        self.goes_to("/monitor/publish-message")
        self.page.locator(".receiver", has_text=message).filter(has_text=number).click()
        self.look(f"publish {message}")
        self.page.get_by_label("Variabel (JSON)").fill(variables)
        self.page.get_by_role("button", name="Kirim", exact=True).click()
        expect(self.notice).to_contain_text("Diterima proses yang menunggu")

    def _log_in(self) -> None:
        cookie = {"name": "clause8_session", "value": self.site.session_of(self.name), "url": self.site.address}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict that cannot be imported

    @property
    def notice(self) -> Locator:
        """The one-time message above the page."""
        return self.page.locator(".notice")
