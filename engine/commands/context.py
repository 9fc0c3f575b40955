"""What every command gets: one transaction, the time, keys, the caches and the rules of content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, Self, TypeVar, runtime_checkable
from zoneinfo import ZoneInfo

from engine.errors import EngineError
from engine.files import Files
from engine.keys import KeyGenerator
from engine.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from engine.commands.definitions import DefinitionCache

Result = TypeVar("Result", covariant=True)


@dataclass(slots=True)
class CommandContext:
    """The surroundings of one command (or one query, whose `work` is never committed)."""

    work: UnitOfWork
    now: datetime
    keys: KeyGenerator
    definitions: DefinitionCache
    zone: ZoneInfo  #: of dates without a zone, and of the year in a record's number
    files: Files  #: where attached files lie, and which may come in
    link_keys: tuple[bytes, ...] = ()  #: sign links of notifications, the newest first


@dataclass(frozen=True, slots=True)
class RefusedAfterWriting:
    """What `run` returns instead of raising `error` when what it wrote must stay: a failed login is counted."""

    error: EngineError


class Command(Protocol[Result]):
    """One verb: a frozen dataclass whose `run` changes state inside the caller's transaction."""

    def run(self, context: CommandContext) -> Result | RefusedAfterWriting:
        """Do it, or raise a CommandRejected before anything changed."""
        ...


@runtime_checkable
class Prepares(Protocol):
    """A command that does slow work before its transaction, so that nobody waits for it: checks a password."""

    def prepare(self, context: CommandContext) -> Self:
        """Return the command with what it found; `context.work` only reads."""
        ...


class Query(Protocol[Result]):
    """One question: a frozen dataclass whose `run` only reads."""

    def run(self, context: CommandContext) -> Result:
        """Answer, or raise NotFound or NotPermitted."""
        ...
