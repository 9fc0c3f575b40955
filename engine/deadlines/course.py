"""What the log of a clock comes to: its due time, and how much of its time is used. Pure, so that anybody can check it.

The due time is the start plus the target, both in the business time of the target's calendar, plus the business time
of every pause. A retarget counts the same pauses in the new target's calendar, so nothing earned is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.deadlines.business_time import bizadd, bizdiff
from engine.deadlines.calendar import Calendar
from engine.deadlines.catalogue import Threshold
from engine.deadlines.durations import BusinessDuration, parse_duration
from engine.model import ClockEvent, ClockEventKind, ClockState, ClockVerb

_MICROSECOND = timedelta(microseconds=1)
#: Verb -> states in which it does something, and the state that it leads to (None: it stays as it is).
_MOVES: Mapping[ClockVerb, tuple[frozenset[ClockState | None], ClockState | None]] = {
    ClockVerb.START: (frozenset({None, ClockState.STOPPED}), ClockState.RUNNING),
    ClockVerb.PAUSE: (frozenset({ClockState.RUNNING}), ClockState.PAUSED),
    ClockVerb.RESUME: (frozenset({ClockState.PAUSED, ClockState.STOPPED}), ClockState.RUNNING),
    ClockVerb.RETARGET: (frozenset({ClockState.RUNNING, ClockState.PAUSED}), None),
    ClockVerb.STOP: (frozenset({ClockState.RUNNING, ClockState.PAUSED}), ClockState.STOPPED),
}
_KINDS = {
    ClockVerb.START: ClockEventKind.STARTED,
    ClockVerb.PAUSE: ClockEventKind.PAUSED,
    ClockVerb.RESUME: ClockEventKind.RESUMED,
    ClockVerb.RETARGET: ClockEventKind.RETARGETED,
    ClockVerb.STOP: ClockEventKind.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that did not count; `until` is None while it lasts. `worked` is how much business time it held."""

    since: datetime
    until: datetime | None
    reason: str  #: empty: the clock was stopped and resumed later
    worked: timedelta


@dataclass(frozen=True, slots=True)
class Course:
    """A clock at one moment."""

    calendar: str
    duration: str
    started_at: datetime
    stopped_at: datetime | None
    pauses: tuple[Pause, ...]
    first_due_at: datetime  #: start plus target
    due_at: datetime  #: plus the pauses; of a paused clock: if it went on now
    total: timedelta  #: business time from the start to `first_due_at`
    used: timedelta  #: business time that counted so far

    @property
    def share(self) -> float:
        """Return the used part of the time; 1.0 is due. A clock without time is due from its start."""
        return self.used / self.total if self.total else 1.0

    @property
    def left(self) -> timedelta:
        """Return the business time that is left, negative when it is over."""
        return self.total - self.used


def following_state(verb: ClockVerb, state: ClockState | None) -> ClockState | None:
    """Return the state after `verb`, None when the verb means nothing to a clock in this state (None = not started)."""
    before, after = _MOVES[verb]
    if state not in before:
        return None
    return after or state


def kind_of(verb: ClockVerb) -> ClockEventKind:
    """Return how the log names what a verb did."""
    return _KINDS[verb]


def follow(events: Sequence[ClockEvent], calendar: Calendar, now: datetime) -> Course:
    """Return what the events since the last start come to at `now`, in `calendar`, the one of the newest target.

    Raises ValueError for a target that is no duration, or that ends beyond 2199.
    """
    current = events[_last_start(events) :]
    started_at, target = current[0].at, current[-1]
    duration = parse_duration(target.duration)
    pauses, stopped_at = _pauses(current, calendar, now)
    paused = sum((pause.worked for pause in pauses), timedelta())
    first_due_at = bizadd(calendar, started_at, duration)
    end = stopped_at or now
    return Course(
        calendar=target.calendar,
        duration=target.duration,
        started_at=started_at,
        stopped_at=stopped_at,
        pauses=tuple(pauses),
        first_due_at=first_due_at,
        due_at=_later(calendar, first_due_at, paused),
        total=max(timedelta(), bizdiff(calendar, started_at, first_due_at)),
        used=max(timedelta(), bizdiff(calendar, started_at, max(started_at, end)) - paused),
    )


def next_threshold(
    course: Course, events: Sequence[ClockEvent], thresholds: Sequence[Threshold], calendar: Calendar, now: datetime
) -> tuple[datetime, Threshold] | None:
    """Return which message is to be sent next, and when; None when all were.

    A message is sent once. After a retarget it is sent again, if its moment lies ahead again.
    """
    current = events[_last_start(events) :]
    retargeted = max(
        (event.sequence for event in current if event.kind is ClockEventKind.RETARGETED), default=current[0].sequence
    )
    for threshold in thresholds:
        moment = _moment_of(course, threshold.share, calendar)
        sent = [event.sequence for event in current if event.share == threshold.share]
        if not sent or (max(sent) < retargeted and moment > now):
            return moment, threshold
    return None


def _last_start(events: Sequence[ClockEvent]) -> int:
    return max(index for index, event in enumerate(events) if event.kind is ClockEventKind.STARTED)


def _pauses(events: Sequence[ClockEvent], calendar: Calendar, now: datetime) -> tuple[list[Pause], datetime | None]:
    pauses: list[Pause] = []
    held: ClockEvent | None = None
    for event in events:
        if event.kind is ClockEventKind.PAUSED:
            held = event
        elif event.kind is ClockEventKind.STOPPED:
            if held is not None and held.kind is ClockEventKind.PAUSED:
                pauses.append(_pause(held, event.at, calendar, now))
            held = event
        elif event.kind is ClockEventKind.RESUMED and held is not None:
            pauses.append(_pause(held, event.at, calendar, now))
            held = None
    if held is None:
        return pauses, None
    if held.kind is ClockEventKind.STOPPED:
        return pauses, held.at
    return [*pauses, _pause(held, None, calendar, now)], None


def _pause(held: ClockEvent, until: datetime | None, calendar: Calendar, now: datetime) -> Pause:
    worked = bizdiff(calendar, held.at, max(held.at, until or now))
    return Pause(held.at, until, held.reason, worked)


def _later(calendar: Calendar, moment: datetime, paused: timedelta) -> datetime:
    return bizadd(calendar, moment, BusinessDuration(micros=paused // _MICROSECOND)) if paused else moment


def _moment_of(course: Course, share: int, calendar: Calendar) -> datetime:
    if share == 100:
        return course.due_at
    paused = sum((pause.worked for pause in course.pauses), timedelta())
    work = course.total * share / 100 + paused
    return bizadd(calendar, course.started_at, BusinessDuration(micros=work // _MICROSECOND))
