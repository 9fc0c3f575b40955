"""The story of a record for its readers: who did what when, out of the audit history."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from engine.bpmn import ElementInfo
from engine.history import readable_details
from engine.model import HistoryEntry, Label
from engine.queries.element_names import ElementNames
from engine.queries.record_values import ShownValue

#: What happens without a person and still tells a reader something, where the diagram gives it a name.
_TELLING = frozenset(
    {
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
#: What the record's own stream tells beside the process; its other entries are book-keeping.
_RECORD: Mapping[str, Label] = {
    "comment_added": Label("Comment", "Komentar"),
    "file_added": Label("File attached", "Berkas dilampirkan"),
    "file_refused": Label("File refused", "Berkas ditolak"),
    "record_edited": Label("Answers edited", "Jawaban diubah"),
    "record_rated": Label("Rated", "Dinilai"),
    "record_redacted": Label("Personal data removed", "Data pribadi dihapus"),
}


class Kind(Enum):
    """What an entry of the story is about."""

    PERSON = "person"  #: somebody did something
    AUTOMATIC = "automatic"  #: the process did something by itself
    CANCELED = "canceled"  #: a task was taken away before it was done


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the story."""

    kind: Kind
    title: Label
    at: datetime
    by: str | None  #: login name; None when nobody acted
    action: str
    reason: str = ""
    answers: tuple[ShownValue, ...] = ()  #: what of a form the diagram wants told: how somebody voted, and why
    on_behalf_of: str | None = None  #: login name of whom a deputy stood in for


class Story:
    """Turns history entries into what a reader wants to know. `roots` are the instances that nobody called."""

    def __init__(self, names: ElementNames, roots: Collection[int]) -> None:
        self._names = names
        self._root_streams = {f"i:{key}" for key in roots}

    def tell(self, entries: Iterable[HistoryEntry]) -> list[Event]:
        """Return the entries that tell something, in their order."""
        return [event for entry in entries if (event := self._event(entry)) is not None]

    def _event(self, entry: HistoryEntry) -> Event | None:
        if entry.stream.startswith("r:"):
            return _of_record(entry)
        if entry.element_id is None or entry.process_definition_key is None:
            return None
        element = self._names.elements(entry.process_definition_key).get(entry.element_id)
        if entry.action == "element_completed":
            return self._element(entry, element)
        if not entry.action.startswith("user_task_"):
            return None
        kind = Kind.CANCELED if entry.action == "user_task_canceled" else Kind.PERSON
        title = self._names.of(entry.process_definition_key, entry.element_id)
        details = readable_details(entry.details)
        told = tuple(_answers(details.get("answers")))
        reason = str(details.get("reason") or "")
        return Event(kind, title, entry.at, _who(entry), entry.action, reason, told, entry.on_behalf_of)

    def _element(self, entry: HistoryEntry, element: ElementInfo | None) -> Event | None:
        if element is None or not (element.name.en or element.name.id):
            return None
        if element.type == "startEvent" and element.scope is None and entry.stream in self._root_streams:
            # The start of the whole is what its starter did; starts inside it are nobody's deed.
            return Event(Kind.PERSON, element.name, entry.at, _who(entry), entry.action)
        if element.type in _TELLING:
            return Event(Kind.AUTOMATIC, element.name, entry.at, None, entry.action)
        return None


def _of_record(entry: HistoryEntry) -> Event | None:
    details = readable_details(entry.details)
    title = _RECORD.get(entry.action)
    if entry.action == "message_sent":
        title = Label(str(details.get("en") or ""), str(details.get("id") or ""))
    words = str(details.get("words") or details.get("reason") or "")
    told = tuple(_answers(details.get("answers")))
    return Event(Kind.PERSON, title, entry.at, _who(entry), entry.action, words, told) if title else None


def _answers(kept: Any) -> Iterator[ShownValue]:
    """Yield the answers that an entry keeps, as `engine.forms.Answer` has them."""
    for answer in kept if isinstance(kept, list) else ():
        words = tuple(Label(**word) for word in answer.get("words") or ())
        yield ShownValue(Label(**answer["label"]), answer.get("value"), words)


def milestones(events: Iterable[Event]) -> list[Event]:
    """Return only what people did; the short story beside a task."""
    return [event for event in events if event.kind is Kind.PERSON]


def people_in(events: Iterable[Event]) -> set[str]:
    """Return the login names that the story mentions."""
    return {name for event in events for name in (event.by, event.on_behalf_of) if name}


def _who(entry: HistoryEntry) -> str | None:
    return None if entry.actor == "system" else entry.actor
