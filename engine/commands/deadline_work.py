"""Clocks tell their instance when so many per cent of their time are used: once each, also after a restart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.commands.clock_book import ClockBook, Happening
from engine.commands.clocks import clock_book, clock_details
from engine.commands.context import CommandContext
from engine.commands.correlation import publish
from engine.commands.runtime import Runtime
from engine.model import (
    SYSTEM,
    ClockEvent,
    ClockEventKind,
    ClockState,
    Deadline,
    DeadlineKey,
    ProcessInstanceState,
)
from engine.store.deadlines import DeadlineRows
from engine.store.instances import Instances, LoadedInstance

#: After a failure a clock is looked at again so much later.
_BACK_OFF = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDeadlines:
    """Which clocks have a message to send now, oldest first."""

    limit: int = 100

    def run(self, context: CommandContext) -> list[DeadlineKey]:
        """Answer."""
        return DeadlineRows(context.work).due(context.now, self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class FireDeadline:
    """Send the message that is due of a clock; returns whether one was.

    The due time is computed anew first: where the calendar changed meanwhile it may lie ahead again.
    """

    deadline_key: DeadlineKey

    def run(self, context: CommandContext) -> bool:
        """Do it in the caller's transaction; the row's lock and what it says make it happen once."""
        rows = DeadlineRows(context.work)
        seen = rows.get(self.deadline_key)
        # The instance first, the clock second: the order in which running elements lock them too.
        loaded = Instances(context.work).load(seen.root_instance_key) if seen else None
        clock = rows.get(self.deadline_key, is_locked=True)
        if loaded is None or clock is None or clock.next_at is None or clock.next_at > context.now:
            return False
        log = rows.events([clock.key])[clock.key]
        book = clock_book(context)
        if loaded.instance.ended_at is not None:
            return self._end(rows, book, clock, log, loaded.instance.ended_at)
        if loaded.instance.state is not ProcessInstanceState.ACTIVE:
            return False
        fresh = book.looked_at(clock, log, book.course(log))
        if fresh.next_at is None or fresh.next_at > context.now:
            rows.move(fresh)
            return False
        happening = Happening(ClockEventKind.REACHED, context.now, SYSTEM.user, share=fresh.next_share)
        entry = book.enter(fresh, log, happening)
        rows.write([entry])
        self._tell(context, book, entry, loaded)
        return True

    def _end(
        self, rows: DeadlineRows, book: ClockBook, clock: Deadline, log: Sequence[ClockEvent], ended_at: datetime
    ) -> bool:
        """Stop a clock whose instance ended before it reached the element that stops it."""
        rows.write([book.enter(clock, log, Happening(ClockEventKind.STOPPED, ended_at, SYSTEM.user))])
        return False

    def _tell(
        self, context: CommandContext, book: ClockBook, entry: tuple[Deadline, ClockEvent], loaded: LoadedInstance
    ) -> None:
        clock, event = entry
        runtime = Runtime(context, SYSTEM)
        run = runtime.adopt(loaded)
        runtime.note(run, "clock_reached", details=clock_details(*entry))
        kind = book.catalogue.clocks[clock.clock]
        number = run.instance.business_id or str(run.key)
        variables = {
            "number": number,
            "clock": clock.clock,
            "clock_name": {"en": kind.label.en, "id": kind.label.id},
            "share": event.share,
            "clock_due_at": event.due_at.isoformat(),
        }
        for threshold in kind.thresholds:
            if threshold.share == event.share:
                publish(runtime, threshold.message, number, variables, time_to_live=timedelta())
        runtime.settle()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeDeadline:
    """Looking at a clock failed: look again later, so that it blocks no other."""

    deadline_key: DeadlineKey

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        rows = DeadlineRows(context.work)
        clock = rows.get(self.deadline_key, is_locked=True)
        if clock is not None and clock.state is ClockState.RUNNING:
            rows.move(replace(clock, next_at=context.now + _BACK_OFF))
