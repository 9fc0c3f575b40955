"""What a person may tell a running process from the record's page: withdraw, update ..."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.send_record_message import message_label, portal_messages
from engine.model import Label
from engine.store.workplace.waiting_messages import names_waited_for


@dataclass(frozen=True, slots=True)
class PortalMessage:
    """A message that something waits for now and that a person may send."""

    name: str
    label: Label
    payload: tuple[str, ...]  #: names of the variables that it carries


def sendable_messages(
    context: CommandContext, number: str, instance_keys: Collection[int]
) -> tuple[PortalMessage, ...]:
    """Return the messages from the portal that these instances wait for under the record's number, by name."""
    offered = portal_messages(context)
    if not offered or not instance_keys:
        return ()
    waited = names_waited_for(context.work, number, instance_keys)
    return tuple(_message(name, offered[name]) for name in sorted(waited & offered.keys()))


def _message(name: str, entry: Mapping[str, Any]) -> PortalMessage:
    return PortalMessage(name, message_label(name, entry), tuple(entry.get("payload") or ()))
