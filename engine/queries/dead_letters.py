"""Messages that nobody took, and what may be done about each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.commands.authorisation import ADMINISTRATOR
from engine.commands.context import CommandContext
from engine.commands.dead_letters import Proposal, proposal_for
from engine.errors import InputInvalid
from engine.model import Actor, DeadLetter, DeadLetterState, Label
from engine.queries.operators import require_observer
from engine.store.dead_letters import DeadLetters
from engine.store.workplace.record_lists import display_names

_PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class DeadLetterLine:
    """A message that nobody took; `proposal` is what the catalogue has instead of it."""

    letter: DeadLetter
    proposal: Proposal | None
    settled_by_name: str | None


@dataclass(frozen=True, slots=True)
class DeadLettersPage:
    """Some dead letters, the newest first; `next` asks for older ones."""

    lines: tuple[DeadLetterLine, ...]
    next: str | None
    open_count: int
    may_settle: bool  #: administrators settle them
    shows_contents: bool  #: process owners learn what happened, not what the message says


@dataclass(frozen=True, slots=True, kw_only=True)
class UndeliveredMessages:
    """Ask for dead letters, open or settled. Four statements; raises NotPermitted, InputInvalid."""

    actor: Actor
    is_open: bool = True
    before: str | None = None

    def run(self, context: CommandContext) -> DeadLettersPage:
        """Answer."""
        reader = require_observer(context, self.actor)
        rows = DeadLetters(context.work)
        letters = rows.newest(is_open=self.is_open, before=_key(self.before), limit=_PAGE_SIZE + 1)
        shown = letters[:_PAGE_SIZE]
        names = display_names(context.work, {letter.settled_by for letter in shown if letter.settled_by})
        is_administrator = self.actor.is_system or ADMINISTRATOR in reader.groups
        return DeadLettersPage(
            lines=tuple(_line(context, letter, names) for letter in shown),
            next=str(shown[-1].key) if len(letters) > _PAGE_SIZE else None,
            open_count=rows.count_open(),
            may_settle=is_administrator,
            shows_contents=reader.reads_all,
        )


def _line(context: CommandContext, letter: DeadLetter, names: Mapping[str, str]) -> DeadLetterLine:
    is_open = letter.state is DeadLetterState.OPEN
    settled_by = names.get(letter.settled_by, letter.settled_by) if letter.settled_by else None
    return DeadLetterLine(letter, proposal_for(context, letter) if is_open else None, settled_by)


def _key(text: str | None) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise InputInvalid(Label("This page does not exist.", "Halaman ini tidak ada."))
    return int(text)
