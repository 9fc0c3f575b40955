"""The modeller: definitions with their versions, editors with drafts, check, comparison and publication."""

from __future__ import annotations

from webapp.i18n import mark
from webapp.modeller import definitions, drafts, held_back, publishing, scenarios, trying, wording
from webapp.modeller.blueprint import READERS, pages
from webapp.navigation import NavigationItem

__all__ = ["NAVIGATION", "definitions", "drafts", "held_back", "pages", "publishing", "scenarios", "trying"]

NAVIGATION = (
    NavigationItem(
        "modeller.definitions",
        mark("Definitions"),
        "schema",
        "design",
        10,
        roles=READERS,
        also=(
            "modeller.definition",
            "modeller.new",
            "modeller.make_new",
            "modeller.editor",
            "modeller.held_back",
            "modeller.scenarios",
            "modeller.publish",
            "modeller.publish_now",
            "modeller.publish_again",
            "modeller.publish_again_now",
        ),
    ),
)

pages.context_processor(wording.for_templates)
