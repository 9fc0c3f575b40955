"""Event definitions: what an event waits for or throws."""

from __future__ import annotations

from lxml import etree

from engine.bpmn.definition import EventDefinition, TimerDefinition
from engine.bpmn.expressions import Expression
from engine.bpmn.reading.document import line_of, local_name
from engine.bpmn.reading.source import Source, child, extension, owner_id, text_of
from engine.bpmn.reading.terms import term
from engine.bpmn.timing import is_schedule
from engine.model import Label

_SUFFIX = "EventDefinition"
_TIMER_TAGS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}


def read_event(node: etree._Element, source: Source) -> EventDefinition | None:
    """Return the event definition of an event, None for a none event."""
    found = [item for item in node.iterchildren() if local_name(item).endswith(_SUFFIX)]
    if len(found) > 1 or child(node, "eventDefinitionRef") is not None:
        _unsupported(node, source)
        return None
    if not found:
        return None
    kind = local_name(found[0])[: -len(_SUFFIX)]
    reader = _READERS.get(kind)
    return reader(found[0], source) if reader else EventDefinition(kind)


def read_message_reference(node: etree._Element, source: Source) -> EventDefinition | None:
    """Return the message event of a send or receive task, or of a message event definition."""
    reference = _local(node.get("messageRef"))
    message = source.messages.get(reference)
    if message is None:
        _unknown("message", reference, node, source)
        return None
    return EventDefinition("message", message=message)


def _message(node: etree._Element, source: Source) -> EventDefinition:
    return read_message_reference(node, source) or EventDefinition("message")


def _signal(node: etree._Element, source: Source) -> EventDefinition:
    reference = _local(node.get("signalRef"))
    if reference not in source.signals:
        _unknown("signal", reference, node, source)
    return EventDefinition("signal", signal_name=source.signals.get(reference))


def _coded(kind: str, attribute: str, node: etree._Element, source: Source) -> EventDefinition:
    reference = _local(node.get(attribute))
    known = source.errors if kind == "error" else source.escalations
    if reference and reference not in known:
        _unknown(kind, reference, node, source)
    return EventDefinition(kind, code=known.get(reference))


def _error(node: etree._Element, source: Source) -> EventDefinition:
    return _coded("error", "errorRef", node, source)


def _escalation(node: etree._Element, source: Source) -> EventDefinition:
    return _coded("escalation", "escalationRef", node, source)


def _timer(node: etree._Element, source: Source) -> EventDefinition:
    for tag, kind in _TIMER_TAGS.items():
        part = child(node, tag)
        if part is not None and text_of(part):
            value = source.expression(text_of(part), part, f"timer {kind}")
            if value is not None:
                _check_constant(kind, value, part, source)
                return EventDefinition("timer", timer=TimerDefinition(kind, value))
            return EventDefinition("timer")
    source.findings.error(
        "timer",
        line_of(node),
        owner_id(node),
        Label("The timer has no time.", "Pewaktu tidak mempunyai waktu."),
        Label("Set a date, a duration or a cycle.", "Isi tanggal, durasi, atau siklus."),
    )
    return EventDefinition("timer")


def _check_constant(kind: str, value: Expression, node: etree._Element, source: Source) -> None:
    if value.constant is not None and not is_schedule(kind, value.constant):
        source.findings.error(
            "timer",
            line_of(node),
            owner_id(node),
            Label(
                f"{value.constant!r} is no {term(f'timer {kind}').en}.",
                f"{value.constant!r} bukan {term(f'timer {kind}').id}.",
            ),
            Label("Write ISO 8601, as PT4H, R3/PT1H or 2030-01-02T00:00:00Z.", "Tulis menurut ISO 8601, contoh PT4H."),
        )


def _conditional(node: etree._Element, source: Source) -> EventDefinition:
    part = child(node, "condition")
    text = text_of(part)
    condition = source.feel_only(text, part, "condition") if part is not None and text else None
    if not text:
        source.findings.error(
            "condition",
            line_of(node),
            owner_id(node),
            Label("The conditional event has no condition.", "Peristiwa bersyarat tidak mempunyai syarat."),
            Label("Write a FEEL condition.", "Tulis syarat FEEL."),
        )
    limits = extension(node, "conditionalFilter")
    events = _words(limits, "variableEvents") or ("create", "update")
    return EventDefinition(
        "conditional", condition=condition, variable_names=_words(limits, "variableNames"), variable_events=events
    )


def _words(node: etree._Element | None, attribute: str) -> tuple[str, ...]:
    """Return the parts of a comma-separated attribute."""
    text = (node.get(attribute) or "") if node is not None else ""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _link(node: etree._Element, source: Source) -> EventDefinition:
    name = (node.get("name") or "").strip()
    if not name:
        source.findings.error(
            "link",
            line_of(node),
            owner_id(node),
            Label("The link event has no link name.", "Peristiwa tautan tidak mempunyai nama tautan."),
            Label(
                "Give the throw and the catch event the same link name.", "Beri nama tautan yang sama pada keduanya."
            ),
        )
    return EventDefinition("link", link_name=name)


def _compensate(node: etree._Element, source: Source) -> EventDefinition:
    return EventDefinition("compensate", activity_id=_local(node.get("activityRef")) or None)


_READERS = {
    "message": _message,
    "signal": _signal,
    "error": _error,
    "escalation": _escalation,
    "timer": _timer,
    "conditional": _conditional,
    "link": _link,
    "compensate": _compensate,
}


def _local(reference: str | None) -> str:
    """Return an XML QName reference without its prefix: some tools write `tns:Message_1`."""
    return (reference or "").strip().rpartition(":")[2]


def _unknown(what: str, reference: str, node: etree._Element, source: Source) -> None:
    shown = Label(repr(reference), repr(reference)) if reference else Label("none", "kosong")
    apa = term(what).id
    source.findings.error(
        "unknown-reference",
        line_of(node),
        owner_id(node),
        Label(
            f"Expected a {what} of this file, but {shown.en} is referred to.",
            f"Acuan {apa} {shown.id} tidak ada di berkas ini.",
        ),
        Label(f"Choose or add the {what}, and give it a name.", f"Pilih atau tambahkan {apa} dan beri nama."),
    )


def _unsupported(node: etree._Element, source: Source) -> None:
    source.findings.error(
        "unsupported",
        line_of(node),
        owner_id(node),
        Label("The event has several event definitions.", "Peristiwa mempunyai beberapa definisi."),
        Label("Draw one event for each, behind an event-based gateway.", "Gambar satu peristiwa untuk masing-masing."),
    )
