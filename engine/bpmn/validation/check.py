"""One validation: the process, and short ways to report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.bpmn.definition import Element
from engine.bpmn.findings import Findings
from engine.bpmn.reading.processes import ProcessSource
from engine.model import Label


@dataclass(frozen=True)
class Check:
    """What the rules share."""

    process: ProcessSource
    findings: Findings

    @property
    def elements(self) -> Iterable[Element]:
        """Return all elements."""
        return self.process.elements.values()

    def of_type(self, *types: str) -> list[Element]:
        """Return the elements of these BPMN tags."""
        return [element for element in self.elements if element.type in types]

    def find(self, element_id: str | None) -> Element | None:
        """Return the element of that id."""
        return self.process.elements.get(element_id or "")

    def inside(self, scope: str | None) -> list[Element]:
        """Return the elements directly in a sub-process, None for the process."""
        return [element for element in self.elements if element.scope == scope]

    def scope_of(self, element: Element) -> Element | None:
        """Return the sub-process around an element, None for the process."""
        return self.find(element.scope)

    def refuse(self, rule: str, element: Element, reason: tuple[str, str], cure: tuple[str, str]) -> None:
        """Report what can never work: reason and cure in English and Indonesian."""
        self.findings.error(rule, element.line, element.id or None, Label(*reason), Label(*cure))

    def doubt(self, rule: str, element: Element, reason: tuple[str, str], cure: tuple[str, str]) -> None:
        """Report what works but may not be meant."""
        self.findings.warning(rule, element.line, element.id or None, Label(*reason), Label(*cure))
