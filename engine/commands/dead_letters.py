"""An administrator settles a message that nobody took: publishes it again, proposes another, or gives it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.bpmn.timing import parse_duration
from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.correlation import Published, publish
from engine.commands.runtime import Runtime
from engine.commands.undeliverable import catalogued
from engine.errors import DeadLetterNotFound, InputInvalid, NotInState
from engine.model import Actor, DeadLetter, DeadLetterState, Label
from engine.store.dead_letters import DeadLetters
from engine.store.records import Records

_LETTER = Label("dead letter", "pesan tak tersampaikan")
_MOST_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the catalogue proposes instead of a message that nobody took."""

    message: str
    label: Label
    words_as: str  #: the variable that carries the person's words
    carries: Mapping[str, str] = field(default_factory=dict)  #: variable -> field of the record


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishDeadLetter:
    """Publish a dead letter again, with its own or a corrected correlation key; administrators may.

    Raises DeadLetterNotFound, NotInState when somebody settled it before, and InputInvalid when it would die at once.
    """

    key: int
    correlation_key: str
    reason: str
    actor: Actor

    def run(self, context: CommandContext) -> Published:
        """Do it in the caller's transaction."""
        letter = _settled(context, self.actor, self.key, DeadLetterState.REPUBLISHED, self.reason)
        runtime = Runtime(context, self.actor)
        lives = _time_to_live(runtime, letter.name)
        published = publish(runtime, letter.name, self.correlation_key, letter.variables, time_to_live=lives)
        if published.dead_letter is not None:
            raise InputInvalid(
                Label(
                    f"Nobody would take it under the key {self.correlation_key!r} either; correct the number.",
                    f"Dengan kunci {self.correlation_key!r} pun tidak ada yang menerimanya; perbaiki nomornya.",
                )
            )
        runtime.settle()
        return published


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishProposal:
    """Publish what the catalogue proposes instead of a dead letter, with words of the person; administrators may.

    Raises DeadLetterNotFound, NotInState when it was settled before, and InputInvalid when nothing is proposed.
    """

    key: int
    words: str
    actor: Actor

    def run(self, context: CommandContext) -> Published:
        """Do it in the caller's transaction."""
        letter = _settled(context, self.actor, self.key, DeadLetterState.PROPOSED, self.words)
        proposal = proposal_for(context, letter)
        if proposal is None:
            raise InputInvalid(Label("Nothing is proposed for it.", "Tidak ada usulan untuknya."))
        runtime = Runtime(context, self.actor)
        variables = _carried(context, proposal, letter, self.words)
        lives = _time_to_live(runtime, proposal.message)
        message_id = f"dead-letter-{letter.key}"
        published = publish(runtime, proposal.message, "", variables, time_to_live=lives, message_id=message_id)
        runtime.settle()
        return published


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDeadLetter:
    """Give a dead letter up for a reason; administrators may. Raises DeadLetterNotFound, NotInState, InputInvalid."""

    key: int
    reason: str
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        _settled(context, self.actor, self.key, DeadLetterState.DISCARDED, self.reason)


def proposal_for(context: CommandContext, letter: DeadLetter) -> Proposal | None:
    """Return what the catalogue proposes instead of a message that came in the wrong state of its record."""
    entry = catalogued(context).get(letter.name, {}).get("otherwise")
    if not isinstance(entry, Mapping) or not entry.get("message"):
        return None
    label, name = entry.get("label") or {}, str(entry["message"])
    carries = {str(variable): str(path) for variable, path in (entry.get("carries") or {}).items()}
    words_as = str(entry.get("words") or "words")
    return Proposal(name, Label(str(label.get("en") or name), str(label.get("id") or name)), words_as, carries)


def _settled(context: CommandContext, actor: Actor, key: int, state: DeadLetterState, reason: str) -> DeadLetter:
    """Settle it and note so in the audit; the database decides between two who settle it in the same second."""
    read_permissions(context, actor).require_administrator()
    reason = reason.strip()
    if not 0 < len(reason) <= _MOST_CHARACTERS:
        raise InputInvalid(Label("Say why, in 1 to 4,000 characters.", "Tulis alasannya, 1 sampai 4.000 karakter."))
    rows = DeadLetters(context.work)
    letter = rows.find(key)
    if letter is None:
        raise DeadLetterNotFound(key)
    if not rows.settle(key, state, by=actor.user, at=context.now, note=reason):
        raise NotInState(_LETTER, key, DeadLetterState.OPEN.value, letter.state.value)
    details = {"message": key, "name": letter.name, "correlation_key": letter.correlation_key, "reason": reason}
    note_in_system(context, actor, f"dead_letter_{state.value}", details)
    return letter


def _time_to_live(runtime: Runtime, name: str) -> timedelta:
    duration = parse_duration(str(catalogued(runtime.context).get(name, {}).get("ttl") or ""))
    return duration.after(runtime.now) - runtime.now if duration else timedelta()


def _carried(context: CommandContext, proposal: Proposal, letter: DeadLetter, words: str) -> dict[str, Any]:
    record = Records(context.work).find_number(letter.correlation_key)
    fields = record.fields if record else {}
    told = f"{letter.name} {letter.correlation_key}, {letter.published_at.isoformat()}"
    return {
        "origin": letter.correlation_key,
        proposal.words_as: f"{words.strip()}\n{told}",
        **{variable: fields.get(name) for variable, name in proposal.carries.items()},
    }
