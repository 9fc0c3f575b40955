"""The log of clocks: what an entry makes of a clock, computed before it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.deadlines import Calendar, ClockCatalogue, Course, follow, next_threshold
from engine.errors import InputInvalid
from engine.model import ClockEvent, ClockEventKind, ClockState, Deadline, DeadlineKey, Label, ProcessInstanceKey

_STATES = {
    ClockEventKind.STARTED: ClockState.RUNNING,
    ClockEventKind.RESUMED: ClockState.RUNNING,
    ClockEventKind.PAUSED: ClockState.PAUSED,
    ClockEventKind.STOPPED: ClockState.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be written into a log."""

    kind: ClockEventKind
    at: datetime
    actor: str
    element_id: str | None = None
    reason: str = ""
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """How much business time a clock has, in which calendar."""

    calendar: str
    duration: str


@dataclass(frozen=True, slots=True)
class ClockBook:
    """Makes entries by the calendars and clocks of the content as it is now."""

    calendars: Mapping[str, Calendar]
    catalogue: ClockCatalogue
    now: datetime

    def begin(
        self, key: DeadlineKey, root: ProcessInstanceKey, clock: str, target: Target, happening: Happening
    ) -> tuple[Deadline, ClockEvent]:
        """Return a new clock with its first entry."""
        empty = Deadline(
            key, clock, root, ClockState.RUNNING, "", target.calendar, target.duration, happening.at, happening.at,
            None, None, 0,
        )  # fmt: skip
        return self.enter(empty, [], happening, target)

    def enter(
        self, clock: Deadline, log: Sequence[ClockEvent], happening: Happening, target: Target | None = None
    ) -> tuple[Deadline, ClockEvent]:
        """Return what a clock becomes with one more entry. Raises InputInvalid where no due time can be computed."""
        target = target or Target(clock.calendar, clock.duration)
        event = ClockEvent(
            sequence=clock.revision + 1,
            at=happening.at,
            kind=happening.kind,
            actor=happening.actor,
            element_id=happening.element_id,
            reason=happening.reason,
            calendar=target.calendar,
            duration=target.duration,
            due_before=clock.due_at if log else None,
            due_at=happening.at,
            share=happening.share,
        )
        state = _STATES.get(happening.kind, clock.state)
        course = self.course([*log, event], _as_of([*log, event], state, self.now))
        event = replace(event, due_at=course.due_at)
        changed = replace(
            clock,
            state=state,
            reason=happening.reason if happening.kind is ClockEventKind.PAUSED else clock.reason,
            calendar=target.calendar,
            duration=target.duration,
            started_at=course.started_at,
            due_at=course.due_at,
            revision=event.sequence,
        )
        return self.looked_at(changed, [*log, event], course), event

    def looked_at(self, clock: Deadline, log: Sequence[ClockEvent], course: Course) -> Deadline:
        """Return a clock with the moment and share of its next message; one that stands still sends none."""
        kind = self.catalogue.clocks.get(clock.clock)
        if clock.state is not ClockState.RUNNING or kind is None:
            reason = clock.reason if clock.state is ClockState.PAUSED else ""
            return replace(clock, reason=reason, next_at=None, next_share=None)
        calendar = self.calendar(clock.calendar)
        following = next_threshold(course, log, kind.thresholds, calendar, self.now)
        if following is None:
            return replace(clock, reason="", next_at=None, next_share=None)
        return replace(clock, reason="", next_at=following[0], next_share=following[1].share)

    def course(self, log: Sequence[ClockEvent], now: datetime | None = None) -> Course:
        """Return what a log comes to; raises InputInvalid for an unknown calendar, and a target beyond all years."""
        try:
            return follow(log, self.calendar(log[-1].calendar), now or self.now)
        except ValueError as error:
            raise InputInvalid(
                Label(
                    f"No due time can be computed for {log[-1].duration[:40]!r} in {log[-1].calendar}: {error}.",
                    f"Batas waktu {log[-1].duration[:40]!r} pada {log[-1].calendar} tidak dapat dihitung: {error}.",
                )
            ) from error

    def calendar(self, name: str) -> Calendar:
        """Return a calendar; raises InputInvalid when there is none of that name."""
        if name not in self.calendars:
            known = ", ".join(sorted(self.calendars)) or "–"
            raise InputInvalid(
                Label(
                    f"There is no calendar {name[:60]!r}; there are {known}.",
                    f"Tidak ada kalender {name[:60]!r}; yang ada: {known}.",
                )
            )
        return self.calendars[name]


def _as_of(log: Sequence[ClockEvent], state: ClockState, now: datetime) -> datetime:
    """Return the moment for which a due time is written: a clock that stands still has that of its pause."""
    if state is not ClockState.PAUSED:
        return now
    return max(event.at for event in log if event.kind is ClockEventKind.PAUSED)
