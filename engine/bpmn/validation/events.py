"""Events: on the right host, with what they need to wait or to throw."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.bpmn.definition import Element
from engine.bpmn.elements.registry import boundary_kinds, spec_class
from engine.bpmn.process import link_target
from engine.bpmn.reading.processes import ACTIVITIES, SUB_PROCESSES
from engine.bpmn.validation.check import Check


def check_events(check: Check) -> None:
    """Report events that stand wrong or lack something."""
    for element in check.elements:
        if spec_class(element) is None and element.type != "complexGateway":
            check.refuse(
                "unsupported",
                element,
                (
                    f"A {element.type} of kind {element.event_kind} cannot be executed.",
                    f"{element.type} jenis {element.event_kind} tidak dapat dijalankan.",
                ),
                ("Use another kind of event.", "Gunakan jenis peristiwa lain."),
            )
        if element.type == "boundaryEvent":
            _check_boundary(check, element)
        rule = _RULES.get(element.event_kind)
        if rule is not None:
            rule(check, element)
    for element in check.elements:
        _check_ambiguous(check, [check.find(name) for name in element.boundary_events])
    for scope in (None, *(element.id for element in check.of_type(*SUB_PROCESSES))):
        starts = [item for item in check.inside(scope) if item.type == "startEvent"] if scope is None else []
        _check_ambiguous(check, [*starts, *_event_starts(check, scope)])


def _event_starts(check: Check, scope: str | None) -> list[Element]:
    """Return the start events of the event sub-processes directly in a scope."""
    subprocesses = [element.id for element in check.inside(scope) if element.is_event_subprocess]
    return [item for name in subprocesses for item in check.inside(name) if item.type == "startEvent"]


def _check_boundary(check: Check, element: Element) -> None:
    host = check.find(element.attached_to)
    if host is None or host.type not in ACTIVITIES or host.is_event_subprocess or host.scope != element.scope:
        check.refuse(
            "boundary-host",
            element,
            (
                f"A boundary event needs an activity as host, but is attached to {element.attached_to or 'nothing'}.",
                f"Peristiwa batas harus menempel pada aktivitas, bukan {element.attached_to or 'kosong'}.",
            ),
            ("Attach it to a task or sub-process of the same scope.", "Tempelkan pada tugas atau subproses."),
        )
        return
    if element.event_kind not in boundary_kinds():
        check.refuse(
            "boundary-kind",
            element,
            (f"Nothing of kind {element.event_kind} can be on an edge.", "Jenis peristiwa ini tidak dapat di tepi."),
            ("Use a message, timer, error ...", "Gunakan pesan, pewaktu, galat ..."),
        )
    _check_fit(check, element, host)


def _check_fit(check: Check, element: Element, host: Element) -> None:
    kind = element.event_kind
    if kind == "cancel" and host.type != "transaction":
        _wrong_host(check, element, "transaction", "transaksi")
    if kind == "escalation" and host.type not in (*SUB_PROCESSES, "callActivity"):
        _wrong_host(check, element, "sub-process or call activity", "subproses atau aktivitas panggil")
    if kind in ("error", "cancel") and not element.is_interrupting:
        check.refuse(
            "interrupting",
            element,
            (f"A boundary event of kind {kind} always interrupts.", "Peristiwa batas ini selalu menyela."),
            ("Make it interrupting.", "Jadikan menyela."),
        )


def _wrong_host(check: Check, element: Element, what: str, apa: str) -> None:
    check.refuse(
        "boundary-host",
        element,
        (f"A boundary event of this kind needs a {what} as host.", f"Peristiwa batas ini harus menempel pada {apa}."),
        ("Move it.", "Pindahkan."),
    )


def _check_message(check: Check, element: Element) -> None:
    message = element.event.message if element.event else None
    if message is None or not _waits(element):
        return
    starts_instance = element.type == "startEvent" and element.scope is None
    if message.correlation_key is None and not starts_instance:
        check.refuse(
            "correlation-key",
            element,
            (
                f"The message {message.name.text!r} has no correlation key, so no instance can be found for it.",
                f"Pesan {message.name.text!r} tidak mempunyai kunci korelasi.",
            ),
            ("Fill in zeebe:subscription correlationKey of the message.", "Isi zeebe:subscription correlationKey."),
        )
    if starts_instance and message.name.is_feel and message.name.names:
        check.refuse(
            "message-name",
            element,
            (
                "The name of a message that starts a process cannot depend on variables.",
                "Nama pesan yang memulai proses tidak boleh bergantung pada variabel.",
            ),
            ("Write the name as constant.", "Tulis nama sebagai konstanta."),
        )


def _waits(element: Element) -> bool:
    return element.type in ("startEvent", "boundaryEvent", "intermediateCatchEvent", "receiveTask")


def _check_timer(check: Check, element: Element) -> None:
    timer = element.event.timer if element.event else None
    if timer is None:
        return
    if timer.kind == "cycle" and element.type == "intermediateCatchEvent":
        check.refuse(
            "timer",
            element,
            ("An intermediate timer cannot repeat.", "Pewaktu antara tidak dapat berulang."),
            ("Use a duration or a date.", "Gunakan durasi atau tanggal."),
        )


def _check_code(check: Check, element: Element) -> None:
    code = element.event.code if element.event else None
    catches = element.type in ("boundaryEvent", "startEvent")
    if catches and code is not None and code.is_feel:
        check.refuse(
            "code",
            element,
            ("A catching event needs its code as constant.", "Peristiwa penangkap memerlukan kode konstanta."),
            ("Write the code as plain text, or leave it out to catch all.", "Tulis kode sebagai teks biasa."),
        )
    if not catches and code is None:
        check.refuse(
            "code",
            element,
            (f"The {element.event_kind} that is thrown has no code.", "Yang dilempar tidak mempunyai kode."),
            ("Choose an error or escalation that has a code.", "Pilih galat atau eskalasi yang mempunyai kode."),
        )


def _check_link(check: Check, element: Element) -> None:
    if element.type == "intermediateThrowEvent" and not link_target(element, check.process.elements):
        check.refuse(
            "link",
            element,
            ("No link catch event of this name is in the same scope.", "Tidak ada tangkapan tautan bernama sama."),
            ("Draw it, or correct the link name.", "Gambar, atau perbaiki nama tautan."),
        )
    if element.type == "intermediateCatchEvent" and link_target(element, check.process.elements) != element.id:
        check.refuse(
            "link",
            element,
            ("Another link catch event has the same name.", "Ada tangkapan tautan lain bernama sama."),
            ("Give each target its own name.", "Beri nama berbeda."),
        )


def _check_compensation(check: Check, element: Element) -> None:
    if element.type == "boundaryEvent":
        handler = check.find(element.compensation_handler)
        if handler is None or not handler.is_for_compensation or handler.scope != element.scope:
            check.refuse(
                "compensation",
                element,
                (
                    "The compensation event is not associated with an activity for compensation.",
                    "Peristiwa kompensasi tidak terhubung ke aktivitas kompensasi.",
                ),
                (
                    "Draw an association to an activity marked as compensation handler.",
                    "Gambar asosiasi ke aktivitas bertanda kompensasi.",
                ),
            )
        return
    activity_id = element.event.activity_id if element.event else None
    if activity_id is not None and not _is_visible(check, element, activity_id):
        check.refuse(
            "compensation",
            element,
            (
                f"There is no activity {activity_id!r} in this scope to compensate.",
                f"Tidak ada aktivitas {activity_id!r} di lingkup ini untuk dikompensasi.",
            ),
            ("Choose an activity of the same scope.", "Pilih aktivitas di lingkup yang sama."),
        )


def _is_visible(check: Check, element: Element, activity_id: str) -> bool:
    activity, scope = check.find(activity_id), element.scope
    while activity is not None and activity.type in ACTIVITIES:
        if activity.scope == scope:
            return True
        around = check.find(scope)
        if around is None or not around.is_event_subprocess:
            return False
        scope = around.scope
    return False


def _check_cancel(check: Check, element: Element) -> None:
    scope = check.scope_of(element)
    if element.type != "endEvent":
        return
    events = [check.find(name) for name in scope.boundary_events] if scope is not None else []
    if scope is None or scope.type != "transaction" or all(e is None or e.event_kind != "cancel" for e in events):
        check.refuse(
            "cancel",
            element,
            (
                "A cancel end event stands directly in a transaction with a cancel boundary event.",
                "Akhir pembatalan harus langsung di dalam transaksi yang mempunyai peristiwa batas pembatalan.",
            ),
            ("Use a transaction and attach a cancel event.", "Gunakan transaksi dan tempelkan peristiwa pembatalan."),
        )


def _check_ambiguous(check: Check, elements: Sequence[Element | None]) -> None:
    """Report several events on one activity, or starts in one scope, that would catch the same."""
    seen: set[tuple[str, str]] = set()
    for element in elements:
        what = _caught(element) if element is not None else None
        if element is not None and what is not None:
            if what in seen:
                _ambiguous(check, element)
            seen.add(what)


def _caught(element: Element) -> tuple[str, str] | None:
    event = element.event
    if event is None:
        return None
    if event.kind in ("error", "escalation"):
        return event.kind, event.code.text if event.code else ""
    if event.kind == "message" and event.message is not None:
        return event.kind, event.message.name.text
    return ("compensate", "") if event.kind == "compensate" else None


def _ambiguous(check: Check, element: Element) -> None:
    check.refuse(
        "ambiguous",
        element,
        (
            "Another event of the same activity or scope catches the same.",
            "Peristiwa lain pada aktivitas atau lingkup yang sama menangkap hal yang sama.",
        ),
        ("Keep one of them.", "Sisakan satu."),
    )


_RULES: dict[str, Callable[[Check, Element], None]] = {
    "message": _check_message,
    "timer": _check_timer,
    "error": _check_code,
    "escalation": _check_code,
    "link": _check_link,
    "compensate": _check_compensation,
    "cancel": _check_cancel,
}
