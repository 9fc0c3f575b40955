"""Many people at once out of a sheet: looked at first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from engine.commands.accounts import AddUser, ChangeUser
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.errors import InputInvalid
from engine.model import LANGUAGES, Actor, Label, User
from engine.people import SheetLine, read_sheet
from engine.store.people import People

_FIELDS = ("display_name", "email", "language", "unit")


class ImportStep(Enum):
    """What importing a line would do."""

    ADD = "add"
    CHANGE = "change"
    KEEP = "keep"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """What a line of the sheet would do; `changes`: field -> (before, after)."""

    line: int
    name: str
    step: ImportStep
    user: User | None
    changes: Mapping[str, tuple[Any, Any]]
    problem: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPeople:
    """Add and change the people of a sheet; who is not in it stays as is. Returns (added, changed).

    Nothing is done when any line is wrong. Empty cells change nothing; new people have no password and get theirs by a
    link. Administrators may. Raises InputInvalid that names the first line with a problem.
    """

    text: str
    actor: Actor

    def run(self, context: CommandContext) -> tuple[int, int]:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_administrator()
        planned = plan_import(context, self.text)
        for one in planned:
            if one.problem is not None:
                raise InputInvalid(Label(f"Line {one.line}: {one.problem.en}", f"Baris {one.line}: {one.problem.id}"))
        added = [one.user for one in planned if one.step is ImportStep.ADD and one.user]
        changed = [one.user for one in planned if one.step is ImportStep.CHANGE and one.user]
        for user in added:
            AddUser(user=user, actor=self.actor).run(context)
        for user in changed:
            ChangeUser(user=user, actor=self.actor).run(context)
        return len(added), len(changed)


def plan_import(context: CommandContext, text: str) -> list[PlannedPerson]:
    """Return what importing the sheet would do, line by line; raises InputInvalid when it is no such sheet."""
    people = People(context.work, context.now)
    lines = read_sheet(text)
    known = {user.name: user for user in people.many([line.name for line in lines])}
    groups = {group.name for group in people.groups()}
    return [_planned(line, known.get(line.name), groups) for line in lines]


def _planned(line: SheetLine, before: User | None, groups: set[str]) -> PlannedPerson:
    problem = line.problem
    unknown = sorted(set(line.groups or ()) - groups)
    if problem is None and unknown:
        named = ", ".join(unknown)
        problem = Label(f"There is no group {named}.", f"Tidak ada grup {named}.")
    if problem is not None:
        return PlannedPerson(line.number, line.name, ImportStep.REFUSE, None, {}, problem)
    start = before or User(line.name, line.name, "", LANGUAGES[0], "", is_active=True, groups=())
    given: dict[str, Any] = {name: line.values[name] for name in _FIELDS if name in line.values}
    if line.groups is not None:
        given["groups"] = line.groups
    if line.is_active is not None:
        given["is_active"] = line.is_active
    user = replace(start, **given)
    changes = {name: (getattr(start, name), value) for name, value in given.items() if getattr(start, name) != value}
    if before is None:
        return PlannedPerson(line.number, line.name, ImportStep.ADD, user, changes)
    step = ImportStep.CHANGE if changes else ImportStep.KEEP
    return PlannedPerson(line.number, line.name, step, user, changes)
