"""Ids: every node has one, and no two elements share one."""

from __future__ import annotations

from itertools import chain

from lxml import etree

from engine.bpmn.findings import Findings
from engine.bpmn.reading.document import is_executable, line_of, local_name
from engine.bpmn.reading.processes import NODES
from engine.bpmn.reading.source import children
from engine.model import Label


def check_ids(root: etree._Element, findings: Findings) -> None:
    """Report missing and doubled ids of BPMN elements; processes that are only drawn are left alone."""
    seen: dict[str, int] = {}
    drawn = [node for node in children(root, "process") if not is_executable(node)]
    nodes = (node for part in root.iterchildren("*") if part not in drawn for node in part.iter("*"))
    for node in chain([root], nodes):
        name = local_name(node)
        element_id = node.get("id")
        if name in NODES | {"process"} and not element_id:
            findings.error(
                "no-id",
                line_of(node),
                None,
                Label(f"A {name} has no id.", f"Sebuah {name} tidak mempunyai id."),
                Label("Give it an id.", "Beri id."),
            )
        if not name or not element_id:
            continue
        if element_id in seen:
            findings.error(
                "duplicate-id",
                line_of(node),
                element_id,
                Label(
                    f"The id {element_id} is used in line {seen[element_id]} already.",
                    f"Id {element_id} sudah dipakai pada baris {seen[element_id]}.",
                ),
                Label("Give one of them another id.", "Ubah salah satu id."),
            )
        seen.setdefault(element_id, line_of(node))
