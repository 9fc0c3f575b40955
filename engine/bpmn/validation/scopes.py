"""Processes and sub-processes: where they start, and that everything in them can be reached."""

from __future__ import annotations

from engine.bpmn.definition import Element
from engine.bpmn.elements.registry import start_kinds
from engine.bpmn.graph import reachable
from engine.bpmn.reading.document import line_of
from engine.bpmn.reading.processes import SUB_PROCESSES
from engine.bpmn.validation.check import Check
from engine.model import Label


def check_scopes(check: Check) -> None:
    """Report missing, doubled or wrong starts, and what no token can reach."""
    _check_process(check)
    for element in check.of_type(*SUB_PROCESSES):
        if element.type == "adHocSubProcess":
            _check_ad_hoc(check, element)
        elif element.is_event_subprocess:
            _check_event_subprocess(check, element)
        else:
            _check_subprocess(check, element)
    _check_reachable(check)


def _starts(check: Check, scope: str | None) -> list[Element]:
    return [element for element in check.inside(scope) if element.type == "startEvent"]


def _check_process(check: Check) -> None:
    starts = _starts(check, None)
    if not starts:
        check.findings.error(
            "no-start",
            line_of(check.process.node),
            check.process.process_id or None,
            Label("The process has no start event.", "Proses tidak mempunyai peristiwa mulai."),
            Label("Draw a start event.", "Gambar peristiwa mulai."),
        )
    nones = [start for start in starts if start.event is None]
    for start in nones[1:]:
        check.refuse(
            "starts",
            start,
            ("The process has a second none start event.", "Proses mempunyai peristiwa mulai biasa kedua."),
            ("Keep one, or give the other an event.", "Sisakan satu, atau beri peristiwa pada yang lain."),
        )
    _check_kinds(check, starts, is_event_subprocess=False)


def _check_subprocess(check: Check, element: Element) -> None:
    starts = _starts(check, element.id)
    if len(starts) != 1 or starts[0].event is not None:
        check.refuse(
            "starts",
            element,
            (
                "A sub-process begins with exactly one none start event.",
                "Subproses dimulai dengan tepat satu peristiwa mulai biasa.",
            ),
            ("Draw one start event without a symbol.", "Gambar satu peristiwa mulai tanpa simbol."),
        )


def _check_event_subprocess(check: Check, element: Element) -> None:
    starts = _starts(check, element.id)
    if element.type != "subProcess" or element.loop is not None:
        check.refuse(
            "event-subprocess",
            element,
            ("An event sub-process cannot be a transaction or a loop.", "Subproses peristiwa tidak boleh berulang."),
            ("Put the loop inside.", "Letakkan pengulangan di dalamnya."),
        )
    if len(starts) != 1 or starts[0].event is None:
        check.refuse(
            "starts",
            element,
            (
                "An event sub-process begins with exactly one start event that has an event.",
                "Subproses peristiwa dimulai dengan tepat satu peristiwa mulai yang mempunyai pemicu.",
            ),
            (
                "Give its start event a message, timer, error ...",
                "Beri pesan, pewaktu, galat ... pada peristiwa mulainya.",
            ),
        )
    _check_kinds(check, starts, is_event_subprocess=True)
    for start in starts:
        if start.event_kind in ("error", "compensate") and not start.is_interrupting:
            check.refuse(
                "interrupting",
                start,
                (f"A start event of kind {start.event_kind} always interrupts.", "Peristiwa ini selalu menyela."),
                ("Make it interrupting.", "Jadikan menyela."),
            )


def _check_kinds(check: Check, starts: list[Element], is_event_subprocess: bool) -> None:
    for start in starts:
        if start.event_kind not in start_kinds(is_event_subprocess) | {"none"}:
            check.refuse(
                "start-kind",
                start,
                (f"Nothing can start here by {start.event_kind}.", f"Tidak dapat dimulai oleh {start.event_kind}."),
                ("Use another kind of start event.", "Gunakan jenis peristiwa mulai lain."),
            )


def _check_ad_hoc(check: Check, element: Element) -> None:
    inner = check.inside(element.id)
    if not inner or any(item.type in ("startEvent", "endEvent") for item in inner):
        check.refuse(
            "ad-hoc",
            element,
            (
                "An ad-hoc sub-process holds activities, and no start or end events.",
                "Subproses ad-hoc berisi aktivitas, tanpa peristiwa mulai atau akhir.",
            ),
            ("Draw its activities alone.", "Gambar aktivitasnya saja."),
        )
    if element.job is not None:
        check.refuse(
            "unsupported",
            element,
            (
                "An ad-hoc sub-process that a job worker leads cannot be executed.",
                "Subproses ad-hoc yang dipimpin pekerja tidak dapat dijalankan.",
            ),
            (
                "Use zeebe:adHoc activeElementsCollection and a completion condition.",
                "Gunakan zeebe:adHoc activeElementsCollection dan syarat selesai.",
            ),
        )


def _check_reachable(check: Check) -> None:
    handlers: set[str | None] = {
        element.compensation_handler for element in check.elements if element.compensation_handler
    }
    starts = [element.id for element in check.elements if _is_beginning(check, element, handlers)]
    reached = reachable(starts, check.process.elements)
    for element in check.elements:
        if element.id not in reached:
            check.refuse(
                "unreachable",
                element,
                ("No token can ever reach this element.", "Elemen ini tidak dapat dicapai."),
                ("Lead a sequence flow to it, or delete it.", "Hubungkan dengan alur, atau hapus."),
            )


def _is_beginning(check: Check, element: Element, handlers: set[str | None]) -> bool:
    if element.type == "startEvent" or element.is_event_subprocess or element.id in handlers:
        return True
    scope = check.scope_of(element)
    is_free = not element.incoming and not element.attached_to
    return scope is not None and scope.type == "adHocSubProcess" and is_free
