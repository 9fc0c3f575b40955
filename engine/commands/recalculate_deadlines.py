"""A calendar changed: its open clocks are computed again, a few in each transaction, so that nobody waits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.commands.audit import note_in_system
from engine.commands.clock_book import Happening
from engine.commands.clocks import clock_book
from engine.commands.context import CommandContext
from engine.deadlines import Calendar, compare_calendars, parse_calendar
from engine.errors import InputInvalid
from engine.model import Actor, ClockEvent, ClockEventKind, Deadline, Recalculation
from engine.store.deadlines import DeadlineRows, RecalculationRows

#: Clocks in one transaction: some hundredths of a second, after which others may write.
_CHUNK = 100


def begin_recalculations(
    context: CommandContext, actor: Actor, documents: Iterable[Mapping[str, Any]], before: Mapping[str, Calendar]
) -> None:
    """Begin a job for each calendar that differs from the one `before` and that open clocks use."""
    for document in documents:
        if document.get("kind") == "calendar":
            known = before.get(str(document["name"]))
            if known is None or compare_calendars(known, parse_calendar(document)):
                _begin(context, actor, str(document["name"]))


def _begin(context: CommandContext, actor: Actor, calendar: str) -> None:
    total = DeadlineRows(context.work).count_open(calendar)
    if not total:
        return
    rows = RecalculationRows(context.work)
    rows.end_running(calendar, context.now)
    rows.add(
        {
            "key": context.keys.next_key(),
            "calendar": calendar,
            "is_running": True,
            "started_by": actor.user,
            "started_at": context.now,
            "ended_at": None,
            "total": total,
            "done": 0,
            "changed": 0,
            "after_key": 0,
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningRecalculation:
    """Which recalculation is to go on; None when there is none."""

    def run(self, context: CommandContext) -> Recalculation | None:
        """Answer."""
        found = RecalculationRows(context.work).oldest_running()
        return found[0] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecalculateDeadlines:
    """Compute the next clocks of the oldest running job again; returns how many.

    What falls due at another time now gets an entry in its log, with both times; the audit gets
    one entry for all of them, in the name of who changed the calendar.
    """

    limit: int = _CHUNK

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        jobs = RecalculationRows(context.work)
        found = jobs.oldest_running()
        if found is None or not jobs.claim(found[0].key, found[1]):
            return 0
        job, after_key = found
        rows = DeadlineRows(context.work)
        clocks = rows.open_of_calendar(job.calendar, after_key, self.limit)
        changed = self._computed(context, rows, clocks, job.started_by)
        rows.write(changed)
        is_last = len(clocks) < self.limit
        last_key = clocks[-1].key if clocks else after_key
        jobs.progress(job.key, last_key, len(clocks), len(changed), context.now if is_last else None)
        if changed:
            note_in_system(context, Actor(job.started_by), "clocks_recalculated", _details(job.calendar, changed))
        return len(clocks)

    def _computed(
        self, context: CommandContext, rows: DeadlineRows, clocks: list[Deadline], actor: str
    ) -> list[tuple[Deadline, ClockEvent]]:
        book = clock_book(context)
        logs = rows.events([clock.key for clock in clocks])
        happening = Happening(ClockEventKind.RECALCULATED, context.now, actor)
        entries = []
        for clock in clocks:
            try:
                entry = book.enter(clock, logs[clock.key], happening)
            except InputInvalid:  # the calendar has no such time any more; the clock keeps the one that it had
                continue
            if _milliseconds(entry[1].due_at) != _milliseconds(clock.due_at):
                entries.append(entry)
        return entries


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _details(calendar: str, changed: list[tuple[Deadline, ClockEvent]]) -> dict[str, Any]:
    return {
        "calendar": calendar,
        "clocks": [
            {
                "instance": clock.root_instance_key,
                "clock": clock.clock,
                "from": event.due_before.isoformat() if event.due_before else None,
                "to": event.due_at.isoformat(),
            }
            for clock, event in changed
        ],
    }
