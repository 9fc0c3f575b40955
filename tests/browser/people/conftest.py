"""The travel procedure of `tests/webapp/people`, served to a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from engine import SYSTEM, Actor, ChangeLanguage, LoadPeople, StartByForm
from tests.browser.journeys.site import Site, serving
from tests.browser.watching import watched_context
from tests.databases import SqliteTemplate
from tests.webapp.people.conftest import CONTENT, JOURNEY, PASSWORD, PEOPLE

#: Opens a page of the site for a person, in a window of some size and a language.
Visit = Callable[..., Page]


@pytest.fixture
def site(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Site]:
    """Give a running server with the procedure, its people and two journeys that wait for a decision."""
    with serving(sqlite_template.copy_to(tmp_path)) as site:
        site.harness.deploy(*sorted(CONTENT.iterdir()))
        site.harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
        for _ in range(2):
            site.harness.engine.execute(StartByForm(process_id="travel", actor=Actor("tari"), submitted=JOURNEY))
        yield site


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """Give what opens pages."""
    with ExitStack() as windows:

        def open_page(name: str, path: str, *, width: int = 1440, language: str = "en") -> Page:
            context = windows.enter_context(watched_context(browser))
            token = site.session_of(name)
            context.add_cookies([{"name": "clause8_session", "value": token, "url": site.address}])
            site.harness.engine.execute(ChangeLanguage(language=language, actor=Actor(name)))
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(site.address + path)
            return page

        yield open_page
