"""What concerns the whole system is noted in its own stream of the audit chain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.commands.context import CommandContext
from engine.errors import NotPermitted
from engine.history import SYSTEM_STREAM, Streams
from engine.model import SYSTEM, Actor
from engine.store.history import History

#: So many of one person's denials are noted in a minute.
MOST_DENIALS = 20
_MINUTE = timedelta(minutes=1)
_DENIED, _MORE = "access_denied", "access_denied_more"
_DENIALS = (_DENIED, _MORE)


def note_in_system(context: CommandContext, actor: Actor, action: str, details: Mapping[str, Any]) -> None:
    """Append to the system's stream."""
    streams = Streams(History(context.work), at=context.now, actor=actor.user)
    streams.note(SYSTEM_STREAM, action, details)
    streams.write()


@dataclass(frozen=True, slots=True)
class NoteDenial:
    """Somebody tried what a permission or a rule of segregation forbids (BI-4); `command` is what was asked.

    Of one person a few are noted in a minute, then that there were more: nobody fills the audit by trying.
    """

    command: object
    error: NotPermitted

    def run(self, context: CommandContext) -> None:
        """Do it in a transaction of its own: that of the command is gone."""
        actor = getattr(self.command, "actor", SYSTEM)
        noted = History(context.work).noted_since(SYSTEM_STREAM, _DENIALS, actor.user, context.now - _MINUTE)
        if noted > MOST_DENIALS:
            return
        if noted == MOST_DENIALS:
            note_in_system(context, actor, _MORE, {"most_in_a_minute": MOST_DENIALS})
            return
        asked = type(self.command).__name__
        named = {
            name: str(value)
            for name in ("user_task_key", "process_id", "process_instance_key", "number", "name")
            if (value := getattr(self.command, name, None)) is not None
        }
        note_in_system(context, actor, _DENIED, {"rule": self.error.rule, "asked": asked} | named)
