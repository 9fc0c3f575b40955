"""People, groups and units of a document of kind `people`: demonstration accounts, players of a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.rosters import PlanShifts
from engine.errors import InputInvalid
from engine.model import LANGUAGES, Actor, Label, User
from engine.people import hash_password
from engine.store.people import People
from engine.store.shifts import Shifts


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPeople:
    """Add the people that a document names and write its units; who exists already stays as is.

    `document` is `{people: [{name, display_name, email, language, unit, groups}], units: [{name, en, id, head}]}`;
    all but names may be left out. `rosters: [{group, people, days_each, turns}]` are planned from the week of this
    moment on for groups that have none. Everybody new gets the same `password` (None: cannot log in).
    Returns the people added. Administrators may.
    """

    document: Mapping[str, Any]
    actor: Actor
    password: str | None = None

    def run(self, context: CommandContext) -> list[User]:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        people = People(context.work, context.now)
        units = [(_name(unit), _label(unit), unit.get("head")) for unit in self.document.get("units") or ()]
        people.put_units(units)
        named = list(_users(self.document))
        known = people.existing([user.name for user in named])
        added = [user for user in named if user.name not in known]
        password_hash = hash_password(self.password) if self.password and added else None
        for user in added:
            people.add(user, password_hash, at=context.now)
        for roster in self.document.get("rosters") or ():
            _plan(context, self.actor, roster)
        if added:
            note_in_system(context, self.actor, "users_added", {"names": [user.name for user in added]})
        return added


def _users(document: Mapping[str, Any]) -> Iterator[User]:
    for entry in document.get("people") or ():
        name = _name(entry)
        language = str(entry.get("language") or LANGUAGES[0])
        if language not in LANGUAGES:
            raise InputInvalid(
                Label(f"{name}: there is no language {language}.", f"{name}: tidak ada bahasa {language}.")
            )
        yield User(
            name=name,
            display_name=str(entry.get("display_name") or name),
            email=str(entry.get("email") or ""),
            language=language,
            unit=str(entry.get("unit") or ""),
            is_active=bool(entry.get("is_active", True)),
            groups=tuple(str(group) for group in entry.get("groups") or ()),
        )


def _plan(context: CommandContext, actor: Actor, roster: Mapping[str, Any]) -> None:
    group = str(roster["group"])
    if Shifts(context.work, context.now).has_roster(group):
        return
    today = context.now.astimezone(context.zone).date()
    PlanShifts(
        group=group,
        people=tuple(str(name) for name in roster["people"]),
        first_day=today - timedelta(days=today.weekday()),
        days_each=int(roster["days_each"]),
        turns=int(roster["turns"]),
        actor=actor,
    ).run(context)


def _name(entry: Any) -> str:
    if not isinstance(entry, Mapping) or not str(entry.get("name") or "").strip():
        raise InputInvalid(Label(f"Expected an entry with a name, but got {entry!r}.", f"Entri tanpa nama: {entry!r}."))
    return str(entry["name"]).strip()


def _label(entry: Mapping[str, Any]) -> Label:
    english = str(entry.get("en") or entry["name"])
    return Label(english, str(entry.get("id") or english))
