"""The small procedure with clocks, served to a real browser on the Friday before a Monday that is a holiday."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from engine import SYSTEM, Actor, ChangeLanguage, LoadPeople
from tests.browser.journeys.site import Site, serving
from tests.browser.watching import watched_context
from tests.databases import SqliteTemplate
from tests.support_case import clock_content, support_case
from tests.webapp.calendars.conftest import FRIDAY
from tests.webapp.people.conftest import PASSWORD, PEOPLE

#: Opens a page of the site for a person, in a window of some size and a language.
Visit = Callable[..., Page]


@pytest.fixture
def site(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[Site]:
    """Give a running server with calendars, clocks, the procedure and people."""
    with serving(sqlite_template.copy_to(tmp_path), FRIDAY) as site:
        site.harness.deploy(*clock_content(), support_case())
        site.harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
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
