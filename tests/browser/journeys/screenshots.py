"""Pictures of every page that the journeys visit, to be looked at: `CLAUSE8_SCREENSHOTS=1`, in var/screenshots."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from engine import LANGUAGES, Actor, ChangeLanguage
from tests.browser.watching import DESKTOP, PHONE

if TYPE_CHECKING:
    from tests.browser.journeys.person import Person

FOLDER = Path(__file__).parents[3] / "var/screenshots"


class Camera:
    """Takes pictures of a page in both languages and two widths; does nothing unless asked to."""

    def __init__(self, journey: str) -> None:
        self._is_on = bool(os.environ.get("CLAUSE8_SCREENSHOTS"))
        self._journey = journey
        self._taken = 0

    def shoot(self, person: Person, at: str) -> None:
        """Take pictures of what the person sees; the page is as before afterwards, but for what was typed."""
        if not self._is_on:
            return
        self._taken += 1
        name = re.sub(r"\W+", "-", f"{self._taken:02}-{at}-{person.name}").lower()
        for language in ("en", "id"):
            self._change_language(person, language)
            for width, size in (("1440", DESKTOP), ("390", PHONE)):
                person.page.set_viewport_size(size)
                self._take(person, f"{name}-{language}-{width}.png")
        person.page.set_viewport_size(DESKTOP)

    def _change_language(self, person: Person, language: str) -> None:
        assert language in LANGUAGES
        person.site.harness.engine.execute(ChangeLanguage(language=language, actor=Actor(person.name)))
        person.page.reload()  # also repeats what was sent: a refused form is refused again

    def _take(self, person: Person, file: str) -> None:
        person.page.wait_for_load_state("networkidle")
        path = FOLDER / self._journey / file
        person.page.screenshot(path=path, full_page=True, animations="disabled")
