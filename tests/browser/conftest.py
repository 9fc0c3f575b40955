"""A real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watching import watched_context

#: Nothing but the page under test may cost time or leave the machine.
_ARGUMENTS = [
    "--no-sandbox",  # needed by root, and the only pages are ours
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class ChromiumMissing(Exception):
    """The browser tests need Chromium, and say how to get it."""

    def __init__(self) -> None:
        super().__init__(
            "There is no chromium on PATH. Cure: make test as root on Debian installs it; or apt-get install chromium;"
            " or name yours: CLAUSE8_TEST_CHROMIUM=/path/to/chromium"
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give a running browser."""
    program = os.environ.get("CLAUSE8_TEST_CHROMIUM") or shutil.which("chromium")
    if program is None:
        raise ChromiumMissing
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page of a new person."""
    with watched_context(browser) as context:
        yield context.new_page()
