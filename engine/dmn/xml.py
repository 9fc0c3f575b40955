"""DMN files as element trees: nothing is fetched, expanded or deeper than a file that a person drew."""

from __future__ import annotations

from lxml import etree

from engine.dmn.xml_mistakes import xml_mistake
from engine.errors import DefinitionInvalid
from engine.model import Finding, Label

MOST_BYTES = 10_000_000
MOST_DEPTH = 100

_MODEL_NAMESPACES = (
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
    "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
    "https://www.omg.org/spec/DMN/20240513/MODEL/",
)


def read_xml(content: bytes, file: str) -> etree._Element:
    """Return the root of a DMN file; raises DefinitionInvalid naming place, reason and cure."""
    if len(content) > MOST_BYTES:
        raise _refused(file, None, "xml-size", Label("the file is larger than 10 MB", "berkas lebih besar dari 10 MB"))
    if (
        b"<!DOCTYPE" in content
        or "<!DOCTYPE".encode("utf-16-le") in content
        or "<!DOCTYPE".encode("utf-16-be") in content
    ):
        raise _refused(file, None, "xml-doctype", Label("the file has a DOCTYPE", "berkas memuat DOCTYPE"))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        mistake = xml_mistake(error)
        reason = Label(f"The file is no well-formed XML: {mistake.en}.", f"Berkas bukan XML yang benar: {mistake.id}.")
        raise _refused(file, getattr(error, "lineno", None), "xml-syntax", reason) from None
    check_root(root, file)
    return root


def check_root(root: etree._Element, file: str) -> None:
    """Raises DefinitionInvalid when the tree is no DMN file."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused(file, None, "xml-doctype", Label("the file has a DOCTYPE", "berkas memuat DOCTYPE"))
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in _MODEL_NAMESPACES:
        reason = Label(
            f"expected DMN definitions, but the root is {name.localname}",
            f"seharusnya definitions DMN, tetapi akarnya {name.localname}",
        )
        raise _refused(file, line_of(root), "dmn-root", reason)
    if _depth(root) > MOST_DEPTH:
        reason = Label(
            f"elements are nested deeper than {MOST_DEPTH}", f"elemen bersarang lebih dalam dari {MOST_DEPTH}"
        )
        raise _refused(file, None, "xml-depth", reason)


def _depth(root: etree._Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _refused(file: str, line: int | None, rule: str, reason: Label) -> DefinitionInvalid:
    cure = Label("Save the file again with a DMN modeler.", "Simpan ulang berkas dengan pemodel DMN.")
    return DefinitionInvalid([Finding(file, line, None, reason, cure, rule=rule)])


def local_name(element: etree._Element) -> str:
    """Return the tag without its namespace; empty for comments and the like."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def line_of(element: etree._Element) -> int | None:
    """Return the line of an element in its file."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    """Return the children with one of these tags, in the order of the file."""
    return [child for child in element if local_name(child) in names]


def child(element: etree._Element, *names: str) -> etree._Element | None:
    """Return the first of `children`."""
    return next(iter(children(element, *names)), None)


def text_of(element: etree._Element | None) -> str:
    """Return what stands in the `text` child, without surrounding space; empty when there is none."""
    found = None if element is None else child(element, "text")
    return "" if found is None else "".join(str(part) for part in found.itertext()).strip()


def attribute(element: etree._Element, name: str, default: str = "") -> str:
    """Return an attribute as text."""
    return str(element.get(name, default))
