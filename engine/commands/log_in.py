"""People log in and out; sessions live in the database, so that any node can answer."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from engine.commands.audit import note_in_system
from engine.commands.context import CommandContext, RefusedAfterWriting
from engine.errors import LoginFailed
from engine.model import Actor, User
from engine.people import (
    FREE_FAILURES,
    FREE_FAILURES_OF_ADDRESS,
    counted_failures,
    hash_password,
    needs_rehash,
    verify_password,
    wait_seconds,
)
from engine.store.people import People
from engine.store.sessions import LoginAttempts, Sessions

_LIFETIME = timedelta(hours=12)
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class PasswordCheck:
    """Whether a password fits a stored hash. Checking takes long on purpose, so it is done outside transactions."""

    password_hash: str | None
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogIn:
    """Open a session; returns its token (never stored) and the person.

    Raises LoginFailed, which says nothing of whether the name exists. Failures are counted for the
    name and for the address it came from; each beyond the free ones doubles the wait.
    """

    name: str
    password: str
    address: str
    lifetime: timedelta = _LIFETIME
    device: str = ""  #: as the browser calls itself
    checked: PasswordCheck | None = None

    def prepare(self, context: CommandContext) -> LogIn:
        """Check the password before the transaction; not while the name or address has to wait."""
        if self._wait(context, LoginAttempts(context.work).failures(list(self._free()))):
            return self
        return replace(self, checked=check_password(context, self.name, self.password))

    def run(self, context: CommandContext) -> tuple[str, User] | RefusedAfterWriting:
        """Do it in the caller's transaction; a failure is counted although the login is refused."""
        attempts = LoginAttempts(context.work)
        subjects = list(self._free())
        failures = attempts.failures(subjects)
        if wait := self._wait(context, failures):
            raise LoginFailed(wait)
        people = People(context.work, context.now)
        password_hash = people.password_hash(self.name)
        checked = self.checked or check_password(context, self.name, self.password)
        is_right = checked.is_right and checked.password_hash == password_hash
        user = people.find(self.name) if is_right else None
        if user is None or not user.is_active:
            return self._refused(context, attempts, subjects, failures)
        attempts.clear(subjects[:1])
        if password_hash is not None and needs_rehash(password_hash):
            people.set_password(user.name, hash_password(self.password))
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        Sessions(context.work).add(
            digest(token),
            user.name,
            at=context.now,
            expires_at=context.now + self.lifetime,
            address=self.address,
            device=self.device,
        )
        note_in_system(context, Actor(user.name), "logged_in", {"address": self.address})
        return token, user

    def _free(self) -> dict[str, int]:
        return {f"name:{self.name[:200]}": FREE_FAILURES, f"address:{self.address[:200]}": FREE_FAILURES_OF_ADDRESS}

    def _wait(self, context: CommandContext, failures: Mapping[str, tuple[int, datetime]]) -> int:
        free = self._free()
        waits = (
            wait_seconds(count, last_at, context.now, free=free[subject])
            for subject, (count, last_at) in failures.items()
        )
        return max(waits, default=0)

    def _refused(
        self,
        context: CommandContext,
        attempts: LoginAttempts,
        subjects: list[str],
        failures: Mapping[str, tuple[int, datetime]],
    ) -> RefusedAfterWriting:
        stale = [name for name, (count, at) in failures.items() if not counted_failures(count, at, context.now)]
        attempts.clear(stale)
        attempts.note_failure(subjects, at=context.now)
        note_in_system(context, Actor(self.name[:200]), "login_failed", {"address": self.address})
        return RefusedAfterWriting(LoginFailed())


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOut:
    """End a session everywhere; an unknown token is no error."""

    token: str

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        user = Sessions(context.work).remove(digest(self.token))
        if user is not None:
            note_in_system(context, Actor(user), "logged_out", {})


def check_password(context: CommandContext, name: str, password: str) -> PasswordCheck:
    """Return whether this is the person's password; as slow for a name that nobody has."""
    password_hash = People(context.work, context.now).password_hash(name)
    return PasswordCheck(password_hash, verify_password(password_hash, password))


def digest(token: str) -> str:
    """Return what is stored of a session's token."""
    return sha256(token.encode()).hexdigest()
