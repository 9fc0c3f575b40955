"""Elements start, pause, resume, retarget and stop clocks: what `clause8:clock` says is obeyed, or is a Fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from engine.commands.clock_book import ClockBook, Happening, Target
from engine.deadlines import (
    ON_COMPLETION,
    ON_ENTERING,
    ClockKind,
    Instruction,
    following_state,
    kind_of,
    parse_duration,
    parse_instructions,
)
from engine.errors import ExecutionFailed, InputInvalid
from engine.feel import DateTime, FeelError, to_json
from engine.model import Binding, ClockEvent, ClockVerb, Deadline, DeadlineKey, Label
from engine.store.deadlines import DeadlineRows

if TYPE_CHECKING:
    from engine.commands.context import CommandContext
    from engine.commands.runtime import InstanceRun, Runtime

#: The fault's kind; stable.
_KIND = "clock"


class Decide(Protocol):
    """Evaluates a deployed decision."""

    def __call__(
        self, decision_id: str, binding: Binding, version_tag: str | None, variables: Mapping[str, Any]
    ) -> tuple[Any, Mapping[str, Any]]:
        """Return its value and the explanation; raises ExecutionFailed."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """The element that tells clocks something, in its instance."""

    runtime: Runtime
    run: InstanceRun
    element_id: str
    decide: Decide


def has_clock(properties: Mapping[str, str], *, is_completed: bool) -> str:
    """Return what an element tells clocks now, "" for nothing."""
    return properties.get(ON_COMPLETION if is_completed else ON_ENTERING, "")


def clock_book(context: CommandContext) -> ClockBook:
    """Return the book by the newest calendars and clocks."""
    documents = context.definitions.documents(context.work)
    return ClockBook(documents.calendars(), documents.clocks(), context.now)


def tell_clocks(told: Told, variables: Mapping[str, Any], text: str) -> None:
    """Obey the instructions of an element, all of them or none; raises ExecutionFailed."""
    runtime = told.runtime
    teller = _Teller(told, variables)
    try:
        with runtime.context.work.savepoint():
            for instruction in parse_instructions(text):
                teller.obey(instruction)
    except InputInvalid as error:
        raise ExecutionFailed(told.element_id, _KIND, error.label) from error


class _Teller:
    """Tells the clocks of one instance what one element says."""

    def __init__(self, told: Told, variables: Mapping[str, Any]) -> None:
        runtime, run = told.runtime, told.run
        self._runtime = runtime
        self._run = run
        self._element_id = told.element_id
        self._variables = variables
        self._decide = told.decide
        # Its instance is locked before its clocks, as the pump does it.
        self._number = runtime.root_of(run).instance.business_id or ""
        self._rows = DeadlineRows(runtime.context.work)
        self._book = clock_book(runtime.context)

    def obey(self, instruction: Instruction) -> None:
        """Do one instruction; what means nothing to the clock as it stands is noted and harms nobody."""
        kind = self._kind(instruction.clock)
        root = self._run.instance.root_instance_key
        clock = self._rows.of_root(root, instruction.clock)
        reason = self._reason(instruction) if instruction.verb is ClockVerb.PAUSE else ""
        following = following_state(instruction.verb, clock.state if clock else None)
        if following is None or (reason and reason not in self._pauses(kind, clock)):
            self._ignored(instruction, clock, reason)
            return
        target = self._target(kind) if instruction.verb in (ClockVerb.START, ClockVerb.RETARGET) else None
        if clock and target == Target(clock.calendar, clock.duration) and instruction.verb is ClockVerb.RETARGET:
            return
        happening = Happening(
            kind_of(instruction.verb), self._moment(instruction), self._runtime.actor.user, self._element_id, reason
        )
        if clock is None:
            key = DeadlineKey(self._runtime.context.keys.next_key())
            entry = self._book.begin(key, root, instruction.clock, target or self._target(kind), happening)
        else:
            entry = self._book.enter(clock, self._rows.events([clock.key])[clock.key], happening, target)
        self._rows.write([entry])
        self._note(*entry)

    def _kind(self, name: str) -> ClockKind:
        known = self._book.catalogue.clocks
        if name not in known:
            raise InputInvalid(
                Label(
                    f"There is no clock {name}; there are {', '.join(known) or '–'}.",
                    f"Tidak ada jam {name}; yang ada: {', '.join(known) or '–'}.",
                )
            )
        return known[name]

    def _reason(self, instruction: Instruction) -> str:
        if instruction.expression is None:
            return instruction.reason
        value = self._value(instruction)
        if not isinstance(value, str) or value not in self._book.catalogue.reasons:
            known = ", ".join(self._book.catalogue.reasons) or "–"
            raise InputInvalid(
                Label(
                    f"{str(value)[:60]!r} is no reason for a pause; there are {known}.",
                    f"{str(value)[:60]!r} bukan alasan jeda; yang ada: {known}.",
                )
            )
        return value

    def _pauses(self, kind: ClockKind, clock: Deadline | None) -> tuple[str, ...]:
        """Return the reasons for which this clock may stand still now; its target may allow fewer."""
        if not kind.pauses or clock is None:
            return ()
        allowed = self._answer(kind).get("pauses")
        if allowed is None:
            return kind.pauses
        return tuple(reason for reason in kind.pauses if reason in allowed)

    def _answer(self, kind: ClockKind) -> Mapping[str, Any]:
        seen = {**self._variables, "clock": kind.key, "record_type": self._number.partition("-")[0]}
        value, _ = self._decide(kind.decision, Binding.LATEST, None, seen)
        value = to_json(value)
        if not isinstance(value, Mapping):
            raise InputInvalid(
                Label(
                    f"The decision {kind.decision} gives no target here: expected one rule to match.",
                    f"Keputusan {kind.decision} tidak memberi target di sini: seharusnya satu aturan cocok.",
                )
            )
        return value

    def _target(self, kind: ClockKind) -> Target:
        answer = self._answer(kind)
        duration, calendar = answer.get(kind.duration), answer.get(kind.calendar)
        if not isinstance(duration, str) or not isinstance(calendar, str):
            raise InputInvalid(
                Label(
                    f"The decision {kind.decision} lacks {kind.duration} or {kind.calendar} for the clock {kind.key}.",
                    f"Keputusan {kind.decision} tanpa {kind.duration} atau {kind.calendar} untuk jam {kind.key}.",
                )
            )
        _require_duration(duration)
        return Target(calendar, duration)

    def _moment(self, instruction: Instruction) -> datetime:
        """Return when the instruction counts: now, or the past moment that `from` gives."""
        if instruction.verb is not ClockVerb.START or instruction.expression is None:
            return self._runtime.now
        found = self._value(instruction, as_json=False)
        moment = found.to_python() if isinstance(found, DateTime) else _read_moment(found)
        if moment is None or moment.tzinfo is None or moment.year < 1970:
            raise InputInvalid(
                Label(
                    f"`from` gives {str(found)[:60]!r}, no date and time with offset.",
                    f"`from` memberi {str(found)[:60]!r}, bukan tanggal dan waktu dengan zona.",
                )
            )
        return min(moment, self._runtime.now)

    def _value(self, instruction: Instruction, *, as_json: bool = True) -> Any:
        expression = instruction.expression
        if expression is None:
            return None
        try:
            value = expression(self._variables, now=self._runtime.now, functions=self._runtime.host_functions)
        except FeelError as error:
            raise InputInvalid(error.label) from error
        return to_json(value) if as_json else value

    def _ignored(self, instruction: Instruction, clock: Deadline | None, reason: str) -> None:
        state = clock.state.value if clock else "not started"
        details = {"clock": instruction.clock, "verb": instruction.verb.value, "state": state}
        self._runtime.note(
            self._run,
            "clock_unmoved",
            element_id=self._element_id,
            details=details | ({"reason": reason} if reason else {}),
        )

    def _note(self, clock: Deadline, event: ClockEvent) -> None:
        self._runtime.note(
            self._run, f"clock_{event.kind.value}", element_id=self._element_id, details=clock_details(clock, event)
        )


def clock_details(clock: Deadline, event: ClockEvent) -> dict[str, Any]:
    """Return what the history keeps of an entry of a clock's log."""
    details: dict[str, Any] = {
        "clock": clock.clock,
        "calendar": event.calendar,
        "duration": event.duration,
        "due_at": event.due_at.isoformat(),
    }
    if event.due_before is not None and event.due_before != event.due_at:
        details["due_before"] = event.due_before.isoformat()
    if event.reason:
        details["reason"] = event.reason
    if event.share is not None:
        details["share"] = event.share
    return details


def _require_duration(text: str) -> None:
    try:
        found = parse_duration(text)
    except ValueError as error:
        raise InputInvalid(Label(f"{error}.", f"Durasi {text[:40]!r} tidak dimengerti: {error}.")) from error
    if min(found.months, found.days, found.micros) < 0 or len(text) > 40:
        raise InputInvalid(Label(f"The target {text[:40]} is negative.", f"Target {text[:40]} negatif."))


def _read_moment(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
