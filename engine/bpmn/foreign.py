"""Extensions of other products in a diagram: they are kept, but nothing here acts on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from engine.bpmn.findings import Findings
from engine.bpmn.reading.document import BPMN, ZEEBE, line_of, read_document
from engine.model import Finding, Label

#: Namespaces that say nothing about what runs (drawing, colours, tools), and those that are understood.
_KNOWN = frozenset(
    {
        BPMN,
        ZEEBE,
        "",
        "http://www.w3.org/2001/XMLSchema-instance",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.omg.org/spec/BPMN/20100524/DI",
        "http://www.omg.org/spec/DD/20100524/DC",
        "http://www.omg.org/spec/DD/20100524/DI",
        "http://camunda.org/schema/modeler/1.0",
        "http://bpmn.io/schema/bpmn/biocolor/1.0",
        "http://www.omg.org/spec/BPMN/non-normative/color/1.0",
    }
)


def foreign_extensions(source: bytes, file_name: str) -> list[Finding]:
    """Return a warning for each element with extensions that nothing acts on; none for a file that cannot be read."""
    root = read_document(source, Findings(file_name))
    if root is None:
        return []
    found: dict[tuple[str, str], Finding] = {}
    for node in root.iter(f"{{{BPMN}}}*"):
        for name in _foreign_names(node):
            owner = _owner(node)
            element_id = owner.get("id") or ""
            found.setdefault((element_id, name), _finding(file_name, owner, element_id, name))
    return list(found.values())


def _foreign_names(node: etree._Element) -> Iterator[str]:
    """Yield the names of attributes, and of extension elements, of other namespaces."""
    for name in map(str, node.attrib):
        if etree.QName(name).namespace and etree.QName(name).namespace not in _KNOWN:
            yield _shown(node, name)
    if etree.QName(node).localname != "extensionElements":
        return
    for child in node:
        tag: Any = child.tag
        if isinstance(tag, str) and (etree.QName(tag).namespace or "") not in _KNOWN:
            yield _shown(child, tag)


def _owner(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    return parent if etree.QName(node).localname == "extensionElements" and parent is not None else node


def _shown(node: etree._Element, name: str) -> str:
    """Return a name with its prefix, as the file writes it."""
    qualified = etree.QName(name)
    prefix = next((key for key, value in node.nsmap.items() if key and value == qualified.namespace), None)
    return f"{prefix}:{qualified.localname}" if prefix else qualified.localname


def _finding(file_name: str, owner: etree._Element, element_id: str, name: str) -> Finding:
    return Finding(
        file_name,
        line_of(owner),
        element_id or None,
        Label(f"{name} belongs to another product; it is kept, but does nothing.",
              f"{name} milik produk lain; tetap disimpan, tetapi tidak berpengaruh."),
        Label("Say it with the properties of the panel, or leave it if others need it.",
              "Nyatakan dengan properti di panel, atau biarkan bila diperlukan pihak lain."),
        is_error=False,
        rule="foreign_extension",
    )  # fmt: skip
