"""Is the work going on? Backlog of the pump, oldest due row, database, versions."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import metadata

from engine.commands.context import CommandContext
from engine.model import Actor
from engine.queries.operators import require_auditor
from engine.store.monitoring import database, waiting
from engine.store.monitoring.database import DatabaseFacts
from engine.store.monitoring.waiting import Backlog

_PATIENCE = timedelta(minutes=1)
_LIBRARIES = ("clause8", "SpiffWorkflow", "SQLAlchemy", "Flask", "APScheduler", "lxml")


@dataclass(frozen=True, slots=True)
class SystemHealthPage:
    """What an operator looks at first when somebody says that nothing moves."""

    now: datetime
    timers: Backlog  #: fired by the pump
    jobs: Backlog  #: taken by workers
    database: DatabaseFacts
    versions: tuple[tuple[str, str], ...]  #: (name, version)

    @property
    def is_healthy(self) -> bool:
        """Return whether no timer has been due for longer than a busy pump needs."""
        oldest = self.timers.oldest_due_at
        return oldest is None or self.now - oldest <= _PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemHealth:
    """Ask how the system does. Nine statements, none reads a whole table."""

    actor: Actor

    def run(self, context: CommandContext) -> SystemHealthPage:
        """Answer; raises NotPermitted."""
        require_auditor(context, self.actor)
        return SystemHealthPage(
            now=context.now,
            timers=waiting.timer_backlog(context.work, context.now),
            jobs=waiting.job_backlog(context.work, context.now),
            database=database.facts(context.work),
            versions=(("Python", platform.python_version()), *((name, _version(name)) for name in _LIBRARIES)),
        )


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return "-"
