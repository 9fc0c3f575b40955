"""All processes with what runs, what is stuck and what happened on each of the last days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.commands.context import CommandContext
from engine.model import Actor
from engine.queries.operators import require_observer
from engine.store.monitoring import processes
from engine.store.monitoring.processes import DayCount, DeployedVersion, RunningCount

#: The window of "lately"; the one before it is what it is compared with.
DAYS = 30


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """One process with its newest version and its counters over all versions."""

    newest: DeployedVersion
    running: int
    versions_running: int
    open_faults: int
    days: tuple[DayCount, ...]  #: the last `DAYS` days, oldest first, days without events too

    @property
    def started(self) -> int:
        """Return how many instances started in the window."""
        return sum(day.started for day in self.days)

    @property
    def ended(self) -> int:
        """Return how many instances came to an end in the window."""
        return sum(day.ended for day in self.days)


@dataclass(frozen=True, slots=True)
class ProcessOverviewPage:
    """What the first page of the monitor shows."""

    lines: tuple[ProcessLine, ...]
    days: tuple[DayCount, ...]  #: all processes together
    started_before: int  #: in the window before this one
    ended_before: int

    @property
    def running(self) -> int:
        """Return how many instances run now."""
        return sum(line.running for line in self.lines)

    @property
    def open_faults(self) -> int:
        """Return how many execution faults are open."""
        return sum(line.open_faults for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessOverview:
    """Ask for all processes. Five statements, whatever their number and that of their instances."""

    actor: Actor

    def run(self, context: CommandContext) -> ProcessOverviewPage:
        """Answer; raises NotPermitted."""
        require_observer(context, self.actor)
        today = context.now.date()
        window = last_days(today)
        counts = processes.day_counts(context.work, window[0] - timedelta(days=DAYS))
        recent = [count for count in counts if count.on >= window[0]]
        before = [count for count in counts if count.on < window[0]]
        running = processes.running_counts(context.work)
        faults = processes.open_fault_counts(context.work)
        lines = [
            _line(newest, running.get(newest.process_id), faults.get(newest.process_id, 0), recent, window)
            for newest in processes.newest_versions(context.work)
        ]
        return ProcessOverviewPage(
            lines=tuple(sorted(lines, key=_what_needs_somebody)),
            days=by_day(recent, window),
            started_before=sum(count.started for count in before),
            ended_before=sum(count.ended for count in before),
        )


def last_days(today: date) -> tuple[date, ...]:
    """Return the days of the window, oldest first, today last."""
    return tuple(today - timedelta(days=back) for back in range(DAYS - 1, -1, -1))


def by_day(counts: Iterable[DayCount], window: Sequence[date], process_id: str = "") -> tuple[DayCount, ...]:
    """Return one sum per day of `window`, zeros where nothing happened."""
    sums = {on: DayCount(process_id, on, 0, 0, 0, 0) for on in window}
    for count in counts:
        if count.on in sums:
            sums[count.on] = _plus(sums[count.on], count)
    return tuple(sums.values())


def _plus(one: DayCount, other: DayCount) -> DayCount:
    return DayCount(
        one.process_id,
        one.on,
        one.started + other.started,
        one.completed + other.completed,
        one.canceled + other.canceled,
        one.faults + other.faults,
    )


def _line(
    newest: DeployedVersion,
    running: RunningCount | None,
    open_faults: int,
    recent: Sequence[DayCount],
    window: Sequence[date],
) -> ProcessLine:
    own = [count for count in recent if count.process_id == newest.process_id]
    return ProcessLine(
        newest=newest,
        running=running.running if running else 0,
        versions_running=running.versions if running else 0,
        open_faults=open_faults,
        days=by_day(own, window, newest.process_id),
    )


def _what_needs_somebody(line: ProcessLine) -> tuple[int, int, str]:
    return (-line.open_faults, -line.running, line.newest.process_id)
