"""What every reader of a part of the file needs: where to report, what the file defines globally."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine import feel
from engine.bpmn.definition import Message
from engine.bpmn.expressions import Expression
from engine.bpmn.findings import Findings
from engine.bpmn.reading.document import BPMN, ZEEBE, line_of, local_name
from engine.bpmn.reading.terms import term
from engine.model import Label

#: The `zeebe:property` that holds the Indonesian name (decisions.md, 1).
INDONESIAN_NAME = "clause8:name.id"


@dataclass
class Source:
    """One file while it is read; the dictionaries are by XML id."""

    findings: Findings
    messages: dict[str, Message] = field(default_factory=dict)
    signals: dict[str, Expression] = field(default_factory=dict)
    errors: dict[str, Expression | None] = field(default_factory=dict)
    escalations: dict[str, Expression | None] = field(default_factory=dict)

    def expression(self, text: str, node: etree._Element, what: str) -> Expression | None:
        """Return the compiled text; None with a finding when its FEEL does not parse."""
        try:
            expression = Expression(text)
        except feel.FeelError as error:
            self._not_feel(text, node, what, error.label)
            return None
        for line, column, reason in expression.findings:
            place = Label(f"Line {line}, column {column}: ", f"Baris {line}, kolom {column}: ")
            self._not_feel(text, node, what, Label(place.en + reason.label.en, place.id + reason.label.id))
        return expression

    def _not_feel(self, text: str, node: etree._Element, what: str, reason: Label) -> None:
        self.findings.error(
            "feel",
            line_of(node),
            owner_id(node),
            Label(
                f"The {what} {text!r} is not FEEL. {reason.en}",
                f"{term(what).id.capitalize()} {text!r} bukan FEEL. {reason.id}",
            ),
            Label("Correct the expression.", "Perbaiki ekspresi."),
        )

    def feel_only(self, text: str, node: etree._Element, what: str) -> Expression | None:
        """Return the compiled FEEL; None with a finding when the text does not start with "="."""
        if text.lstrip().startswith("="):
            return self.expression(text, node, what)
        self.findings.error(
            "feel",
            line_of(node),
            owner_id(node),
            Label(
                f"The {what} {text!r} is no FEEL expression.",
                f"{term(what).id.capitalize()} {text!r} bukan ekspresi FEEL.",
            ),
            Label(
                'Write FEEL with "=" in front, as in "= amount > 100".',
                'Tulis FEEL diawali "=", contoh "= jumlah > 100".',
            ),
        )
        return None

    def optional(self, node: etree._Element | None, attribute: str, what: str) -> Expression | None:
        """Return the compiled attribute, None when it is absent or empty."""
        text = node.get(attribute) if node is not None else None
        return self.expression(text, node, what) if text and text.strip() and node is not None else None


def owner_id(node: etree._Element) -> str | None:
    """Return the id of the nearest BPMN element that has one and is no event definition."""
    current: etree._Element | None = node
    while current is not None:
        name = local_name(current)
        if name and not name.endswith(("EventDefinition", "Characteristics")) and current.get("id"):
            return current.get("id")
        current = current.getparent()
    return None


def children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the direct BPMN children of that tag."""
    return node.iterchildren(f"{{{BPMN}}}{name}")


def child(node: etree._Element, name: str) -> etree._Element | None:
    """Return the first direct BPMN child of that tag."""
    return next(children(node, name), None)


def text_of(node: etree._Element | None) -> str:
    """Return the trimmed text of an element, "" for None."""
    return (node.text or "").strip() if node is not None else ""


def extension(node: etree._Element, name: str) -> etree._Element | None:
    """Return the first `zeebe:` extension element of that tag."""
    extensions = child(node, "extensionElements")
    return extensions.find(f"{{{ZEEBE}}}{name}") if extensions is not None else None


def properties_of(node: etree._Element) -> dict[str, str]:
    """Return the `zeebe:property` values by name."""
    holder = extension(node, "properties")
    if holder is None:
        return {}
    found = holder.iterchildren(f"{{{ZEEBE}}}property")
    return {str(entry.get("name")): entry.get("value") or "" for entry in found if entry.get("name")}


def name_of(node: etree._Element) -> Label:
    """Return the name in both languages: the attribute, and the property for Indonesian."""
    english = (node.get("name") or node.get("id") or "").strip()
    return Label(english, properties_of(node).get(INDONESIAN_NAME) or english)
