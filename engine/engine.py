"""The engine as its callers see it: one database, one clock, commands and queries."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from engine.clock import Clock, SystemClock
from engine.commands.audit import NoteDenial
from engine.commands.batches import RunBatchItem, WaitingBatchItems
from engine.commands.context import Command, CommandContext, Prepares, Query, RefusedAfterWriting
from engine.commands.deadline_work import DueDeadlines, FireDeadline, PostponeDeadline
from engine.commands.definitions import DefinitionCache
from engine.commands.due_work import DueTimers, ExpireMessages, NextDueAt, PostponeTimer
from engine.commands.file_upkeep import MoveContents, RemoveLooseFiles, RemoveOrphan
from engine.commands.import_entries import GoOnWithImport, ImportWaits, RefuseImport
from engine.commands.reading_mailbox import read_mailbox
from engine.commands.recalculate_deadlines import RecalculateDeadlines, RunningRecalculation
from engine.commands.remove_bodies import DueForRetention, RemoveBodies
from engine.commands.remove_entries import EntriesDueForRetention, RemoveEntryBody
from engine.commands.search_upkeep import RefreshSearch, SearchIsDue
from engine.commands.sending import send_outgoing
from engine.commands.timers import FireTimer
from engine.errors import CommandRejected, NotPermitted, StoreUnavailable
from engine.files import FileSettings, open_files
from engine.intake import MailboxSettings
from engine.keys import KeyGenerator
from engine.model import SYSTEM, Actor, DeadlineKey, TimerKey
from engine.outbox import OutgoingSettings
from engine.store import Database, UnitOfWork, migrate, read_only, unit_of_work
from engine.store.unit_of_work import is_worth_another_try

Result = TypeVar("Result")
log = logging.getLogger(__name__)

_TRIES = 5
#: Bytes may lie so long before the row that names them is committed.
_YOUNG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the engine must be told."""

    database_url: str  #: `sqlite:///path` or `postgresql+psycopg://user:password@host/name`
    node: int = 0  #: 0 to 7, different for each process that works on the same database
    time_zone: str = "Asia/Jakarta"  #: of dates without a zone, and of the year in a record's number
    link_keys: tuple[bytes, ...] = ()  #: sign links of notifications, the newest first; without one there are no links
    files: FileSettings = field(default_factory=FileSettings)
    outgoing: OutgoingSettings = field(default_factory=OutgoingSettings)
    mailbox: MailboxSettings | None = None  #: read by IMAP


@dataclass(frozen=True, slots=True)
class CommandReport:
    """What became of a command, for logs and figures; holds nothing of its contents."""

    command: str  #: name of its class
    actor: str  #: login name; "" where nobody is known
    seconds: float
    error: str  #: name of the error that it ended with; "" when it was done


class Questions:
    """Queries answered from one snapshot."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context

    def ask(self, query: Query[Result]) -> Result:
        """Answer a query."""
        return query.run(self._context)


class Engine:
    """Executes commands and answers queries; safe to share between threads."""

    def __init__(self, settings: Settings, *, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock: Clock = clock or SystemClock()
        self.database = Database(settings.database_url)
        self._keys = KeyGenerator(node=settings.node)
        self._definitions = DefinitionCache()
        self._zone = ZoneInfo(settings.time_zone)
        self.files = open_files(settings.files)
        #: Called after each command with the moment of the earliest due row; the pump sets its alarm by it.
        self.after_command: Callable[[], None] | None = None
        #: Told of each command after it, done or not, outside its transaction.
        self.on_report: Callable[[CommandReport], None] | None = None

    def migrate(self) -> None:
        """Bring the database's schema up to date; nothing happens when it is."""
        migrate(self.settings.database_url)

    def execute(self, command: Command[Result]) -> Result:
        """Run a command in one transaction: all of it is written, or nothing.

        Raises what the command raises (CommandRejected, DefinitionInvalid) or StoreUnavailable.
        Two commands that locked each other out are tried again, which is safe: nothing was written.
        """
        if self.on_report is None:
            return self._execute(command)
        began, error = time.perf_counter(), ""
        try:
            return self._execute(command)
        except Exception as problem:
            error = type(problem).__name__
            raise
        finally:
            actor = getattr(command, "actor", None)
            user = actor.user if isinstance(actor, Actor) else ""
            self.on_report(CommandReport(type(command).__name__, user, time.perf_counter() - began, error))

    def _execute(self, command: Command[Result]) -> Result:
        if isinstance(command, Prepares):
            command = self._run(command.prepare, read_only(self.database))
        for tries_left in reversed(range(_TRIES)):
            try:
                result = self._run(command.run, unit_of_work(self.database))
                break
            except StoreUnavailable as error:
                if not (tries_left and is_worth_another_try(error)):
                    raise
            except NotPermitted as error:
                self._run(NoteDenial(command, error).run, unit_of_work(self.database))
                raise
        if isinstance(result, RefusedAfterWriting):
            raise result.error
        if self.after_command is not None:
            self.after_command()
        return result

    def ask(self, query: Query[Result]) -> Result:
        """Answer a query; nothing is written."""
        return self._run(query.run, read_only(self.database))

    @contextmanager
    def questions(self) -> Iterator[Questions]:
        """Answer several queries from one snapshot; what they share is read once."""
        with read_only(self.database) as unit:
            yield Questions(self._context(unit))

    def run_due_work(self, limit: int = 1000) -> int:
        """Fire what is due now, each in its own transaction, oldest first; return how many fired.

        What firing makes due at once is fired too. A timer that fails in our own code is postponed
        and blocks no other.
        """
        fired = 0
        while fired < limit:
            due = self.ask(DueTimers(limit=min(100, limit - fired)))
            clocks = self.ask(DueDeadlines(limit=min(100, limit - fired)))
            if not (due or clocks):
                break
            fired += sum(self._fire(timer_key) for timer_key in due) + len(clocks)
            for deadline_key in clocks:
                self._tell(deadline_key)
        self.execute(ExpireMessages())
        while self.ask(SearchIsDue()):
            self.execute(RefreshSearch())
        fired += self._recalculate(limit - fired)
        fired += self._run_imports(limit - fired)
        return fired + self._run_batches(limit - fired)

    def remove_old_bodies(self, limit: int = 1000) -> int:
        """Let ended instances lose their bodies after their retention; return how many root instances did."""
        removed = 0
        while removed < limit:
            due = self.ask(DueForRetention(limit=min(100, limit - removed)))
            if not due:
                break
            for key in due:
                self.execute(RemoveBodies(process_instance_key=key))
            removed += len(due)
        return removed + self._remove_old_entries(limit - removed)

    def send_outgoing(self, limit: int = 500) -> int:
        """Send mails and call webhooks that are due, outside any transaction; return how many were taken."""
        return send_outgoing(self.execute, self.clock, self.settings.outgoing, limit)

    def read_mailbox(self, limit: int = 200) -> int:
        """Take unseen mails of the mailbox; return how many. Nothing happens when none is set."""
        mailbox, smtp = self.settings.mailbox, self.settings.outgoing.smtp
        return read_mailbox(self.execute, mailbox, smtp.sender if smtp else "", limit) if mailbox else 0

    def tidy_files(self) -> int:
        """Move bytes out of the database, drop files that no form took and bytes that nobody names; return how many."""
        done = 0
        while moved := self.execute(MoveContents()):
            done += moved
        done += self.execute(RemoveLooseFiles())
        return done + sum(self.execute(RemoveOrphan(sha256=found)) for found in self.files.storage.older_than(_YOUNG))

    def next_due_at(self) -> datetime | None:
        """Return when the next row falls due; None when nothing waits for time."""
        return self.ask(NextDueAt())

    def forget_definitions(self) -> None:
        """Drop every parsed definition; the next use reads it again."""
        self._definitions.forget()

    def close(self) -> None:
        """Close the database's connections."""
        self.database.close()

    def _run(self, step: Callable[[CommandContext], Result], work: AbstractContextManager[UnitOfWork]) -> Result:
        with work as unit:
            return step(self._context(unit))

    def _context(self, unit: UnitOfWork) -> CommandContext:
        settings = self.settings
        return CommandContext(
            unit, self.clock.now(), self._keys, self._definitions, self._zone, self.files, settings.link_keys
        )

    def _tell(self, deadline_key: DeadlineKey) -> None:
        try:
            self.execute(FireDeadline(deadline_key=deadline_key))
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("clock failed", extra={"action": "clock_failed", "deadline_key": deadline_key})
            self.execute(PostponeDeadline(deadline_key=deadline_key))

    def _recalculate(self, limit: int) -> int:
        """Go on computing the clocks of a changed calendar, some in each transaction; return how many."""
        computed = 0
        while computed < limit and self.ask(RunningRecalculation()) is not None:
            computed += self.execute(RecalculateDeadlines()) or 1
        return computed

    def _remove_old_entries(self, limit: int) -> int:
        """Let closed entries of registers lose their bodies after their retention; return how many did."""
        due = self.ask(EntriesDueForRetention(limit=limit)) if limit > 0 else []
        for key in due:
            self.execute(RemoveEntryBody(record_key=key))
        return len(due)

    def _run_imports(self, limit: int) -> int:
        """Check imports into registers, some rows in each transaction, and write those that people applied."""
        worked_on = 0
        while worked_on < limit and self.ask(ImportWaits()):
            worked_on += 1
            try:
                self.execute(GoOnWithImport())
            except StoreUnavailable:
                raise
            except Exception as error:
                log.warning("import refused", extra={"action": "import_refused", "reason": str(error)})
                self.execute(RefuseImport())
        return worked_on

    def _run_batches(self, limit: int) -> int:
        """Go on with running batches, one transaction for each instance; return how many were worked on."""
        worked_on = 0
        while worked_on < limit:
            items = self.ask(WaitingBatchItems(limit=min(100, limit - worked_on)))
            if not items:
                break
            worked_on += len(items)
            for batch_key, instance_key in items:
                self._run_item(batch_key, instance_key)
        return worked_on

    def _run_item(self, batch_key: int, instance_key: int) -> None:
        try:
            self.execute(RunBatchItem(batch_key=batch_key, instance_key=instance_key))
        except StoreUnavailable:
            raise
        except Exception:
            log.exception("batch item failed", extra={"action": "batch_item_failed", "instance_key": instance_key})
            self.execute(RunBatchItem(batch_key=batch_key, instance_key=instance_key, failure=True))

    def _fire(self, timer_key: TimerKey) -> int:
        try:
            self.execute(FireTimer(timer_key=timer_key, actor=SYSTEM))
        except CommandRejected:
            # Fired or canceled by somebody else since the list was read.
            return 0
        except StoreUnavailable:
            raise
        except Exception as error:
            log.exception("timer failed", extra={"action": "timer_failed", "timer_key": timer_key})
            self.execute(PostponeTimer(timer_key=timer_key, error=repr(error)[:2000]))
            return 0
        return 1
