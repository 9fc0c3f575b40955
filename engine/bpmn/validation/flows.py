"""Sequence flows: they join two elements of one scope, and carry conditions only where those are asked."""

from __future__ import annotations

from engine.bpmn.definition import Element, Flow
from engine.bpmn.reading.processes import ACTIVITIES
from engine.bpmn.validation.check import Check
from engine.model import Label

_WITH_DEFAULT = frozenset((*ACTIVITIES, "exclusiveGateway", "inclusiveGateway"))


def check_flows(check: Check) -> None:
    """Report flows that lead nowhere, cross a border or have a condition that nobody asks."""
    for flow in check.process.flows.values():
        source, target = check.find(flow.source), check.find(flow.target)
        if source is None or target is None:
            _dangling(check, flow)
        elif source.scope != target.scope:
            _crossing(check, flow)
        else:
            _check_ends(check, flow, source, target)
            _check_condition(check, flow, source)
    for element in check.elements:
        _check_default(check, element)


def _dangling(check: Check, flow: Flow) -> None:
    check.findings.error(
        "dangling-flow",
        flow.line,
        flow.id,
        Label(
            f"The sequence flow leads from {flow.source or 'nothing'} to {flow.target or 'nothing'}, "
            "and one of them is no element of this process.",
            f"Alur dari {flow.source or 'kosong'} ke {flow.target or 'kosong'} tidak menghubungkan dua elemen proses.",
        ),
        Label("Join both ends to elements, or delete the flow.", "Hubungkan kedua ujungnya, atau hapus alur."),
    )


def _crossing(check: Check, flow: Flow) -> None:
    check.findings.error(
        "crossing-flow",
        flow.line,
        flow.id,
        Label("The sequence flow crosses the border of a sub-process.", "Alur melintasi batas subproses."),
        Label(
            "End inside the sub-process and go on from its edge.", "Akhiri di dalam subproses, lanjutkan dari tepinya."
        ),
    )


def _check_ends(check: Check, flow: Flow, source: Element, target: Element) -> None:
    for element, is_wrong, side in (
        (source, _has_no_way_out(source), "from"),
        (target, _has_no_way_in(target), "to"),
    ):
        if is_wrong:
            check.findings.error(
                "wrong-flow",
                flow.line,
                flow.id,
                Label(
                    f"No sequence flow may lead {side} {element.id} ({_what(element)}).",
                    f"Tidak boleh ada alur {'dari' if side == 'from' else 'ke'} {element.id} ({_what(element)}).",
                ),
                Label("Delete the flow.", "Hapus alur."),
            )


def _has_no_way_out(element: Element) -> bool:
    is_link_throw = element.type == "intermediateThrowEvent" and element.event_kind == "link"
    is_compensation = element.type == "boundaryEvent" and element.event_kind == "compensate"
    return element.type == "endEvent" or is_link_throw or is_compensation or _stands_apart(element)


def _has_no_way_in(element: Element) -> bool:
    is_link_catch = element.type == "intermediateCatchEvent" and element.event_kind == "link"
    return element.type in ("startEvent", "boundaryEvent") or is_link_catch or _stands_apart(element)


def _stands_apart(element: Element) -> bool:
    return element.is_event_subprocess or element.is_for_compensation


def _what(element: Element) -> str:
    if element.is_event_subprocess:
        return "event sub-process"
    return "compensation activity" if element.is_for_compensation else element.type


def _check_condition(check: Check, flow: Flow, source: Element) -> None:
    if flow.condition is None:
        return
    if source.type not in _WITH_DEFAULT:
        check.findings.error(
            "condition",
            flow.line,
            flow.id,
            Label(
                f"Nothing asks a condition behind a {source.type}.",
                f"Syarat di belakang {source.type} tidak diperiksa.",
            ),
            Label("Remove the condition, or put an exclusive gateway.", "Hapus syarat, atau pasang gerbang eksklusif."),
        )
    elif flow.id == source.default_flow:
        check.findings.warning(
            "condition",
            flow.line,
            flow.id,
            Label("The default flow has a condition, which is not asked.", "Syarat pada alur bawaan tidak diperiksa."),
            Label("Remove the condition.", "Hapus syarat."),
        )


def _check_default(check: Check, element: Element) -> None:
    if element.default_flow is None:
        return
    if element.type not in _WITH_DEFAULT or all(flow.id != element.default_flow for flow in element.outgoing):
        check.refuse(
            "default-flow",
            element,
            (
                f"The default flow {element.default_flow} does not leave this element.",
                f"Alur bawaan {element.default_flow} tidak keluar dari elemen ini.",
            ),
            ("Choose one of its outgoing flows as default.", "Pilih salah satu alur keluarnya."),
        )
