"""Rosters: who of a group is on duty, planned as people who take turns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.commands.audit import note_in_system
from engine.commands.authorisation import PROCESS_OWNER, read_permissions
from engine.commands.context import CommandContext
from engine.errors import InputInvalid, NotPermitted
from engine.model import Actor, Label, Shift
from engine.store.people import People
from engine.store.shifts import Shifts

#: A year of daily shifts; more in one go is a slip of the pen.
MOST_SHIFTS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShifts:
    """People of a group take turns of some days from a first day on; returns how many shifts were planned.

    With `begins` and `ends` each day is a shift of its own in those hours (to the next morning when `ends` is not
    later); without them a turn is one shift around the clock. Times are those of the organisation's zone.
    Administrators and process owners may. Raises NotPermitted, InputInvalid.
    """

    group: str
    people: Sequence[str]
    first_day: date
    days_each: int
    turns: int
    actor: Actor
    begins: time | None = None
    ends: time | None = None

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        require_roster_keeper(context, self.actor)
        self._check(context)
        shifts = [
            Shift(context.keys.next_key(), self.group, user, from_at, until_at)
            for user, from_at, until_at in self._planned(context)
        ]
        Shifts(context.work, context.now).add(shifts)
        details = {"group": self.group, "people": list(self.people), "first_day": self.first_day.isoformat()}
        note_in_system(context, self.actor, "shifts_planned", {**details, "shifts": len(shifts)})
        return len(shifts)

    def _check(self, context: CommandContext) -> None:
        members = set(People(context.work, context.now).members(self.group))
        strangers = [name for name in self.people if name not in members]
        if not self.people or strangers:
            named = ", ".join(strangers) or "-"
            raise InputInvalid(
                Label(
                    f"Choose members of the group {self.group}; these are none: {named}.",
                    f"Pilih anggota grup {self.group}; yang ini bukan: {named}.",
                )
            )
        counts = self.days_each > 0 and self.turns > 0
        if not counts or self.turns * (self.days_each if self.begins else 1) > MOST_SHIFTS or self.days_each > 31:
            raise InputInvalid(
                Label(
                    f"A turn has 1 to 31 days, and one plan at most {MOST_SHIFTS} shifts.",
                    f"Satu giliran 1 sampai 31 hari, dan satu rencana paling banyak {MOST_SHIFTS} giliran jaga.",
                )
            )

    def _planned(self, context: CommandContext) -> Iterator[tuple[str, datetime, datetime]]:
        for turn in range(self.turns):
            user = self.people[turn % len(self.people)]
            day = self.first_day + timedelta(days=turn * self.days_each)
            if self.begins is None or self.ends is None:
                yield user, _at(context, day, time()), _at(context, day + timedelta(days=self.days_each), time())
                continue
            for each in (day + timedelta(days=number) for number in range(self.days_each)):
                last = each if self.ends > self.begins else each + timedelta(days=1)
                yield user, _at(context, each, self.begins), _at(context, last, self.ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveShifts:
    """Take shifts off a group's roster; unknown ones are no error. Administrators and process owners may."""

    group: str
    keys: Sequence[int]
    actor: Actor

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction; return how many there were."""
        require_roster_keeper(context, self.actor)
        gone = Shifts(context.work, context.now).remove(self.group, self.keys)
        if gone:
            removed = [{"user": one.user, "from": one.from_at.isoformat()} for one in gone]
            note_in_system(context, self.actor, "shifts_removed", {"group": self.group, "removed": removed})
        return len(gone)


def require_roster_keeper(context: CommandContext, actor: Actor) -> None:
    """Raise NotPermitted unless the actor is an administrator or process owner."""
    permissions = read_permissions(context, actor)
    permissions.require_active()
    if not (permissions.is_administrator or PROCESS_OWNER in permissions.groups):
        raise NotPermitted(
            "roster",
            Label(
                "rosters are kept by administrators and process owners.",
                "jadwal jaga diatur oleh administrator dan pemilik proses.",
            ),
        )


def _at(context: CommandContext, day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, context.zone)
