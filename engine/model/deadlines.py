"""Clocks that run in business time, and what happened to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from engine.model.keys import DeadlineKey, ProcessInstanceKey


class ClockState(Enum):
    """The life of a clock."""

    RUNNING = "running"  #: uses its time up
    PAUSED = "paused"  #: stands still for a reason, goes on when resumed
    STOPPED = "stopped"  #: what it measures is done; resuming it goes on with the time used so far


class ClockVerb(Enum):
    """What a diagram tells a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RETARGET = "retarget"
    STOP = "stop"


class ClockEventKind(Enum):
    """What happened to a clock."""

    STARTED = "started"  #: from here its time counts; what came before is over
    PAUSED = "paused"
    RESUMED = "resumed"
    RETARGETED = "retargeted"  #: another duration or calendar; pauses count on
    STOPPED = "stopped"
    RECALCULATED = "recalculated"  #: its calendar changed
    REACHED = "reached"  #: `share` per cent of its time were used, the instance was told


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One entry of a clock's log; calendar, duration and due time are those that hold afterwards."""

    sequence: int
    at: datetime
    kind: ClockEventKind
    actor: str
    element_id: str | None
    reason: str  #: key of the reason for a pause, else empty
    calendar: str
    duration: str
    due_before: datetime | None
    due_at: datetime
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A clock of a process instance, as of its newest event."""

    key: DeadlineKey
    clock: str
    root_instance_key: ProcessInstanceKey
    state: ClockState
    reason: str
    calendar: str
    duration: str
    started_at: datetime
    due_at: datetime
    next_at: datetime | None
    next_share: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class Recalculation:
    """Open clocks are computed again because their calendar changed."""

    key: int
    calendar: str
    is_running: bool
    started_by: str
    started_at: datetime
    ended_at: datetime | None
    total: int  #: open clocks of the calendar when it began
    done: int
    changed: int  #: those that fall due at another time now
