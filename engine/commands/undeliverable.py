"""A message that nobody takes becomes a dead letter (BI-5): it is kept, people are told, no record is made by guess.

At once when its correlation key has the form of a record's number, and there is no such record, or it is
closed, or the catalogue of messages (`kind: messages`) names `states` and the record is in another one.
Else when its time to live is over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from engine.commands.audit import note_in_system
from engine.commands.authorisation import PROCESS_OWNER
from engine.commands.context import CommandContext
from engine.commands.notices import outbox_of
from engine.commands.record_rooms import directory_of
from engine.model import Actor, DeadLetter, DeadLetterReason
from engine.store.dead_letters import DeadLetters
from engine.store.records import Records

#: The template of what the process owners are told.
NOTICE = "dead_letter"
_NUMBER = re.compile(r"[A-Z]{2,8}-\d{4}-\d{6}")
_NAMED = 20  #: messages that one notice names


def catalogued(context: CommandContext) -> Mapping[str, Mapping[str, Any]]:
    """Return the messages of the catalogue by name."""
    return {
        name: entry
        for document in context.definitions.documents(context.work).of_kind("messages")
        for name, entry in document.get("messages", {}).items()
    }


def told_of_material_edits(context: CommandContext) -> Mapping[str, Mapping[str, Any]]:
    """Return the messages that the catalogue wants published when a material field of a record was edited."""
    return {name: entry for name, entry in catalogued(context).items() if entry.get("when") == "material_edit"}


def why_undeliverable(
    context: CommandContext, name: str, correlation_key: str, time_to_live: timedelta
) -> DeadLetterReason | None:
    """Return why nobody will ever take a message that nobody took now; None when it may wait, or matters no more."""
    if not _NUMBER.fullmatch(correlation_key):
        return None
    entry = catalogued(context).get(name, {})
    if not time_to_live and entry.get("ttl") == "PT0S":
        return None  # a warning or a button: for whoever listens now
    record = Records(context.work).find_number(correlation_key)
    if record is None:
        return DeadLetterReason.UNKNOWN_RECORD
    if record.closed_at is not None:
        return DeadLetterReason.ENDED_RECORD
    states = entry.get("states")
    if isinstance(states, list) and record.state not in states:
        return DeadLetterReason.UNEXPECTED_STATE
    return None


def bury(context: CommandContext, actor: Actor, letters: Sequence[DeadLetter]) -> None:
    """Keep dead letters, tell the process owners once, and note each in the audit."""
    if not letters:
        return
    DeadLetters(context.work).add(letters)
    for letter in letters:
        details = {"message": letter.key, "name": letter.name, "correlation_key": letter.correlation_key}
        note_in_system(context, actor, "message_undeliverable", details | {"reason": letter.reason.value})
    told = [f"{letter.name} ({letter.correlation_key or '-'})" for letter in letters[:_NAMED]]
    owners = directory_of(context).members(PROCESS_OWNER)
    outbox_of(context).send(NOTICE, owners, None, {"messages": told, "count": len(letters)})
