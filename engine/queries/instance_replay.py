"""How an instance went through its diagram, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.commands.context import CommandContext
from engine.errors import ProcessInstanceNotFound
from engine.model import Actor, Label
from engine.queries.element_names import ElementNames
from engine.queries.operators import require_observer
from engine.store.monitoring import instance_detail

#: What moves a token or stops it, in the words of the history.
MOVES = (
    "element_entered",
    "element_completed",
    "element_canceled",
    "fault_opened",
    "fault_retried",
    "fault_resolved",
    "instance_migrated",
)
MOST_STEPS = 2_000


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """One move. What is entered and left at once has a completion only."""

    at: datetime
    action: str  #: one of MOVES
    element_id: str | None
    element_instance_key: int | None
    name: Label | None
    flows: tuple[str, ...]  #: taken by the completion


@dataclass(frozen=True, slots=True)
class Replay:
    """The steps, oldest first; `has_more` when older ones were left out."""

    steps: tuple[ReplayStep, ...]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceReplay:
    """Ask for the newest 2,000 steps of an instance. Three statements."""

    process_instance_key: int
    actor: Actor

    def run(self, context: CommandContext) -> Replay:
        """Answer; raises NotPermitted, ProcessInstanceNotFound."""
        require_observer(context, self.actor)
        work, key = context.work, self.process_instance_key
        definition_key = instance_detail.definition_of(work, key)
        if definition_key is None:
            raise ProcessInstanceNotFound(key)
        entries = instance_detail.moves(work, key, MOVES, limit=MOST_STEPS + 1)
        names = ElementNames(context)
        steps = [
            ReplayStep(
                at=entry.at,
                action=entry.action,
                element_id=entry.element_id,
                element_instance_key=entry.element_instance_key,
                name=names.of(entry.process_definition_key or definition_key, entry.element_id)
                if entry.element_id
                else None,
                flows=tuple(entry.details.get("flows", ())),
            )
            for entry in entries[:MOST_STEPS]
        ]
        return Replay(tuple(reversed(steps)), len(entries) > MOST_STEPS)
