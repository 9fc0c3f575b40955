"""Accounts: administrators add and change people, everybody chooses a language and a password."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.log_in import PasswordCheck, check_password
from engine.commands.released_tasks import release_tasks
from engine.errors import AlreadyExists, InputInvalid, LoginFailed
from engine.model import LANGUAGES, Actor, Label, User
from engine.people import hash_password
from engine.store.people import People
from engine.store.sessions import Sessions

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_PERSON = Label("person", "orang")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUser:
    """Add a person; without a password that person cannot log in yet. Administrators may."""

    user: User
    actor: Actor
    password: str | None = None

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        _check(self.user)
        people = People(context.work, context.now)
        if people.existing([self.user.name]):
            raise AlreadyExists(_PERSON, self.user.name)
        password_hash = hash_password(self.password) if self.password else None
        people.add(self.user, password_hash, at=context.now)
        details = {"name": self.user.name, "groups": sorted(self.user.groups)}
        note_in_system(context, self.actor, "user_added", details)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeUser:
    """Write a person's name, mail, unit, groups and whether the account is active. Administrators may.

    Deactivating ends every session at once, and what the person had to do goes back to the groups, or to the process
    owner. Nobody deactivates or demotes the own account, so that
    the last administrator cannot lock everybody out.
    """

    user: User
    actor: Actor
    password: str | None = None

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        _check(self.user)
        people = People(context.work, context.now)
        before = people.get(self.user.name)
        loses = "administrator" in before.groups and "administrator" not in self.user.groups
        if self.user.name == self.actor.user and (loses or not self.user.is_active):
            raise InputInvalid(
                Label("You cannot take your own access away.", "Anda tidak dapat mencabut akses Anda sendiri.")
            )
        people.save(self.user)
        if self.password:
            people.set_password(self.user.name, hash_password(self.password))
        if before.is_active and not self.user.is_active:
            release_tasks(context, self.actor, self.user.name)
        if self.password or not self.user.is_active:
            Sessions(context.work).remove_of(self.user.name)
        details = {
            name: [_jsonable(getattr(before, name)), _jsonable(getattr(self.user, name))]
            for name in ("display_name", "email", "unit", "language", "is_active", "groups")
            if _jsonable(getattr(before, name)) != _jsonable(getattr(self.user, name))
        }
        note_in_system(context, self.actor, "user_changed", {"name": self.user.name, "changes": details})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLanguage:
    """Choose the language of pages, mails and notifications for oneself."""

    language: str
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_active()
        if self.language not in LANGUAGES:
            raise _no_language(self.language)
        People(context.work, context.now).set_language(self.actor.user, self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword:
    """Choose another password for oneself; every session ends. Raises LoginFailed when the old one is wrong."""

    old: str
    new: str
    actor: Actor
    checked: PasswordCheck | None = None

    def prepare(self, context: CommandContext) -> ChangePassword:
        """Check the old password before the transaction."""
        return replace(self, checked=check_password(context, self.actor.user, self.old))

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_active()
        people = People(context.work, context.now)
        checked = self.checked or check_password(context, self.actor.user, self.old)
        if not checked.is_right or checked.password_hash != people.password_hash(self.actor.user):
            raise LoginFailed
        people.set_password(self.actor.user, hash_password(self.new))
        Sessions(context.work).remove_of(self.actor.user)
        note_in_system(context, self.actor, "password_changed", {"name": self.actor.user})


def _check(user: User) -> None:
    if not _NAME.fullmatch(user.name):
        raise InputInvalid(
            Label(
                "A login name has small letters, digits, dots, dashes: budi.santoso.",
                "Nama masuk terdiri atas huruf kecil, angka, titik, strip: budi.santoso.",
            )
        )
    if user.language not in LANGUAGES:
        raise _no_language(user.language)


def _no_language(language: str) -> InputInvalid:
    return InputInvalid(Label(f"There is no language {language}.", f"Tidak ada bahasa {language}."))


def _jsonable(value: object) -> object:
    return sorted(value) if isinstance(value, tuple) else value
