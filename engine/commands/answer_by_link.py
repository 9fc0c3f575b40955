"""A person answers a user task by a link out of a notification, without logging in where the diagram allows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.answer_offer import Offer, find_link, read_offer
from engine.commands.audit import note_in_system
from engine.commands.complete_user_task import CompleteUserTask
from engine.commands.context import CommandContext, RefusedAfterWriting
from engine.errors import EngineError, InputInvalid, LinkNotFound, LinkRefused, LoginFailed, NotPermitted
from engine.model import SYSTEM, Actor, Label, LinkState
from engine.people import counted_failures, wait_seconds
from engine.store.answer_links import AnswerLink, AnswerLinks
from engine.store.sessions import LoginAttempts

#: Failures of one address that cost nothing; a whole office may open old links.
FREE_FAILURES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerByLink:
    """Complete the link's user task with one of the answers that its diagram offers; returns who answered.

    `person` is who is logged in (None: nobody), `address` where the request came from. Everything is checked anew: the
    token, the seal, absence, segregation of duties, the form. Each refused try is written to the audit; too many of
    one address must wait. Raises LinkNotFound, LinkRefused, NotPermitted, FormRejected, LoginFailed (wait).
    """

    token: str
    answer: str
    person: Actor | None
    address: str
    reason: str = ""

    def run(self, context: CommandContext) -> str | RefusedAfterWriting:
        """Do it in the caller's transaction; a refusal is counted and noted."""
        require_no_wait(context, self.address)
        link = None
        try:
            link = find_link(context, self.token)
            offer = read_offer(context, link, self.person)
            if offer.state is not LinkState.OPEN:
                raise LinkRefused(offer.state)
            with context.work.savepoint():
                self._complete(context, offer)
        except (LinkNotFound, LinkRefused, NotPermitted) as error:
            return refused(context, self.address, error, link)
        details = {"task": offer.details.task.key, "answer": self.answer, "address": self.address}
        note_in_system(context, Actor(offer.link.user), "answered_by_link", details)
        return offer.link.user

    def _complete(self, context: CommandContext, offer: Offer) -> None:
        chosen = offer.answer(self.answer)
        if chosen is None:
            raise InputInvalid(Label("Choose one of the buttons.", "Pilih salah satu tombol."))
        if not AnswerLinks(context.work).use(offer.link.key, at=context.now):
            raise LinkRefused(LinkState.USED)
        values = _copy(chosen.get("values"))
        if path := str(chosen.get("reason") or ""):
            _put(values, path.split("."), self.reason.strip())
        CompleteUserTask(user_task_key=offer.link.task_key, actor=Actor(offer.link.user), submitted=values).run(context)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLinkRefusal:
    """Count and note that a link was opened that is none, or by whom a rule keeps away; a good link writes nothing."""

    token: str
    person: Actor | None
    address: str

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction; raises LoginFailed when the address has to wait."""
        require_no_wait(context, self.address)
        link = None
        try:
            link = find_link(context, self.token)
            read_offer(context, link, self.person)
        except (LinkNotFound, NotPermitted) as error:
            refused(context, self.address, error, link)


def require_no_wait(context: CommandContext, address: str) -> None:
    """Raise LoginFailed with the seconds to wait when too many links of this address were refused."""
    subject = _subject(address)
    found = LoginAttempts(context.work).failures([subject]).get(subject)
    wait = wait_seconds(*found, context.now, free=FREE_FAILURES) if found else 0
    if wait:
        raise LoginFailed(wait)


def refused(context: CommandContext, address: str, error: EngineError, link: AnswerLink | None) -> RefusedAfterWriting:
    """Count and note a refused link, and return the refusal."""
    attempts, subject = LoginAttempts(context.work), _subject(address)
    found = attempts.failures([subject]).get(subject)
    if found and not counted_failures(*found, context.now):
        attempts.clear([subject])
    attempts.note_failure([subject], at=context.now)
    details: dict[str, Any] = {"address": address, "reason": type(error).__name__}
    if isinstance(error, LinkRefused):
        details["state"] = error.state.value
    whose = Actor(link.user) if link else SYSTEM
    if link is not None:
        details["task"] = link.task_key
    if isinstance(error, NotPermitted):
        note_in_system(context, whose, "access_denied", {"rule": error.rule, "asked": "AnswerByLink"} | details)
    else:
        note_in_system(context, whose, "link_refused", details)
    return RefusedAfterWriting(error)


def _subject(address: str) -> str:
    return f"link:{address[:200]}"


def _copy(values: Any) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        return {}
    return {str(name): _copy(value) if isinstance(value, Mapping) else value for name, value in values.items()}


def _put(values: dict[str, Any], path: list[str], text: str) -> None:
    for name in path[:-1]:
        values = values.setdefault(name, {})
    values[path[-1]] = text
