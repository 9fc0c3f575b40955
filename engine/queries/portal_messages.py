"""What a person may tell a running process from the record's page: withdraw, update ..."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.context import CommandContext
from engine.model import Label
from engine.store.workplace.waiting_messages import names_waited_for

#: In `messages.yaml`: who sends the message; these may be sent by a requester.
_FROM_PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class PortalMessage:
    """A message that something waits for now and that a person may send."""

    name: str
    label: Label


def portal_messages(context: CommandContext, instance_keys: Collection[int]) -> tuple[PortalMessage, ...]:
    """Return the messages that these instances wait for and that come from the portal, by name."""
    offered = {name: entry for name, entry in _catalogue(context).items() if _is_from_portal(entry)}
    if not offered or not instance_keys:
        return ()
    waited = names_waited_for(context.work, instance_keys)
    return tuple(PortalMessage(name, _label(offered[name], name)) for name in sorted(waited & offered.keys()))


def _catalogue(context: CommandContext) -> dict[str, Mapping[str, Any]]:
    documents = context.definitions.documents(context.work).of_kind("messages")
    return {name: entry for document in documents for name, entry in (document.get("messages") or {}).items()}


def _is_from_portal(entry: Mapping[str, Any]) -> bool:
    sender = entry.get("from")
    return _FROM_PORTAL in sender if isinstance(sender, list) else sender == _FROM_PORTAL


def _label(entry: Mapping[str, Any], name: str) -> Label:
    label = entry.get("label") or {}
    words = name.replace("_", " ").capitalize()
    return Label(str(label.get("en") or words), str(label.get("id") or label.get("en") or words))
