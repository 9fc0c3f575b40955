"""Figures of the whole system for a time series: what runs, what is stuck, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.commands.context import CommandContext
from engine.model import Actor
from engine.queries.operators import require_auditor
from engine.store.monitoring import processes, waiting


@dataclass(frozen=True, slots=True)
class ProcessFigures:
    """Counters of one process over all its versions, since ever."""

    process_id: str
    running: int
    started: int
    completed: int
    canceled: int
    faults: int
    open_faults: int


@dataclass(frozen=True, slots=True)
class SystemFiguresData:
    """The figures of one moment."""

    processes: tuple[ProcessFigures, ...]
    due_timers: int  #: counted to 1,000
    due_jobs: int  #: counted to 1,000
    timer_delay: timedelta  #: of the timer that has been due the longest
    waiting_batch_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemFigures:
    """Ask for the figures. Seven statements, none reads a whole table."""

    actor: Actor

    def run(self, context: CommandContext) -> SystemFiguresData:
        """Answer; raises NotPermitted."""
        require_auditor(context, self.actor)
        work, now = context.work, context.now
        faults = processes.open_fault_counts(work)
        timers, jobs = waiting.timer_backlog(work, now), waiting.job_backlog(work, now)
        return SystemFiguresData(
            processes=tuple(
                ProcessFigures(process_id, *counters, open_faults=faults.get(process_id, 0))
                for process_id, counters in processes.counters(work).items()
            ),
            due_timers=timers.due,
            due_jobs=jobs.due,
            timer_delay=now - timers.oldest_due_at if timers.oldest_due_at else timedelta(),
            waiting_batch_items=waiting.batch_items(work),
        )
