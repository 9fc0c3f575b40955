"""Clocks as people see them: how much time is left, and how the due time comes about, as a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from engine.commands.clock_book import ClockBook
from engine.commands.clocks import clock_book
from engine.commands.context import CommandContext
from engine.deadlines import Course, DueTime, explain, parse_duration
from engine.errors import InputInvalid
from engine.model import Actor, ClockEvent, ClockEventKind, ClockState, Deadline, Label
from engine.queries.readers import reader_of
from engine.store.deadlines import DeadlineRows
from engine.store.workplace import record_details
from engine.store.workplace.inbox_list import ListedTask

#: Entries of a log that change the target or what it means.
_CHANGES = (ClockEventKind.RETARGETED, ClockEventKind.RECALCULATED)


class Standing(Enum):
    """How a clock stands."""

    ON_TIME = "on_time"
    SHORT = "short"  #: the first message about its time was due
    LATE = "late"
    PAUSED = "paused"
    MET = "met"  #: stopped within its time
    MISSED = "missed"  #: stopped too late
    UNKNOWN = "unknown"  #: its calendar is gone, nothing can be computed


@dataclass(frozen=True, slots=True)
class PauseLine:
    """A pause and the business time that it adds; `until` is None while it lasts."""

    since: datetime
    until: datetime | None
    reason: Label  #: empty: the clock was stopped, and resumed later
    worked: timedelta


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Another target, or another calendar: with both due times."""

    at: datetime
    is_retarget: bool
    calendar: Label
    duration: str
    due_before: datetime | None
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ShownClock:
    """A clock with its sum: start, plus target, plus pauses."""

    key: int
    label: Label
    standing: Standing
    reason: Label | None  #: why it is paused
    calendar: Label
    duration: str  #: ISO 8601
    started_at: datetime
    ended_at: datetime | None
    first_due_at: datetime
    due_at: datetime
    total: timedelta
    used: timedelta
    pauses: tuple[PauseLine, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    days: DueTime | None = None  #: the target day by day

    @property
    def share(self) -> float:
        """Return the used part of the time."""
        return self.used / self.total if self.total else 1.0

    @property
    def left(self) -> timedelta:
        """Return the business time that is left, negative when it is over."""
        return self.total - self.used


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksOfRecord:
    """Ask for the clocks of a record; raises RecordNotFound when there is none that the actor may see."""

    actor: Actor
    number: str

    def run(self, context: CommandContext) -> tuple[ShownClock, ...]:
        """Answer in a fixed number of statements."""
        reader = reader_of(context, self.actor)
        record = record_details.visible_record(context.work, reader, self.number)
        rows = DeadlineRows(context.work)
        found = rows.of_record(record.key)
        if not found:
            return ()
        logs = rows.events([clock.key for clock, _ in found])
        book = clock_book(context)
        return tuple(_shown(book, clock, logs[clock.key], ended_at) for clock, ended_at in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestClocks:
    """Ask for the open clock that falls due first of each task that `InboxPage` listed for the actor.

    Who has the lines may read them, so nothing is asked about the actor again.
    """

    lines: Sequence[ListedTask]

    def run(self, context: CommandContext) -> Mapping[int, ShownClock]:
        """Answer by key of the task; tasks without a clock are missing. One statement where there is none."""
        open_keys = [line.key for line in self.lines if line.completed_at is None]
        if not open_keys:
            return {}
        rows = DeadlineRows(context.work)
        nearest: dict[int, Deadline] = {}
        for task_key, clock in rows.of_tasks(open_keys):
            held = nearest.setdefault(task_key, clock)
            if held.state is ClockState.PAUSED and clock.state is ClockState.RUNNING:
                nearest[task_key] = clock
        if not nearest:
            return {}
        logs = rows.events({clock.key for clock in nearest.values()})
        book = clock_book(context)
        return {key: _shown(book, clock, logs[clock.key], None) for key, clock in nearest.items()}


def _shown(book: ClockBook, clock: Deadline, log: Sequence[ClockEvent], ended_at: datetime | None) -> ShownClock:
    kind = book.catalogue.clocks.get(clock.clock)
    label = kind.label if kind else Label(clock.clock, clock.clock)
    stopped = clock.state is ClockState.STOPPED or ended_at is not None
    try:
        course = book.course(log, ended_at if ended_at and clock.state is not ClockState.STOPPED else None)
        days = explain(book.calendar(clock.calendar), course.started_at, parse_duration(clock.duration))
    except (InputInvalid, ValueError):
        return _unknown(clock, label)
    first = min((one.share for one in kind.thresholds), default=100) if kind else 100
    return ShownClock(
        key=clock.key,
        label=label,
        standing=_standing(clock.state, course, is_stopped=stopped, first_share=first),
        reason=book.catalogue.reasons.get(clock.reason) if clock.state is ClockState.PAUSED else None,
        calendar=book.calendar(clock.calendar).label,
        duration=clock.duration,
        started_at=course.started_at,
        ended_at=course.stopped_at or (ended_at if stopped else None),
        first_due_at=course.first_due_at,
        due_at=course.due_at,
        total=course.total,
        used=course.used,
        pauses=tuple(
            PauseLine(one.since, one.until, book.catalogue.reasons.get(one.reason, Label("", "")), one.worked)
            for one in course.pauses
        ),
        changes=tuple(_changes(book, log)),
        days=days,
    )


def _standing(state: ClockState, course: Course, *, is_stopped: bool, first_share: int) -> Standing:
    if is_stopped:
        return Standing.MET if course.used <= course.total else Standing.MISSED
    if state is ClockState.PAUSED:
        return Standing.PAUSED
    if course.share >= 1:
        return Standing.LATE
    return Standing.SHORT if course.share * 100 >= first_share else Standing.ON_TIME


def _changes(book: ClockBook, log: Sequence[ClockEvent]) -> list[ChangeLine]:
    return [
        ChangeLine(
            event.at,
            event.kind is ClockEventKind.RETARGETED,
            book.calendars[event.calendar].label if event.calendar in book.calendars else Label("", ""),
            event.duration,
            event.due_before,
            event.due_at,
        )
        for event in log
        if event.kind in _CHANGES
    ]


def _unknown(clock: Deadline, label: Label) -> ShownClock:
    name = Label(clock.calendar, clock.calendar)
    nothing = timedelta()
    return ShownClock(
        clock.key, label, Standing.UNKNOWN, None, name, clock.duration, clock.started_at, None, clock.due_at,
        clock.due_at, nothing, nothing,
    )  # fmt: skip
