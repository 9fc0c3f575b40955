"""What concerns the whole system is noted in its own stream of the audit chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.history import SYSTEM_STREAM, Streams
from engine.model import SYSTEM, Actor
from engine.store.history import History


def note_in_system(context: CommandContext, actor: Actor, action: str, details: Mapping[str, Any]) -> None:
    """Append to the system's stream."""
    streams = Streams(History(context.work), at=context.now, actor=actor.user)
    streams.note(SYSTEM_STREAM, action, details)
    streams.write()


@dataclass(frozen=True, slots=True)
class NoteDenial:
    """Somebody tried what a permission or a rule of segregation forbids (BI-4); `command` is what was asked."""

    command: object
    error: NotPermitted

    def run(self, context: CommandContext) -> None:
        """Do it in a transaction of its own: that of the command is gone."""
        actor = getattr(self.command, "actor", SYSTEM)
        asked = type(self.command).__name__
        named = {
            name: str(value)
            for name in ("user_task_key", "process_id", "process_instance_key", "number", "name")
            if (value := getattr(self.command, name, None)) is not None
        }
        note_in_system(context, actor, "access_denied", {"rule": self.error.rule, "asked": asked} | named)
