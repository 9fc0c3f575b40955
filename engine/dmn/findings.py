"""Collecting what is wrong in one file."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from engine.feel import FeelError
from engine.model import Finding, Label

from .xml import attribute, line_of

CURE_OF_EXPRESSION = Label("Correct the expression in the modeler.", "Perbaiki ekspresi di pemodel.")


class Findings:
    """The findings of a file, in the order they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.listed: list[Finding] = []

    def add(self, element: etree._Element, rule: str, reason: Label, cure: Label, *, is_error: bool = True) -> None:
        """Add one at the place of an element; the id is that of the nearest element that has one."""
        self.listed.append(Finding(self.file, line_of(element), nearest_id(element), reason, cure, is_error, rule))

    def add_feel_error(self, element: etree._Element, error: FeelError) -> None:
        """Add a syntax error or a limit, with the place inside the expression."""
        self.add(element, "feel-syntax", error.label, CURE_OF_EXPRESSION)

    def add_feel_errors(self, errors: Iterable[tuple[etree._Element, FeelError]]) -> None:
        """Add several."""
        for element, error in errors:
            self.add_feel_error(element, error)

    def add_unknown_types(self, unknown: Iterable[tuple[etree._Element, str]]) -> None:
        """Add references to types that do not exist."""
        for element, reference in unknown:
            self.add(
                element,
                "dmn-type",
                Label(f"there is no type {reference}", f"tipe {reference} tidak ada"),
                Label(
                    "Define it as an item definition, or choose another.", "Definisikan tipe itu, atau pilih yang lain."
                ),
            )


def nearest_id(element: etree._Element) -> str | None:
    """Return the id of the element or of the nearest one around it."""
    for candidate in (element, *element.iterancestors()):
        if attribute(candidate, "id"):
            return attribute(candidate, "id")
    return None
