"""Ways through a diagram: what reaches what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.bpmn.definition import Element


def upstream_of(join: Element, elements: Mapping[str, Element]) -> dict[str, frozenset[str]]:
    """Return for each incoming flow of `join` the elements from which a token can reach it without passing `join`."""
    before = predecessors(elements)
    return {flow.id: _closure(flow.source, before, join.id) for flow in join.incoming}


def predecessors(elements: Mapping[str, Element]) -> dict[str, set[str]]:
    """Return for each element those whose tokens can come to it next: by flow, boundary event or link."""
    before: dict[str, set[str]] = {element_id: set() for element_id in elements}
    for source, target in steps(elements):
        if target in before:
            before[target].add(source)
    return before


def steps(elements: Mapping[str, Element]) -> Iterable[tuple[str, str]]:
    """Yield every step a token can make inside its scope."""
    catches = {
        (element.scope, element.event.link_name): element.id
        for element in elements.values()
        if element.type == "intermediateCatchEvent" and element.event and element.event.kind == "link"
    }
    for element in elements.values():
        for flow in element.outgoing:
            yield element.id, flow.target
        for event_id in element.boundary_events:
            yield element.id, event_id
        if element.type == "intermediateThrowEvent" and element.event and element.event.kind == "link":
            target = catches.get((element.scope, element.event.link_name))
            if target is not None:
                yield element.id, target


def reachable(starts: Iterable[str], elements: Mapping[str, Element]) -> set[str]:
    """Return what tokens that begin at `starts` can come to, the starts included."""
    after: dict[str, list[str]] = {}
    for source, target in steps(elements):
        after.setdefault(source, []).append(target)
    found, waiting = set(starts), list(starts)
    while waiting:
        for target in after.get(waiting.pop(), ()):
            if target not in found:
                found.add(target)
                waiting.append(target)
    return found


def _closure(start: str, before: Mapping[str, set[str]], avoided: str) -> frozenset[str]:
    if start == avoided:
        return frozenset()
    found, waiting = {start}, [start]
    while waiting:
        for source in before.get(waiting.pop(), ()):
            if source not in found and source != avoided:
                found.add(source)
                waiting.append(source)
    return frozenset(found)
