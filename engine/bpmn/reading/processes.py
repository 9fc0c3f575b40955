"""The nodes of a process and of its sub-processes, as flat table of frozen elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from engine.bpmn.definition import Element, Flow, Listener
from engine.bpmn.expressions import Expression
from engine.bpmn.reading.document import line_of, local_name
from engine.bpmn.reading.events import read_event, read_message_reference
from engine.bpmn.reading.extensions import (
    read_ad_hoc,
    read_called_decision,
    read_called_process,
    read_extensions,
    read_script,
    read_user_task,
)
from engine.bpmn.reading.loops import read_loop
from engine.bpmn.reading.source import Source, child, children, name_of, properties_of, text_of
from engine.model import Label

SUB_PROCESSES = ("subProcess", "transaction", "adHocSubProcess")
TASKS = ("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask")
ACTIVITIES = (*TASKS, "callActivity", *SUB_PROCESSES)
EVENTS = ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway")
NODES = frozenset((*ACTIVITIES, *EVENTS, *GATEWAYS))
#: What a diagram may draw without any meaning for its execution.
_IGNORED = frozenset(
    (
        *("documentation", "extensionElements", "laneSet", "sequenceFlow", "association", "textAnnotation", "group"),
        *("dataObject", "dataObjectReference", "dataStoreReference", "property", "ioSpecification", "ioBinding"),
        *("artifact", "auditing", "monitoring", "category", "incoming", "outgoing", "resourceRole", "performer"),
        *("multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "completionCondition"),
        *("dataInputAssociation", "dataOutputAssociation", "correlationSubscription", "supportedInterfaceRef"),
        *("potentialOwner", "humanPerformer", "supports"),
    )
)


@dataclass(frozen=True)
class ProcessSource:
    """A process as read, before it was found valid."""

    node: etree._Element
    process_id: str
    name: Label
    properties: dict[str, str]
    version_tag: str | None
    elements: dict[str, Element]
    flows: dict[str, Flow]
    execution_listeners: tuple[Listener, ...]


@dataclass(frozen=True)
class _Scope:
    """A container of nodes while it is read."""

    node: etree._Element
    id: str | None


def read_process(node: etree._Element, source: Source) -> ProcessSource:
    """Return the process with all its nodes and flows; what is wrong goes into the findings."""
    flows = {flow.id: flow for scope in _scopes(node) for flow in _flows(scope, source)}
    lanes = _lanes(node)
    handlers = _associations(node)
    boundary = _boundary_events(node)
    leaving: dict[str, list[Flow]] = {}
    entering: dict[str, list[Flow]] = {}
    for flow in flows.values():
        leaving.setdefault(flow.source, []).append(flow)
        entering.setdefault(flow.target, []).append(flow)
    elements: dict[str, Element] = {}
    for scope in _scopes(node):
        for item in _nodes(scope, source):
            item_id = item.get("id") or ""
            elements[item_id] = _element(
                item,
                source,
                scope=scope.id,
                lanes=tuple(lanes.get(item_id, ())),
                incoming=tuple(entering.get(item_id, ())),
                outgoing=tuple(leaving.get(item_id, ())),
                boundary_events=tuple(boundary.get(item_id, ())),
                compensation_handler=handlers.get(item_id) if local_name(item) == "boundaryEvent" else None,
            )
    version = child(node, "extensionElements")
    tag = next(iter(version.iterchildren("{*}versionTag")), None) if version is not None else None
    return ProcessSource(
        node=node,
        process_id=node.get("id") or "",
        name=name_of(node),
        properties=properties_of(node),
        version_tag=tag.get("value") if tag is not None else None,
        elements=elements,
        flows=flows,
        execution_listeners=read_extensions(node, source)["execution_listeners"],
    )


def _scopes(process: etree._Element) -> Iterator[_Scope]:
    """Yield the process and every sub-process in it, outer ones first."""
    waiting = [_Scope(process, None)]
    while waiting:
        scope = waiting.pop(0)
        yield scope
        for item in scope.node.iterchildren():
            if local_name(item) in SUB_PROCESSES:
                waiting.append(_Scope(item, item.get("id") or ""))


def _nodes(scope: _Scope, source: Source) -> Iterator[etree._Element]:
    for item in scope.node.iterchildren():
        name = local_name(item)
        if name in NODES:
            yield item
        elif name and name not in _IGNORED:
            source.findings.error(
                "unsupported",
                line_of(item),
                item.get("id"),
                Label(f"The element {name} cannot be executed.", f"Elemen {name} tidak dapat dijalankan."),
                Label("Draw it with supported elements.", "Gambar dengan elemen yang didukung."),
            )


def _flows(scope: _Scope, source: Source) -> Iterator[Flow]:
    for item in children(scope.node, "sequenceFlow"):
        yield Flow(
            id=item.get("id") or f"{item.get('sourceRef')}->{item.get('targetRef')}",
            source=item.get("sourceRef") or "",
            target=item.get("targetRef") or "",
            condition=_condition(item, source),
            name=name_of(item) if item.get("name") else Label("", ""),
            line=line_of(item),
        )


def _condition(flow: etree._Element, source: Source) -> Expression | None:
    part = child(flow, "conditionExpression")
    text = text_of(part)
    return source.feel_only(text, part, "condition") if part is not None and text else None


def _lanes(process: etree._Element) -> dict[str, list[str]]:
    """Return the names of the lanes of each node, outer lane first."""
    found: dict[str, list[str]] = {}
    for lane in process.iter("{*}lane"):
        for reference in children(lane, "flowNodeRef"):
            found.setdefault(text_of(reference), []).append(lane.get("name") or lane.get("id") or "")
    return found


def _associations(process: etree._Element) -> dict[str, str]:
    """Return target by source of the associations, which bind compensation handlers."""
    return {
        item.get("sourceRef") or "": item.get("targetRef") or ""
        for item in process.iter("{*}association")
        if local_name(item)
    }


def _boundary_events(process: etree._Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for item in process.iter("{*}boundaryEvent"):
        found.setdefault((item.get("attachedToRef") or "").rpartition(":")[2], []).append(item.get("id") or "")
    return found


def _element(node: etree._Element, source: Source, **known: Any) -> Element:
    kind = local_name(node)
    if kind in EVENTS:
        known["event"] = read_event(node, source)
    known.update(_BY_TYPE[kind](node, source) if kind in _BY_TYPE else {})
    known.update(read_extensions(node, source))
    return Element(
        id=node.get("id") or "",
        type=kind,
        line=line_of(node),
        name=name_of(node),
        documentation=text_of(child(node, "documentation")),
        properties=properties_of(node),
        default_flow=node.get("default"),
        is_interrupting=_is_interrupting(node, kind),
        is_event_subprocess=node.get("triggeredByEvent") == "true",
        is_for_compensation=node.get("isForCompensation") == "true",
        loop=read_loop(node, source) if kind in ACTIVITIES else None,
        **known,
    )


def _is_interrupting(node: etree._Element, kind: str) -> bool:
    attribute = "cancelActivity" if kind == "boundaryEvent" else "isInterrupting"
    return node.get(attribute, "true").strip() not in ("false", "0")


def _inner(node: etree._Element, source: Source) -> dict[str, Any]:
    inner = tuple(item.get("id") or "" for item in node.iterchildren() if local_name(item) in NODES)
    return {"inner": inner, "ad_hoc": read_ad_hoc(node, source) if local_name(node) == "adHocSubProcess" else None}


def _boundary(node: etree._Element, source: Source) -> dict[str, Any]:
    return {"attached_to": (node.get("attachedToRef") or "").rpartition(":")[2]}


def _send(node: etree._Element, source: Source) -> dict[str, Any]:
    return {"event": read_message_reference(node, source) if node.get("messageRef") else None}


def _receive(node: etree._Element, source: Source) -> dict[str, Any]:
    return {"event": read_message_reference(node, source)}


_BY_TYPE: dict[str, Callable[[etree._Element, Source], dict[str, Any]]] = {
    "userTask": lambda node, source: {"user_task": read_user_task(node, source)},
    "startEvent": lambda node, source: {"user_task": read_user_task(node, source)},
    "callActivity": lambda node, source: {"called_process": read_called_process(node, source)},
    "businessRuleTask": lambda node, source: {"called_decision": read_called_decision(node, source)},
    "scriptTask": lambda node, source: {"script": read_script(node, source)},
    "sendTask": _send,
    "receiveTask": _receive,
    "boundaryEvent": _boundary,
    "subProcess": _inner,
    "transaction": _inner,
    "adHocSubProcess": _inner,
}
