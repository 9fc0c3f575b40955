"""Which clocks there are: the document `kind: clocks` of content. The engine knows none of them by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.errors import DefinitionInvalid
from engine.model import Finding, Label


@dataclass(frozen=True, slots=True)
class Threshold:
    """When so many per cent of the time are used, the instance gets this message."""

    share: int
    message: str


@dataclass(frozen=True, slots=True)
class ClockKind:
    """A clock that elements may start: where its time comes from, why it may stand still, whom it tells."""

    key: str
    label: Label
    decision: str  #: its result gives duration and calendar
    duration: str  #: name of the output with an ISO 8601 duration
    calendar: str  #: name of the output with the name of a calendar
    pauses: tuple[str, ...]  #: reasons for which it may be paused; none = it never is
    thresholds: tuple[Threshold, ...]  #: by share


@dataclass(frozen=True, slots=True)
class ClockCatalogue:
    """All clocks and all reasons for a pause."""

    clocks: Mapping[str, ClockKind] = field(default_factory=dict)
    reasons: Mapping[str, Label] = field(default_factory=dict)


def clock_catalogue(documents: Sequence[Mapping[str, Any]]) -> ClockCatalogue:
    """Return what documents that were checked before say together."""
    parts = [parse_clocks(document) for document in documents]
    return ClockCatalogue(
        {key: clock for part in parts for key, clock in part.clocks.items()},
        {key: label for part in parts for key, label in part.reasons.items()},
    )


def parse_clocks(document: Mapping[str, Any], file_name: str = "clocks") -> ClockCatalogue:
    """Return the clocks of a document; raises DefinitionInvalid with all that is wrong.

    Keys: pause_reasons [{key, en, id}], clocks [{key, en, id, decision, duration, calendar (default "calendar"),
    pauses [reason], messages [{at: per cent, name}]}].
    """
    reading = _Reading(file_name)
    reasons = {str(entry["key"]): _label(entry) for entry in reading.entries(document, "pause_reasons", "key")}
    clocks = {
        clock.key: clock
        for entry in reading.entries(document, "clocks", "key", "decision", "duration")
        for clock in [reading.clock(entry, reasons)]
    }
    if reading.findings:
        raise DefinitionInvalid(reading.findings)
    return ClockCatalogue(clocks, reasons)


class _Reading:
    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.findings: list[Finding] = []

    def entries(self, document: Mapping[str, Any], name: str, *needed: str) -> Iterator[Mapping[str, Any]]:
        listed = document.get(name) or []
        if not isinstance(listed, list):
            self.note(name, "Expected a list.", "Seharusnya berupa daftar.", f"{name}: [...]")
            return
        seen: set[str] = set()
        for number, entry in enumerate(listed):
            place = f"{name}[{number}]"
            lacking = [key for key in needed if not (isinstance(entry, dict) and isinstance(entry.get(key), str))]
            if lacking:
                self.note(place, f"It lacks {lacking[0]}.", f"Tidak ada {lacking[0]}.", f"{lacking[0]}: ...")
            elif entry["key"] in seen:
                self.note(place, f"{entry['key']} stands here twice.", f"{entry['key']} ada dua kali.", "one of them")
            else:
                seen.add(entry["key"])
                yield entry

    def clock(self, entry: Mapping[str, Any], reasons: Mapping[str, Label]) -> ClockKind:
        place = f"clocks.{entry['key']}"
        pauses = entry.get("pauses") or []
        for reason in pauses if isinstance(pauses, list) else [pauses]:
            if reason not in reasons:
                english = f"{reason!r} is no reason for a pause."
                self.note(place, english, f"{reason!r} bukan alasan jeda.", ", ".join(reasons) or "pause_reasons")
        thresholds = sorted(self.thresholds(entry.get("messages"), place), key=lambda one: one.share)
        return ClockKind(
            entry["key"],
            _label(entry),
            entry["decision"],
            entry["duration"],
            str(entry.get("calendar") or "calendar"),
            tuple(str(reason) for reason in pauses) if isinstance(pauses, list) else (),
            tuple(thresholds),
        )

    def thresholds(self, listed: Any, place: str) -> Iterator[Threshold]:
        for message in listed if isinstance(listed, list) else [] if listed is None else [listed]:
            share = message.get("at") if isinstance(message, dict) else None
            name = message.get("name") if isinstance(message, dict) else None
            if type(share) is int and 0 < share <= 1000 and isinstance(name, str) and name:
                yield Threshold(share, name)
            else:
                english = f"{message!r} names no message and per cent."
                self.note(place, english, f"{message!r} bukan pesan dan persen.", "{at: 75, name: Time_short}")

    def note(self, place: str, english: str, indonesian: str, example: str) -> None:
        cure = Label(f"Write for example: {example}", f"Tulis misalnya: {example}")
        self.findings.append(Finding(self.file_name, None, place, Label(english, indonesian), cure, rule="clocks"))


def _label(entry: Mapping[str, Any]) -> Label:
    english = str(entry.get("en") or entry["key"])
    return Label(english, str(entry.get("id") or english))
