"""Bytes to a tree, hardened: no DTD, no entities, no network; limits on size and depth."""

from __future__ import annotations

from typing import Any

from lxml import etree

from engine.bpmn.findings import Findings
from engine.dmn import xml_mistake
from engine.model import Label

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 200


def read_document(source: bytes, findings: Findings) -> etree._Element | None:
    """Return the `definitions` element, or None with the reason in `findings`."""
    if len(source) > MAX_BYTES:
        _refuse(
            findings,
            "size",
            None,
            Label(f"The file has {len(source)} bytes.", f"Berkas berukuran {len(source)} bita."),
            Label(f"Keep it under {MAX_BYTES} bytes.", f"Pastikan kurang dari {MAX_BYTES} bita."),
        )
        return None
    root = _parsed(source, findings)
    if root is None or not _is_harmless(root, findings):
        return None
    return root if _is_definitions(root, findings) else None


def local_name(node: etree._Element, namespace: str = BPMN) -> str:
    """Return the tag without its namespace, "" when it is of another one."""
    tag: Any = node.tag  # comments have a function here
    prefix = f"{{{namespace}}}"
    return tag[len(prefix) :] if isinstance(tag, str) and tag.startswith(prefix) else ""


def is_executable(process: etree._Element) -> bool:
    """Return whether a process is meant to run; the others are drawn for people."""
    return process.get("isExecutable") in ("true", "1")


def line_of(node: etree._Element) -> int:
    """Return the line of an element in the file."""
    line: Any = node.sourceline
    return int(line or 0)


def _parsed(source: bytes, findings: Findings) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line, mistake = getattr(error, "lineno", None), xml_mistake(error)
        _refuse(
            findings,
            "xml",
            line,
            Label(f"The file is no well-formed XML: {mistake.en}.", f"Berkas bukan XML yang benar: {mistake.id}."),
            Label("Export the diagram again from the modeller.", "Ekspor ulang diagram dari penyunting."),
        )
        return None


def _is_harmless(root: etree._Element, findings: Findings) -> bool:
    info: Any = root.getroottree().docinfo
    if info.internalDTD is not None or info.externalDTD is not None or info.doctype:
        _refuse(
            findings,
            "dtd",
            1,
            Label("The file has a document type definition (DTD).", "Berkas memuat definisi tipe dokumen (DTD)."),
            Label("Remove the DOCTYPE.", "Hapus DOCTYPE."),
        )
        return False
    if _depth(root) > MAX_DEPTH:
        _refuse(
            findings,
            "depth",
            None,
            Label(f"Elements are nested deeper than {MAX_DEPTH}.", f"Elemen bersarang lebih dari {MAX_DEPTH} tingkat."),
            Label("Nest less.", "Kurangi tingkat sarang."),
        )
        return False
    return True


def _depth(root: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _is_definitions(root: etree._Element, findings: Findings) -> bool:
    if local_name(root) == "definitions":
        return True
    _refuse(
        findings,
        "bpmn",
        line_of(root),
        Label(f"The root element is {root.tag}, not BPMN 2.0 definitions.", f"Elemen akar {root.tag}, bukan BPMN 2.0."),
        Label("Save the diagram as BPMN 2.0 XML.", "Simpan diagram sebagai XML BPMN 2.0."),
    )
    return False


def _refuse(findings: Findings, rule: str, line: int | None, reason: Label, cure: Label) -> None:
    findings.error(rule, line, None, reason, cure)
