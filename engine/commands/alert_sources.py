"""Administrators say which programs may report alerts and bring mails; each proves itself by a token."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import InputInvalid, NotFound, NotPermitted
from engine.model import Actor, AlertSource, Label
from engine.outbox.webhooks import signature
from engine.store.alert_sources import AlertSources

_TOKEN_BYTES = 32
#: A signed call is good for so long: nobody who recorded it can send it again later.
_FRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source with its token, which is kept as a digest only and shown once."""

    source: AlertSource
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAlertSource:
    """Add a source; with `signs` it must also sign each call with the secret that it gets."""

    name: str
    actor: Actor
    signs: bool = False

    def run(self, context: CommandContext) -> NewSource:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        name = self.name.strip()[:200]
        if not name:
            raise InputInvalid(Label("Give the source a name.", "Beri sumber ini nama."))
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        secret = secrets.token_urlsafe(_TOKEN_BYTES) if self.signs else None
        new = AlertSource(context.keys.next_key(), name, secret, True, self.actor.user, context.now, None)
        AlertSources(context.work).add(new, sha256(token.encode()).hexdigest())
        note_in_system(context, self.actor, "alert_source_added", {"name": name})
        return NewSource(new, token)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchAlertSource:
    """Turn a source on or off."""

    key: int
    is_active: bool
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        if not AlertSources(context.work).switch(self.key, is_active=self.is_active):
            raise NotFound(self.key)
        action = "alert_source_on" if self.is_active else "alert_source_off"
        note_in_system(context, self.actor, action, {"source": self.key})


@dataclass(frozen=True, slots=True)
class Credentials:
    """How a program proves who it is: its token, and the signature of the body where it signs."""

    token: str
    body: bytes = b""
    timestamp: str = ""
    signature: str = ""


def require_source(context: CommandContext, shown: Credentials) -> AlertSource:
    """Return the source that calls, and note that it did; raises NotPermitted."""
    source = check_source(context, shown)
    AlertSources(context.work).seen(source.key, context.now)
    return source


def check_source(context: CommandContext, shown: Credentials) -> AlertSource:
    """Return the source that calls; raises NotPermitted. Writes nothing."""
    rows = AlertSources(context.work)
    source = rows.by_token(sha256(shown.token.encode("utf-8", "replace")).hexdigest())
    if source is None or (source.secret is not None and not _is_signed(context, source.secret, shown)):
        raise NotPermitted(
            "source",
            Label("the token or the signature is not valid.", "token atau tanda tangannya tidak berlaku."),
        )
    return source


def _is_signed(context: CommandContext, secret: str, shown: Credentials) -> bool:
    if not (shown.timestamp.isascii() and shown.timestamp.isdigit() and len(shown.timestamp) < 12):
        return False
    is_fresh = abs(int(shown.timestamp) - context.now.timestamp()) <= _FRESH.total_seconds()
    expected = signature(secret, int(shown.timestamp), shown.body)
    return is_fresh and hmac.compare_digest(expected.encode(), shown.signature.encode("utf-8", "replace"))
