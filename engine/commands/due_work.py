"""What falls due: timers fire, messages expire, batches go on. Each in a transaction of its own, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.commands.context import CommandContext
from engine.commands.undeliverable import bury
from engine.model import SYSTEM, BufferedMessage, DeadLetter, DeadLetterReason, TimerKey
from engine.store.batches import BatchRows
from engine.store.deadlines import DeadlineRows, RecalculationRows
from engine.store.due import TimerRows
from engine.store.messages import MessageRows
from engine.store.record_search import is_due
from engine.store.register_imports import RegisterImports

#: After a failure in our own code a timer waits this long, doubling each time up to a day.
_FIRST_BACK_OFF = timedelta(minutes=1)
_LAST_BACK_OFF = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTimers:
    """Which timers are due now, oldest first; those of suspended instances are not."""

    limit: int = 100

    def run(self, context: CommandContext) -> list[TimerKey]:
        """Answer."""
        return TimerRows(context.work).due(context.now, self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDueAt:
    """When the next row falls due; None when nothing waits for time."""

    def run(self, context: CommandContext) -> datetime | None:
        """Answer."""
        work = context.work
        recalculation = RecalculationRows(work).oldest_running()
        moments = (
            TimerRows(work).next_due_at(),
            BatchRows(work).running_since(),
            RegisterImports(work).working_since(),
            DeadlineRows(work).next_due_at(),
            recalculation[0].started_at if recalculation else None,
            context.now if is_due(work) else None,
        )
        return min((moment for moment in moments if moment is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireMessages:
    """Remove buffered messages whose time to live is over; returns how many. Those nobody took become dead letters."""

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        rows = MessageRows(context.work)
        bury(context, SYSTEM, [_expired(message, context.now) for message in rows.expired_untaken(context.now)])
        return rows.expire(context.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeTimer:
    """Firing failed in our own code: note why, and try again later, so that it blocks no other."""

    timer_key: TimerKey
    error: str

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        rows = TimerRows(context.work)
        attempts = rows.attempts(self.timer_key)
        back_off = min(_FIRST_BACK_OFF * 2 ** min(attempts, 11), _LAST_BACK_OFF)
        rows.failed(self.timer_key, context.now + back_off, self.error)


def _expired(message: BufferedMessage, now: datetime) -> DeadLetter:
    return DeadLetter(
        message.key,
        message.name,
        message.correlation_key,
        message.message_id,
        message.variables,
        DeadLetterReason.EXPIRED,
        message.published_at,
        now,
    )
