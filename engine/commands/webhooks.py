"""Administrators say which addresses outside are told of notifications."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import InputInvalid, NotFound
from engine.model import Actor, Label, Webhook
from engine.outbox.webhooks import parsed
from engine.store.outbox import Webhooks

_SECRET_BYTES = 32
_MOST_EVENTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AddWebhook:
    """Add a webhook; returns it with its new secret, which the receiver needs to check signatures."""

    name: str
    url: str
    actor: Actor
    events: tuple[str, ...] = ()

    def run(self, context: CommandContext) -> Webhook:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        name, url = self.name.strip()[:200], self.url.strip()
        if not name:
            raise InputInvalid(Label("Give the webhook a name.", "Beri webhook ini nama."))
        if len(url) > 2000 or parsed(url) is None:
            raise InputInvalid(
                Label(
                    "The address must begin with https:// or http:// and name a host.",
                    "Alamat harus diawali https:// atau http:// dan memuat nama host.",
                )
            )
        events = tuple(dict.fromkeys(one.strip()[:200] for one in self.events if one.strip()))[:_MOST_EVENTS]
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        key = context.keys.next_key()
        new = Webhook(key, name, url, secret, events, True, self.actor.user, context.now)
        Webhooks(context.work).add(new)
        note_in_system(context, self.actor, "webhook_added", {"name": name, "url": url, "events": list(events)})
        return new


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchWebhook:
    """Turn a webhook on or off; what waits for one that is off fails."""

    key: int
    is_active: bool
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        if not Webhooks(context.work).switch(self.key, is_active=self.is_active):
            raise NotFound(self.key)
        action = "webhook_on" if self.is_active else "webhook_off"
        note_in_system(context, self.actor, action, {"webhook": self.key})
