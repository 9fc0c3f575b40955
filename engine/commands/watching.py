"""People watch a record: they are told of its comments and of every change of its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.notices import outbox_of
from engine.commands.record_access import reader_for, require_writable_record
from engine.model import Actor, Record
from engine.store.watchers import Watchers
from engine.store.workplace.record_details import may_see_record
from engine.store.workplace.record_lists import display_names

_SHORT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchRecord:
    """Watch a record that the actor may see, or watch it no more."""

    number: str
    actor: Actor
    watch: bool = True

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        record = require_writable_record(context, self.actor, self.number)
        watchers = Watchers(context.work)
        if self.watch:
            watchers.add(record.key, self.actor.user, at=context.now)
        else:
            watchers.remove(record.key, self.actor.user)


def tell_of_comment(context: CommandContext, actor: Actor, record: Record, body: str, is_internal: bool) -> None:
    """Notify the watchers, and the requester of what is not internal."""
    told = Watchers(context.work).of_record(record.key)
    if record.requester:
        told = told - {record.requester} if is_internal else told | {record.requester}
    author = display_names(context.work, {actor.user}).get(actor.user, actor.user)
    # A notice says nothing of a restricted record but that there is something to read.
    words = "" if record.is_restricted else body[:_SHORT]
    title = "" if record.is_restricted else record.title
    data = {"title": title, "author": author, "body": words}
    outbox_of(context).send("record_commented", _who_may(context, record, told - {actor.user}), record.number, data)


def tell_of_state(context: CommandContext, actor: Actor, record: Record, before: str) -> None:
    """Notify the watchers of a new state."""
    told = Watchers(context.work).of_record(record.key) - {actor.user}
    if not told:
        return
    title = "" if record.is_restricted else record.title
    words = _state_words(context, record.type)
    data = {"title": title, "before": words.get(before, before), "state": words.get(record.state, record.state)}
    outbox_of(context).send("record_moved", _who_may(context, record, told), record.number, data)


def _who_may(context: CommandContext, record: Record, users: Iterable[str]) -> list[str]:
    """Return those who may still see the record."""
    allowed = []
    for user in sorted(users):
        permissions = read_permissions(context, Actor(user))
        if permissions.is_active and may_see_record(context.work, reader_for(context, permissions), record.key):
            allowed.append(user)
    return allowed


def _state_words(context: CommandContext, record_type: str) -> dict[str, dict[str, str]]:
    """Return the states of a register, in both languages."""
    documents = context.definitions.documents(context.work).of_kind("register")
    return {
        str(state.get("key")): {"en": str(state.get("en") or ""), "id": str(state.get("id") or "")}
        for document in documents
        if document.get("type") == record_type
        for state in document.get("states") or ()
    }
