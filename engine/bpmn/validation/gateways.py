"""Gateways: conditions where a choice is made, events behind an event-based gateway."""

from __future__ import annotations

from engine.bpmn.definition import Element
from engine.bpmn.elements.waiting import KINDS
from engine.bpmn.validation.check import Check


def check_gateways(check: Check) -> None:
    """Report gateways that cannot decide."""
    for element in check.of_type("complexGateway"):
        check.refuse(
            "unsupported",
            element,
            ("A complex gateway cannot be executed.", "Gerbang kompleks tidak dapat dijalankan."),
            ("Use exclusive, inclusive and parallel gateways.", "Gunakan gerbang eksklusif, inklusif, dan paralel."),
        )
    for element in check.of_type("exclusiveGateway", "inclusiveGateway"):
        _check_choice(check, element)
    for element in check.of_type("eventBasedGateway"):
        _check_events(check, element)


def _check_choice(check: Check, element: Element) -> None:
    if len(element.outgoing) < 2:
        return
    unread = {finding.element_id for finding in check.findings.all if finding.rule == "feel"}
    for flow in element.outgoing:
        if flow.condition is None and flow.id != element.default_flow and flow.id not in unread:
            check.refuse(
                "no-condition",
                element,
                (
                    f"The flow {flow.id} to {flow.target} has no condition and is not the default.",
                    f"Alur {flow.id} ke {flow.target} tidak bersyarat dan bukan alur bawaan.",
                ),
                ("Write its condition, or make it the default flow.", "Tulis syaratnya, atau jadikan alur bawaan."),
            )
    if element.default_flow is None:
        check.doubt(
            "no-default",
            element,
            (
                "The gateway has no default flow; when no condition is true, the instance gets stuck there.",
                "Gerbang tidak mempunyai alur bawaan; bila tidak ada syarat terpenuhi, proses macet di sini.",
            ),
            ("Make one flow the default.", "Jadikan salah satu alur sebagai bawaan."),
        )


def _check_events(check: Check, element: Element) -> None:
    if len(element.outgoing) < 2:
        check.refuse(
            "event-gateway",
            element,
            ("An event-based gateway leads to at least two events.", "Gerbang peristiwa menuju minimal dua peristiwa."),
            ("Draw the other event, or remove the gateway.", "Gambar peristiwa lain, atau hapus gerbang."),
        )
    for flow in element.outgoing:
        target = check.find(flow.target)
        if target is not None and (not _can_wait_for(target) or len(target.incoming) != 1):
            check.refuse(
                "event-gateway",
                element,
                (
                    f"An event-based gateway cannot wait for {target.id} ({target.type}) or it has another flow in.",
                    f"{target.id} ({target.type}) tidak dapat ditunggu gerbang peristiwa, atau ada alur masuk lain.",
                ),
                (
                    "Lead to message, timer, signal or conditional catch events.",
                    "Arahkan ke peristiwa tangkap pesan, pewaktu, sinyal, atau bersyarat.",
                ),
            )


def _can_wait_for(target: Element) -> bool:
    if target.type == "receiveTask":
        return not target.boundary_events and target.loop is None
    return target.type == "intermediateCatchEvent" and target.event_kind in KINDS
