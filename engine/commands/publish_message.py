"""A message arrives: from a program, from the page that plays a missing partner, from a requester's button."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.correlation import Published, broadcast, publish
from engine.commands.runtime import Runtime
from engine.errors import InputInvalid, MessageNotCorrelated
from engine.model import Actor, Label

_MAX_TIME_TO_LIVE = timedelta(days=3650)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishMessage:
    """Publish a message; administrators may.

    With a time to live of zero nobody who waits later gets it. A second message with the same
    id, name and key is ignored while the first is buffered (BI-6).
    """

    name: str
    actor: Actor
    correlation_key: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    time_to_live: timedelta = timedelta()
    message_id: str | None = None

    def run(self, context: CommandContext) -> Published:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        if not self.name.strip():
            raise InputInvalid(Label("A message needs a name.", "Pesan memerlukan nama."))
        if not timedelta() <= self.time_to_live <= _MAX_TIME_TO_LIVE:
            raise InputInvalid(
                Label("The time to live must lie between 0 and 10 years.", "Masa hidup harus antara 0 dan 10 tahun.")
            )
        runtime = Runtime(context, self.actor)
        published = publish(
            runtime,
            self.name,
            self.correlation_key,
            self.variables,
            time_to_live=self.time_to_live,
            message_id=self.message_id,
        )
        runtime.settle()
        self._note(context, published)
        return published

    def _note(self, context: CommandContext, published: Published) -> None:
        """A person who plays a partner is seen in the audit, also when nobody waited for the message."""
        if self.actor.is_system:
            return
        details = {
            "name": self.name,
            "correlation_key": self.correlation_key,
            "message": published.key,
            "variables": sorted(self.variables),
            "correlated": list(published.correlated_instances),
            "started": list(published.started_instances),
            "is_kept": published.is_buffered,
            "dead_letter": published.dead_letter.value if published.dead_letter else None,
        }
        note_in_system(context, self.actor, "message_published", details)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelateMessage:
    """Give a message to what waits for it now, or raise MessageNotCorrelated; administrators may."""

    name: str
    actor: Actor
    correlation_key: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> Published:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        runtime = Runtime(context, self.actor)
        published = publish(runtime, self.name, self.correlation_key, self.variables, time_to_live=timedelta())
        if not (published.correlated_instances or published.started_instances):
            raise MessageNotCorrelated(self.name, self.correlation_key)
        runtime.settle()
        return published


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSignal:
    """Give a signal to everything that waits for it; administrators may. Returns how many heard it."""

    name: str
    actor: Actor
    variables: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        runtime = Runtime(context, self.actor)
        heard = broadcast(runtime, self.name, self.variables)
        runtime.settle()
        return heard
