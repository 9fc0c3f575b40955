"""What two versions of a diagram mean differently: elements, flows, conditions, timers, assignments, data.

Where things stand on the canvas does not count. Both files are read as trees, so that a draft that
cannot be deployed yet can be compared too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from engine.bpmn.aspects import aspect_label
from engine.bpmn.findings import Findings
from engine.bpmn.reading.document import BPMN, ZEEBE, local_name, read_document
from engine.errors import DefinitionInvalid
from engine.model import Change, ChangeKind, Label

#: Elements whose children are elements of their own.
_CONTAINERS = frozenset({
    "process", "collaboration", "subProcess", "adHocSubProcess", "transaction", "laneSet", "childLaneSet", "lane",
})  # fmt: skip
#: Children that are a part of their element, not an element.
_PARTS = frozenset({
    "incoming", "outgoing", "extensionElements", "documentation", "conditionExpression", "flowNodeRef", "laneSet",
    "childLaneSet", "multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "ioSpecification", "property",
    "completionCondition",
})  # fmt: skip
_GLOBALS = ("message", "signal", "error", "escalation")
_NAME_TWIN = "clause8:name.id"
#: What an absent attribute means; tools leave out or write such values. Source: BPMN 2.0.2, Zeebe's schema.
_DEFAULTS = frozenset({
    ("bindingType", "latest"), ("cancelActivity", "true"), ("isInterrupting", "true"), ("isForCompensation", "false"),
    ("startQuantity", "1"), ("completionQuantity", "1"), ("triggeredByEvent", "false"), ("isSequential", "false"),
    ("parallelMultiple", "false"), ("cancelRemainingInstances", "true"), ("instantiate", "false"), ("retries", "3"),
    ("eventGatewayType", "Exclusive"), ("ordering", "Parallel"), ("gatewayDirection", "Unspecified"),
    ("isCollection", "false"), ("isImmediate", "true"), ("processType", "None"), ("isClosed", "false"),
    ("propagateAllParentVariables", "true"), ("textFormat", "text/plain"), ("implementation", "##unspecified"),
    ("associationDirection", "None"), ("isStartableInTasklist", "true"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Node:
    """An element and everything that it says, by aspect."""

    id: str
    type: str
    name: Label
    facts: Mapping[str, str]


def compare_diagrams(before: bytes, after: bytes, file_name: str) -> list[Change]:
    """Return the differences of meaning, in the order of the newer file, what is gone at the end.

    Raises DefinitionInvalid when one of them is no BPMN XML.
    """
    old, new = _nodes(before, file_name), _nodes(after, file_name)
    changes: list[Change] = []
    for node in new.values():
        known = old.get(node.id)
        if known is None or known.type != node.type:
            changes.append(_whole(ChangeKind.ADDED, node))
        else:
            changes += _changed(known, node)
    gone = [node for node in old.values() if node.id not in new or new[node.id].type != node.type]
    return [*changes, *(_whole(ChangeKind.REMOVED, node) for node in gone)]


def _whole(kind: ChangeKind, node: _Node) -> Change:
    shown = _path_of(node) if node.type in ("sequenceFlow", "messageFlow") else ""
    is_new = kind is ChangeKind.ADDED
    return Change(kind, node.id, node.type, node.name, Label("", ""), "" if is_new else shown, shown if is_new else "")


def _path_of(flow: _Node) -> str:
    return f"{flow.facts.get('@sourceRef', '?')} → {flow.facts.get('@targetRef', '?')}"


def _changed(old: _Node, new: _Node) -> Iterator[Change]:
    for key in dict.fromkeys([*old.facts, *new.facts]):
        before, after = old.facts.get(key, ""), new.facts.get(key, "")
        if before != after:
            yield Change(ChangeKind.CHANGED, new.id, new.type, new.name, aspect_label(key), before, after)


# ---- reading --------------------------------------------------------------------------------


def _nodes(source: bytes, file_name: str) -> dict[str, _Node]:
    findings = Findings(file_name)
    root = read_document(source, findings)
    if root is None:
        raise DefinitionInvalid(findings.all)
    reading = _Reading(root)
    return {node.id: node for child in root for node in reading.nodes(child)}


class _Reading:
    """One file: its elements, with what they refer to put in place of the references."""

    def __init__(self, root: etree._Element) -> None:
        named = [child for child in root if local_name(child) in _GLOBALS]
        self._globals = {str(child.get("id")): "; ".join(_global_text(child)) for child in named}
        self._lanes = {
            (reference.text or "").strip(): str(lane.get("name") or lane.get("id"))
            for lane in root.iter(f"{{{BPMN}}}lane")
            for reference in lane.findall(f"{{{BPMN}}}flowNodeRef")
        }

    def nodes(self, element: etree._Element) -> Iterator[_Node]:
        """Yield the element and, when it is a container, what it contains."""
        kind = local_name(element)
        if not kind or (kind not in _CONTAINERS and element.getparent() is element.getroottree().getroot()):
            return
        if element.get("id") and kind not in ("laneSet", "childLaneSet", "collaboration"):
            yield self._node(element, kind)
        if kind in _CONTAINERS:
            for child in element:
                is_lanes = local_name(child) in ("laneSet", "childLaneSet")
                if is_lanes or not self._is_part(child):
                    yield from self.nodes(child)

    def _is_part(self, child: etree._Element) -> bool:
        return local_name(child) in _PARTS or not child.get("id")

    def _node(self, element: etree._Element, kind: str) -> _Node:
        facts = dict(self._facts(element, kind))
        name = Label(facts.get("@name") or "", facts.get(_NAME_TWIN) or "")
        return _Node(element.get("id", ""), kind, name, {key: value for key, value in facts.items() if value})

    def _facts(self, element: etree._Element, kind: str) -> Iterator[tuple[str, str]]:
        yield from ((f"@{name}", value) for name, value in _attributes(element))
        if lane := self._lanes.get(element.get("id", "")):
            yield "lane", lane
        for child in element:
            name = local_name(child)
            if name == "extensionElements":
                yield from _extensions(child)
            elif name in ("documentation", "conditionExpression", "completionCondition", "text", "script"):
                yield name, _text(child)
            elif name.endswith(("EventDefinition", "LoopCharacteristics")):
                yield from self._definition(child, name)
            elif name == "dataObjectReference":
                yield name, child.get("name", "")

    def _definition(self, definition: etree._Element, name: str) -> Iterator[tuple[str, str]]:
        """Yield what an event waits for or throws, or how an activity is repeated."""
        yield name, "✓"
        for attribute, value in _attributes(definition):
            yield f"{name}/{attribute}", self._globals.get(value, value)
        for child in definition:
            if local_name(child) == "extensionElements":
                yield from ((f"{name}/{key}", value) for key, value in _extensions(child))
            elif local_name(child):
                yield f"{name}/{local_name(child)}", _text(child)


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    known = ((str(name), str(value)) for name, value in element.attrib.items() if name != "id")
    return (fact for fact in known if fact not in _DEFAULTS)


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def _global_text(element: etree._Element) -> Iterator[str]:
    """Yield what a message, signal or error is: its name, code and correlation key."""
    yield from (value for _, value in _attributes(element))
    for extensions in element.findall(f"{{{BPMN}}}extensionElements"):
        yield from (f"{key}={value}" for key, value in _extensions(extensions))


def _extensions(extensions: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield what extension elements say, of any namespace, one fact per attribute or text."""
    counts: dict[str, int] = {}
    for element in _descendants(extensions):
        tag = etree.QName(element)
        name, values = tag.localname, dict(_attributes(element))
        identity = _identity(name, values) if tag.namespace == ZEEBE else None
        if identity is not None:
            yield identity
            continue
        counts[name] = number = counts.get(name, 0) + 1
        place = name if number == 1 else f"{name} {number}"
        yield from ((f"{place}@{key}", value) for key, value in values.items())
        if element.text and element.text.strip():
            yield place, element.text.strip()


def _descendants(extensions: etree._Element) -> Iterable[etree._Element]:
    return extensions.iterdescendants("{*}*")


def _identity(name: str, values: Mapping[str, str]) -> tuple[str, str] | None:
    """Return (aspect, value) of the elements of which one has many, told apart by a name of their own."""
    if name in ("input", "output"):
        return f"{name}:{values.get('target', '')}", values.get("source", "")
    if name == "header":
        return f"header:{values.get('key', '')}", values.get("value", "")
    if name == "property":
        key = values.get("name", "")
        return (key if key == _NAME_TWIN else f"property:{key}"), values.get("value", "")
    return None
