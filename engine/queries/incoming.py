"""Mails that came in: those that wait for a person, and what became of the others."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.commands.parked_mails import require_keeper
from engine.commands.receive_mail import routes_of
from engine.model import Actor, Label, MailIn, MailInState
from engine.queries.outgoing import read_key
from engine.store.intake import MailsIn
from engine.store.workplace.record_lists import display_names

_PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class IncomingData:
    """Some mails, the newest first; `next` asks for older ones."""

    lines: tuple[MailIn, ...]
    names: dict[str, str]
    next: str | None
    parked: int
    routes: tuple[tuple[str, Label], ...]  #: message and label of each


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPage:
    """Ask for mails in a state; who decides about parked ones may."""

    actor: Actor
    state: MailInState = MailInState.PARKED
    before: str | None = None

    def run(self, context: CommandContext) -> IncomingData:
        """Answer in four statements."""
        require_keeper(context, self.actor)
        rows = MailsIn(context.work)
        found = rows.newest(self.state, read_key(self.before), _PAGE_SIZE + 1)
        shown = found[:_PAGE_SIZE]
        people = {name for one in shown for name in (one.user, one.settled_by) if name}
        routes = {route.message: route.label for route in routes_of(context).routes if route.label}
        return IncomingData(
            lines=tuple(shown),
            names=display_names(context.work, people),
            next=str(shown[-1].key) if len(found) > _PAGE_SIZE else None,
            parked=rows.count_parked(),
            routes=tuple(routes.items()),
        )
