"""What is wrong in what elements tell clocks, before any instance runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

from engine.deadlines.catalogue import ClockCatalogue
from engine.deadlines.durations import parse_duration
from engine.deadlines.instructions import ON_COMPLETION, ON_ENTERING, Instruction, parse_instructions
from engine.errors import InputInvalid
from engine.model import ClockVerb, Finding, Label


class Told(Protocol):
    """An element of a diagram."""

    @property
    def id(self) -> str:
        """Return the element's id."""
        ...

    @property
    def line(self) -> int:
        """Return its line in the file."""
        ...

    @property
    def properties(self) -> Mapping[str, str]:
        """Return its `clause8:` properties."""
        ...


def grammar_findings(element: Told, file: str = "") -> Iterator[Finding]:
    """Yield what no version of any other file can mend: deployment refuses it."""
    for name in (ON_ENTERING, ON_COMPLETION):
        try:
            parse_instructions(element.properties.get(name, ""))
        except InputInvalid as error:
            cure = Label("See the chapter on calendars and clocks.", "Lihat bab kalender dan jam layanan.")
            reason = Label(f"{name}: {error.label.en}", f"{name}: {error.label.id}")
            yield Finding(file, element.line, element.id, reason, cure, rule="clock_grammar")


def catalogue_findings(element: Told, catalogue: ClockCatalogue, file: str = "") -> Iterator[Finding]:
    """Yield unknown clocks and reasons, and pauses without effect; warnings, since other files can mend them."""
    for name in (ON_ENTERING, ON_COMPLETION):
        try:
            instructions = parse_instructions(element.properties.get(name, ""))
        except InputInvalid:
            continue
        for instruction in instructions:
            found = _doubt(instruction, catalogue)
            if found is not None:
                rule, reason, cure = found
                yield Finding(file, element.line, element.id, reason, cure, is_error=False, rule=rule)


def document_findings(
    catalogue: ClockCatalogue, decisions: Collection[str], messages: Collection[str]
) -> Iterator[tuple[str, Label]]:
    """Yield (rule, reason) for decisions and messages that clocks name and nobody gives."""
    for clock in catalogue.clocks.values():
        if clock.decision not in decisions:
            yield (
                "missing_decision",
                Label(
                    f"The clock {clock.key} asks the decision {clock.decision}, which there is not.",
                    f"Jam {clock.key} memakai keputusan {clock.decision}, yang tidak ada.",
                ),
            )
        for threshold in clock.thresholds:
            if messages and threshold.message not in messages:
                yield (
                    "missing_message",
                    Label(
                        f"The clock {clock.key} sends the message {threshold.message}, which there is not.",
                        f"Jam {clock.key} mengirim pesan {threshold.message}, yang tidak ada.",
                    ),
                )


def target_findings(
    catalogue: ClockCatalogue, cells: Callable[[str], Iterable[tuple[str, int | None]]], calendars: Collection[str]
) -> Iterator[tuple[str, Label, int | None]]:
    """Yield (rule, reason, line) for what a file of decisions gives clocks, and is no duration or calendar.

    `cells` gives (constant text, line) of the cells of an output column.
    """
    for name in sorted({clock.calendar for clock in catalogue.clocks.values()}):
        for text, line in cells(name):
            if text not in calendars:
                yield "missing_calendar", Label(f"There is no calendar {text}.", f"Tidak ada kalender {text}."), line
    for name in sorted({clock.duration for clock in catalogue.clocks.values()}):
        for text, line in cells(name):
            try:
                parse_duration(text)
            except ValueError:
                reason = Label(
                    f"{text!r} is no duration such as P2D or PT4H.", f"{text!r} bukan durasi seperti P2D atau PT4H."
                )
                yield "wrong_duration", reason, line


def _doubt(instruction: Instruction, catalogue: ClockCatalogue) -> tuple[str, Label, Label] | None:
    clock = catalogue.clocks.get(instruction.clock)
    if clock is None:
        return (
            "missing_clock",
            Label(f"There is no clock {instruction.clock}.", f"Tidak ada jam {instruction.clock}."),
            _one_of(catalogue.clocks),
        )
    if instruction.verb is not ClockVerb.PAUSE or not instruction.reason:
        return None
    if instruction.reason not in catalogue.reasons:
        return (
            "missing_reason",
            Label(
                f"{instruction.reason} is no reason for a pause.",
                f"{instruction.reason} bukan alasan jeda.",
            ),
            _one_of(catalogue.reasons),
        )
    if instruction.reason not in clock.pauses:
        return (
            "never_pauses",
            Label(
                f"The clock {clock.key} does not pause for {instruction.reason}; it will go on.",
                f"Jam {clock.key} tidak dijeda karena {instruction.reason}; jam terus berjalan.",
            ),
            _one_of(clock.pauses),
        )
    return None


def _one_of(names: Collection[str]) -> Label:
    listed = ", ".join(sorted(names))
    if not listed:
        return Label("Nothing of that kind is deployed; deploy it first.", "Belum ada yang diterapkan.")
    return Label(f"Choose one of: {listed}.", f"Pilih salah satu: {listed}.")
