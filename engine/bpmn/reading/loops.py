"""Multi-instance and standard loop characteristics of an activity."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.definition import Loop
from engine.bpmn.expressions import Expression
from engine.bpmn.reading.document import line_of
from engine.bpmn.reading.source import Source, child, extension, owner_id, text_of
from engine.model import Label


def read_loop(node: etree._Element, source: Source) -> Loop | None:
    """Return how often the activity is done, None for once.

    `zeebe:loopCharacteristics` win over BPMN's own data references, which vendors fill differently.
    """
    multi = child(node, "multiInstanceLoopCharacteristics")
    if multi is not None:
        return _multi_instance(multi, source)
    standard = child(node, "standardLoopCharacteristics")
    return _standard(standard, source) if standard is not None else None


def _multi_instance(node: etree._Element, source: Source) -> Loop:
    zeebe = extension(node, "loopCharacteristics")
    cardinality = text_of(child(node, "loopCardinality"))
    completion = text_of(child(node, "completionCondition"))
    collection = source.optional(zeebe, "inputCollection", "input collection") or _data_reference(
        node, "loopDataInputRef", source
    )
    loop = Loop(
        kind="sequential" if node.get("isSequential") == "true" else "parallel",
        collection=collection,
        cardinality=source.expression(cardinality, node, "loop cardinality")
        if cardinality and not collection
        else None,
        input_element=(zeebe.get("inputElement") or "") if zeebe is not None else _item(node, "inputDataItem"),
        output_collection=(zeebe.get("outputCollection") or "") if zeebe is not None else "",
        output_element=source.optional(zeebe, "outputElement", "output element"),
        completion_condition=source.feel_only(completion, node, "completion condition") if completion else None,
    )
    if loop.collection is None and loop.cardinality is None and source.findings.errors == []:
        _missing(node, source, "collection or cardinality", "koleksi atau jumlah pengulangan")
    if bool(loop.output_collection) != bool(loop.output_element):
        _missing(node, source, "output collection or output element", "koleksi hasil atau elemen hasil")
    return loop


def _data_reference(node: etree._Element, tag: str, source: Source) -> Expression | None:
    name = text_of(child(node, tag))
    return source.expression(f"= {name}", node, "loop data input") if name.isidentifier() else None


def _item(node: etree._Element, tag: str) -> str:
    item = child(node, tag)
    return (item.get("name") or item.get("id") or "") if item is not None else ""


def _standard(node: etree._Element, source: Source) -> Loop:
    condition = text_of(child(node, "loopCondition"))
    maximum = node.get("loopMaximum") or ""
    if not condition and not maximum.isdecimal():
        _missing(node, source, "loop condition or loop maximum", "syarat atau batas pengulangan")
    return Loop(
        kind="standard",
        loop_condition=source.feel_only(condition, node, "loop condition") if condition else None,
        is_tested_before=node.get("testBefore") == "true",
        maximum=int(maximum) if maximum.isdecimal() else None,
    )


def _missing(node: etree._Element, source: Source, what: str, apa: str) -> None:
    source.findings.error(
        "loop",
        line_of(node),
        owner_id(node),
        Label(f"The loop has no {what}.", f"Pengulangan belum mempunyai {apa}."),
        Label(f"Fill in the {what}.", f"Isi {apa}."),
    )
