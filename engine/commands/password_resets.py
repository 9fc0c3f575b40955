"""An administrator lets a person choose a new password by a link that works once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.log_in import digest
from engine.errors import ResetNotFound, UserNotFound
from engine.model import Actor
from engine.people import hash_password
from engine.store.password_resets import PasswordResets
from engine.store.people import People
from engine.store.sessions import LoginAttempts, Sessions

LIFETIME = timedelta(hours=24)
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePasswordReset:
    """Return a token by which the person may choose a password within a day; earlier ones end. Administrators may.

    The token is never stored, and the old password keeps working until another is chosen.
    """

    name: str
    actor: Actor

    def run(self, context: CommandContext) -> str:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        if self.name not in People(context.work, context.now).active([self.name]):
            raise UserNotFound(self.name)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        resets = PasswordResets(context.work, context.now)
        resets.replace(digest(token), self.name, created_by=self.actor.user, expires_at=context.now + LIFETIME)
        note_in_system(context, self.actor, "password_reset_created", {"name": self.name})
        return token


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """Choose a password by a token; every session of that person ends. Raises ResetNotFound, InputInvalid.

    Who holds the token need not be logged in; `password_hash` is computed before the transaction.
    """

    token: str
    password: str
    password_hash: str = ""

    def prepare(self, context: CommandContext) -> ResetPassword:
        """Hash before the transaction, since that takes long on purpose; not for a token that nobody gave."""
        if PasswordResets(context.work, context.now).user(digest(self.token)) is None:
            return self
        return replace(self, password_hash=hash_password(self.password))

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        name = PasswordResets(context.work, context.now).take(digest(self.token))
        if name is None or name not in People(context.work, context.now).active([name]):
            raise ResetNotFound("")
        password_hash = self.password_hash or hash_password(self.password)
        People(context.work, context.now).set_password(name, password_hash)
        Sessions(context.work).remove_of(name)
        LoginAttempts(context.work).clear([f"name:{name}"])
        note_in_system(context, Actor(name), "password_changed", {"name": name, "by": "link"})
