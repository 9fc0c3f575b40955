"""Pages of people whose scripts and security policy have nothing to complain of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, ViewportSize

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
_PATIENCE_MS = 10_000
PHONE: ViewportSize = {"width": 390, "height": 844}


@contextmanager
def watched_context(browser: Browser) -> Iterator[BrowserContext]:
    """Give the browser of a new person; whatever its pages complain of fails the test."""
    complaints: list[str] = []
    context = browser.new_context(viewport=DESKTOP, locale="id-ID", timezone_id="Asia/Jakarta")
    context.set_default_timeout(_PATIENCE_MS)

    def hear(message: ConsoleMessage) -> None:
        # An answer of 4xx is reported too; what it means is for the test to say.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def hear_error(error: Error) -> None:
        complaints.append(str(error))

    context.on("console", hear)
    context.on("weberror", lambda found: hear_error(found.error))
    yield context
    context.close()
    if complaints:
        raise AssertionError(f"The browser complained: {complaints}")
