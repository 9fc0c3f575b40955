"""What concerns the whole system is noted in its own stream of the audit chain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.commands.context import CommandContext
from engine.history import SYSTEM_STREAM, Streams
from engine.model import Actor
from engine.store.history import History


def note_in_system(context: CommandContext, actor: Actor, action: str, details: Mapping[str, Any]) -> None:
    """Append to the system's stream."""
    streams = Streams(History(context.work), at=context.now, actor=actor.user)
    streams.note(SYSTEM_STREAM, action, details)
    streams.write()
