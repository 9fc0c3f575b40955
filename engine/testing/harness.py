"""A real engine on a real database, with a clock that tests move."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from engine.clock import MovableClock
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.context import CommandContext
from engine.commands.deploy import Deploy, Deployment
from engine.commands.publish_message import PublishMessage
from engine.commands.start_process_instance import StartProcessInstance
from engine.engine import Engine, Settings
from engine.model import SYSTEM, Actor, ProcessInstance, ResourceFile
from engine.store import read_only
from engine.store.census import Census, Place
from engine.store.due import TimerRows

_MANY = 10_000


class Harness:
    """An engine for tests: `with Harness(database_url) as harness: ...`; the database must be migrated."""

    def __init__(self, database_url: str, *, clock: MovableClock | None = None) -> None:
        self.clock = clock or MovableClock()
        settings = Settings(database_url=database_url, link_keys=(b"signs links of tests and of nothing else",))
        self.engine = Engine(settings, clock=self.clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database's connections."""
        self.engine.close()

    def deploy(self, *files: Path | ResourceFile, actor: Actor = SYSTEM) -> Deployment:
        """Deploy files together."""
        resources = [
            file if isinstance(file, ResourceFile) else ResourceFile(file.name, file.read_bytes()) for file in files
        ]
        return self.engine.execute(Deploy(files=tuple(resources), actor=actor))

    def let_only_start(self, file_names: Collection[str]) -> None:
        """Let the clock start the procedures in these files only."""
        self.engine.execute(_LetOnlyStart(frozenset(file_names)))

    def start(self, process_id: str, *, by: str = SYSTEM.user, **variables: Any) -> ProcessInstance:
        """Start the newest version of a process."""
        return self.engine.execute(StartProcessInstance(process_id=process_id, actor=Actor(by), variables=variables))

    def complete(self, element_id: str, *, by: str = SYSTEM.user, **variables: Any) -> ProcessInstance:
        """Complete the oldest open user task of an element; LookupError when there is none."""
        task = self.open_task(element_id)
        return self.engine.execute(CompleteUserTask(user_task_key=task.key, actor=Actor(by), variables=variables))

    def publish(self, name: str, correlation_key: str = "", **variables: Any) -> None:
        """Publish a message that nobody who waits later gets."""
        message = PublishMessage(name=name, correlation_key=correlation_key, actor=SYSTEM, variables=variables)
        self.engine.execute(message)

    def advance(self, **duration: float) -> int:
        """Move the clock on (`hours=4`) and run what falls due on the way, each at its own moment; return how many."""
        return self.advance_to(self.clock.now() + timedelta(**duration))

    def advance_to(self, moment: datetime) -> int:
        """Move the clock to `moment` and run what falls due on the way, each at its own moment; return how many."""
        ran = self.drain()
        while (due_at := self.engine.next_due_at()) is not None and self.clock.now() < due_at <= moment:
            self.clock.move_to(due_at)
            ran += self.drain()
        self.clock.move_to(moment)
        return ran + self.drain()

    def drain(self) -> int:
        """Run what is due now; return how many rows."""
        return self.engine.run_due_work(limit=_MANY)

    def forget(self) -> None:
        """Drop every parsed definition, as a restart does."""
        self.engine.forget_definitions()

    @contextmanager
    def census(self) -> Iterator[Census]:
        """Give a look at what stands where."""
        with read_only(self.engine.database) as work:
            yield Census(work)

    def open_tasks(self) -> list[str]:
        """Return the element ids of all open user tasks, oldest first."""
        with self.census() as census:
            return [task.element_id for task in census.open_user_tasks()]

    def open_task(self, element_id: str) -> Place:
        """Return the oldest open user task of an element; LookupError when there is none."""
        with self.census() as census:
            tasks = census.open_user_tasks()
        found = next((task for task in tasks if task.element_id == element_id), None)
        if found is None:
            waiting = ", ".join(task.element_id for task in tasks) or "nothing"
            raise LookupError(f"Expected an open user task of {element_id}, but {waiting} waits.")
        return found


@dataclass(frozen=True, slots=True)
class _LetOnlyStart:
    """Forget the start timers of all files but these."""

    file_names: frozenset[str]

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        TimerRows(context.work).remove_starts_of_others(self.file_names)
