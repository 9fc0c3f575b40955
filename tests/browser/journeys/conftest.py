"""Journeys of people through the product."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.journeys.person import Person
from tests.browser.journeys.screenshots import FOLDER, Camera
from tests.browser.journeys.site import Site, furnish, serving
from tests.browser.watching import watched_context
from tests.databases import SqliteTemplate

People = Callable[[str], Person]
_OPEN_PAGES = pytest.StashKey[dict[str, Person]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of what every person of a failed journey saw last."""
    report = yield
    if report.when == "call" and report.failed:
        for person in item.stash.get(_OPEN_PAGES, {}).values():
            person.page.screenshot(path=FOLDER / "failed" / item.name / f"{person.name}.png", full_page=True)
    return report


@pytest.fixture(scope="session")
def furnished(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with the content deployed and the people added, to copy."""
    folder = tmp_path_factory.mktemp("furnished")
    furnish(sqlite_template.copy_to(folder))
    return folder / "clause8.db"


@pytest.fixture
def site(furnished: Path, tmp_path: Path) -> Iterator[Site]:
    """Give a running server with an SQLite database of its own."""
    copy = tmp_path / "clause8.db"
    copy.write_bytes(furnished.read_bytes())
    with serving(f"sqlite:///{copy}") as site:
        yield site


@pytest.fixture
def site_on_both(database_url: str) -> Iterator[Site]:
    """Give a running server; the test runs once on each kind of database."""
    furnish(database_url)
    with serving(database_url) as site:
        yield site


@pytest.fixture
def people(browser: Browser, request: pytest.FixtureRequest) -> Iterator[People]:
    """Give whom a test names, logged in, each with a browser of their own."""
    site: Site = request.getfixturevalue("site_on_both" if "site_on_both" in request.fixturenames else "site")
    camera = Camera(request.node.originalname.removeprefix("test_"))
    with ExitStack() as browsers:
        known: dict[str, Person] = request.node.stash.setdefault(_OPEN_PAGES, {})

        def person(name: str) -> Person:
            if name not in known:
                context = browsers.enter_context(watched_context(browser))
                known[name] = Person(name, context, site, camera)
            return known[name]

        yield person
