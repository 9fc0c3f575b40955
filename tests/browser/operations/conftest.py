"""An administrator's browser on a running server, with a small process and much that runs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import insert

from engine import SYSTEM, Actor, ChangeLanguage, LoadPeople
from engine.store import tables, unit_of_work
from engine.store.instance_counts import CountChange, InstanceCounts
from tests.browser.journeys.screenshots import FOLDER
from tests.browser.journeys.site import PASSWORD, START, Site, serving
from tests.browser.watching import DESKTOP, PHONE, watched_context
from tests.databases import SqliteTemplate
from tests.integration.rows import complete
from tests.webapp.operations.conftest import ORDER
from webapp.access import SESSION_COOKIE

#: Pages whose pictures stand in the administrators' guide.
IN_GUIDE = {"overview", "times", "instances", "instance", "faults", "modify", "migration", "batch", "message", "health"}
PEOPLE = {
    "people": [
        {"name": "sari", "display_name": "Sari Wijaya", "language": "en", "unit": "it", "groups": ["administrator"]},
        {"name": "budi", "display_name": "Budi Santoso", "unit": "it", "groups": ["workers", "program"]},
    ],
    "units": [{"name": "it", "en": "IT operations", "id": "Operasi TI", "head": "sari"}],
}


@dataclass
class Operator:
    """An administrator before the screen."""

    site: Site
    page: Page

    def log_in(self) -> None:
        """Open a session; one lasts twelve hours of the clock that tests move."""
        token = self.site.session_of("sari")
        self.page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": self.site.address}])

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.site.address}{path}")
        return self.page

    def shoot(self, name: str) -> None:
        """Take the picture in both languages and two widths, for the guides, when `CLAUSE8_SCREENSHOTS` asks for it."""
        if not os.environ.get("CLAUSE8_SCREENSHOTS"):
            return
        for language in ("id", "en"):
            self.site.harness.engine.execute(ChangeLanguage(language=language, actor=Actor("sari")))
            self.page.reload()
            expect(self.page.locator("#sidebar")).to_have_count(1)
            for width, size in (("390", PHONE), ("1440", DESKTOP)):
                self.page.set_viewport_size(size)
                self.page.wait_for_load_state("networkidle")
                path = FOLDER / "operations" / f"{name}-{language}-{width}.png"
                self.page.screenshot(path=path, full_page=True, animations="disabled")
            if name in IN_GUIDE:
                self.page.set_viewport_size({"width": 1200, "height": 760})
                self.page.wait_for_load_state("networkidle")
                self.page.wait_for_timeout(300)  # the diagram fits itself to the window
                path = FOLDER.parents[1] / f"docs/images/administrator-{name}-{language}.png"
                self.page.screenshot(path=path, animations="disabled")


@pytest.fixture
def site(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Site]:
    """Give a running server where nothing runs yet."""
    with serving(sqlite_template.copy_to(tmp_path)) as site:
        site.harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
        site.harness.deploy(ORDER)
        yield site


@pytest.fixture
def operator(site: Site, browser: Browser) -> Iterator[Operator]:
    """Give an administrator who is logged in."""
    with watched_context(browser) as context:
        operator = Operator(site, context.new_page())
        operator.log_in()
        yield operator


def add_orders(site: Site, count: int) -> None:
    """Put `count` running orders beside the real ones, as rows, each at its first step."""
    engine = site.harness.engine
    definition = site.harness.start("order", by="budi", order_number="PO-0", amount=1).process_definition_key
    instances, live, changes = [], [], []
    for key in range(1, count + 1):
        run = {"key": key, "root_instance_key": key, "process_definition_key": definition}
        started_at = START - timedelta(minutes=7 * key)
        instances.append(complete(tables.process_instance, run | {"started_at": started_at}))
        place = {"key": 10_000_000 + key, "instance_key": key, "scope_key": key, "process_definition_key": definition}
        live.append(complete(tables.live_element, place))
        changes.append(CountChange(key, definition, "order", running=1, started=1))
    with unit_of_work(engine.database) as work:
        work.execute(insert(tables.process_instance), instances)
        work.execute(insert(tables.live_element), live)
        InstanceCounts(work).add(changes, START)
