"""A real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize, sync_playwright

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
_DESKTOP: ViewportSize = {"width": 1440, "height": 900}


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
    """Give an empty page of a new person; whatever its scripts or its security policy complain of fails the test."""
    complaints: list[str] = []
    context = browser.new_context(viewport=_DESKTOP, locale="id-ID", timezone_id="Asia/Jakarta")
    opened = context.new_page()

    def hear(message: ConsoleMessage) -> None:
        # An answer of 4xx is reported too; what it means is for the test to say.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def hear_error(error: Error) -> None:
        complaints.append(str(error))

    opened.on("console", hear)
    opened.on("pageerror", hear_error)
    yield opened
    context.close()
    assert complaints == []
