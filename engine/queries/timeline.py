"""The story of a record for its readers: who did what when, out of the audit history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from engine.model import HistoryEntry, Label
from engine.queries.element_names import ElementNames

#: What happens without a person and still tells a reader something, where the diagram gives it a name.
_TELLING = frozenset(
    {
        "startEvent",
        "endEvent",
        "boundaryEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "receiveTask",
        "sendTask",
        "serviceTask",
        "businessRuleTask",
    }
)


class Kind(Enum):
    """What an entry of the story is about."""

    PERSON = "person"  #: somebody completed a user task
    AUTOMATIC = "automatic"  #: the process did something by itself
    CANCELED = "canceled"  #: a task was taken away before it was done
    RECORD = "record"  #: the record itself changed


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the story."""

    kind: Kind
    title: Label
    at: datetime
    by: str | None  #: login name; None when nobody acted
    action: str
    reason: str = ""


def story(entries: Iterable[HistoryEntry], names: ElementNames) -> list[Event]:
    """Return what a reader wants to know of the entries, in their order."""
    return [event for entry in entries if (event := _event(entry, names)) is not None]


def milestones(events: Iterable[Event]) -> list[Event]:
    """Return only what people did; the short story beside a task."""
    return [event for event in events if event.kind is Kind.PERSON]


def people_in(events: Iterable[Event]) -> set[str]:
    """Return the login names that the story mentions."""
    return {event.by for event in events if event.by}


def _event(entry: HistoryEntry, names: ElementNames) -> Event | None:
    if entry.stream.startswith("r:"):
        return Event(
            Kind.RECORD,
            _RECORD.get(entry.action, Label(entry.action, entry.action)),
            entry.at,
            _who(entry),
            entry.action,
        )
    if entry.action == "element_completed":
        return _element(entry, names)
    if entry.element_id is None or entry.process_definition_key is None:
        return None
    kind = Kind.CANCELED if entry.action == "user_task_canceled" else Kind.PERSON
    if not entry.action.startswith("user_task_"):
        return None
    title = names.of(entry.process_definition_key, entry.element_id)
    return Event(kind, title, entry.at, _who(entry), entry.action, str(entry.details.get("reason") or ""))


def _element(entry: HistoryEntry, names: ElementNames) -> Event | None:
    element = names.elements(entry.process_definition_key or 0).get(entry.element_id or "")
    if element is None or element.type not in _TELLING or not (element.name.en or element.name.id):
        return None
    # A start event is what its starter did; everything else of this kind happened by itself.
    is_start = element.type == "startEvent" and entry.actor != "system"
    kind = Kind.PERSON if is_start else Kind.AUTOMATIC
    return Event(kind, element.name, entry.at, entry.actor if is_start else None, entry.action)


def _who(entry: HistoryEntry) -> str | None:
    return None if entry.actor == "system" else entry.actor


#: What the record's own stream says, in words.
_RECORD: Mapping[str, Label] = {
    "record_opened": Label("Record opened", "Rekaman dibuka"),
    "record_created": Label("Record created", "Rekaman dibuat"),
    "record_updated": Label("Record updated", "Rekaman diperbarui"),
    "record_closed": Label("Record closed", "Rekaman ditutup"),
    "record_linked": Label("Link added", "Tautan ditambahkan"),
    "comment_added": Label("Comment added", "Komentar ditambahkan"),
    "attachment_added": Label("File attached", "Berkas dilampirkan"),
}
