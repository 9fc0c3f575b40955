"""Messages, signals, errors, escalations and embedded forms: what events refer to by id."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.definition import Message
from engine.bpmn.expressions import Expression
from engine.bpmn.reading.document import line_of
from engine.bpmn.reading.source import Source, children, extension, properties_of
from engine.bpmn.reading.terms import term
from engine.model import Label


def read_globals(root: etree._Element, source: Source) -> None:
    """Fill the dictionaries of `source` from the children of `definitions`."""
    for node in children(root, "message"):
        _read_message(node, source)
    for node in children(root, "signal"):
        name = _named(node, "name", "signal name", source)
        if name is not None:
            source.signals[node.get("id", "")] = name
    for node in children(root, "error"):
        source.errors[node.get("id", "")] = source.optional(node, "errorCode", "error code")
    for node in children(root, "escalation"):
        source.escalations[node.get("id", "")] = source.optional(node, "escalationCode", "escalation code")


def _read_message(node: etree._Element, source: Source) -> None:
    name = _named(node, "name", "message name", source)
    if name is None:
        return
    subscription = extension(node, "subscription")
    source.messages[node.get("id", "")] = Message(
        id=node.get("id", ""),
        name=name,
        correlation_key=source.optional(subscription, "correlationKey", "correlation key"),
        time_to_live=properties_of(node).get("clause8:ttl"),
    )


def _named(node: etree._Element, attribute: str, what: str, source: Source) -> Expression | None:
    text = (node.get(attribute) or "").strip()
    if text:
        return source.expression(text, node, what)
    source.findings.warning(
        "unnamed",
        line_of(node),
        node.get("id"),
        Label(f"The {what} is missing.", f"{term(what).id.capitalize()} belum diisi."),
        Label("Give it a name.", "Beri nama."),
    )
    return None
