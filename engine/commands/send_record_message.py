"""A person tells a record's process something: withdraws a request, adds what was missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.correlation import Published, publish
from engine.commands.record_access import require_visible_record
from engine.commands.record_rooms import streams_of
from engine.commands.runtime import Runtime
from engine.commands.undeliverable import catalogued
from engine.errors import MessageNotCorrelated, NotPermitted
from engine.model import Actor, Label
from engine.store.records import Records

#: Who a message of the catalogue may come from, so that people can send it.
PORTAL = "portal"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendRecordMessage:
    """Send a message that the catalogue (`kind: messages`) gives to the portal, with the record's number as key.

    The record's requester and people may. Raises MessageNotCorrelated when nothing waits for it now.
    """

    number: str
    name: str
    actor: Actor
    variables: Mapping[str, Any] = field(default_factory=dict)

    def run(self, context: CommandContext) -> Published:
        """Do it in the caller's transaction."""
        records = Records(context.work)
        record = records.get(self.number)
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        people = {record.requester, *(user for users in records.people(record.key).values() for user in users)}
        if self.actor.user not in people and not self.actor.is_system:
            require_visible_record(context, self.actor, self.number)
            raise NotPermitted(
                "record",
                Label("only the people of this record may do that.", "hanya orang pada rekaman ini yang boleh."),
            )
        offered = portal_messages(context)
        if self.name not in offered:
            raise NotPermitted(
                "message", Label("people cannot send this message.", "pesan ini tidak dapat dikirim oleh orang.")
            )
        runtime = Runtime(context, self.actor)
        # Only what the catalogue says the message carries: a browser must not write other variables.
        payload = offered[self.name].get("payload") or ()
        carried = {name: value for name, value in self.variables.items() if name in payload}
        published = publish(runtime, self.name, self.number, carried, time_to_live=timedelta())
        if not published.correlated_instances:
            raise MessageNotCorrelated(self.name, self.number)
        runtime.settle()
        streams = streams_of(context, self.actor)
        streams.append(record, "message_sent", _told(self.name, offered[self.name], carried))
        streams.write()
        return published


def portal_messages(context: CommandContext) -> Mapping[str, Mapping[str, Any]]:
    """Return the messages that people may send, by name, as the catalogue describes them."""
    return {name: entry for name, entry in catalogued(context).items() if PORTAL in str(entry.get("from", ""))}


def message_label(name: str, entry: Mapping[str, Any]) -> Label:
    """Return what the catalogue calls a message, else its name as words."""
    label = entry.get("label") or {}
    english = str(label.get("en") or name.replace("_", " ").capitalize())
    return Label(english, str(label.get("id") or english))


def _told(name: str, entry: Mapping[str, Any], carried: Mapping[str, Any]) -> dict[str, str]:
    """Return what the record's history says of a message: its name, and the words that came with it."""
    label = message_label(name, entry)
    words = [value for value in carried.values() if isinstance(value, str) and value]
    return {"name": name, "en": label.en, "id": label.id, "words": "\n".join(words)}
