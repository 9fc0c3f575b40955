"""Pictures of every page that the journeys visit, to be looked at: `CLAUSE8_SCREENSHOTS=1`, in var/screenshots."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import ViewportSize

from engine import LANGUAGES, Actor, ChangeLanguage
from tests.browser.watching import DESKTOP, PHONE

if TYPE_CHECKING:
    from tests.browser.journeys.person import Person

FOLDER = Path(__file__).parents[3] / "var/screenshots"
#: How much taller the window must be to show whole what scrolls by itself.
_HIDDEN_HEIGHT = """Math.max(0, ...[...document.querySelectorAll("main, main *")]
  .filter((one) => getComputedStyle(one).overflowY === "auto").map((one) => one.scrollHeight - one.clientHeight))"""


class Camera:
    """Takes pictures of a page in both languages and two widths; does nothing unless asked to."""

    def __init__(self, journey: str) -> None:
        self._is_on = bool(os.environ.get("CLAUSE8_SCREENSHOTS"))
        self._journey = journey
        self._taken: list[str] = []

    def shoot(self, person: Person, at: str) -> None:
        """Take pictures of what the person sees, once; the page is as before afterwards, but for what was typed."""
        if not self._is_on or at in self._taken:
            return
        self._taken.append(at)
        name = re.sub(r"\W+", "-", f"{len(self._taken):02}-{at}").lower()
        for language in reversed(LANGUAGES):
            person.site.harness.engine.execute(ChangeLanguage(language=language, actor=Actor(person.name)))
            for width, size in (("390", PHONE), ("1440", DESKTOP)):
                person.page.set_viewport_size(size)
                person.page.reload()  # also repeats what was sent: a refused form is refused again
                self._take(person, size, f"{name}-{language}-{width}.png")
                person.page.set_viewport_size(size)

    def _take(self, person: Person, size: ViewportSize, file: str) -> None:
        person.page.wait_for_load_state("networkidle")
        person.page.evaluate("scrollTo(0, 0)")  # a page opened again stands where it stood
        height = size["height"] + int(person.page.evaluate(_HIDDEN_HEIGHT))
        person.page.set_viewport_size({"width": size["width"], "height": height})
        person.page.screenshot(path=FOLDER / self._journey / file, full_page=True, animations="disabled")
