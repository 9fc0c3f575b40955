"""A group's roster, week by week, and who is on duty now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from engine.commands.authorisation import ADMINISTRATOR, PROCESS_OWNER
from engine.commands.context import CommandContext
from engine.forms import Option
from engine.model import Actor, Group, Shift
from engine.queries.readers import reader_of
from engine.store.choice_lists import ChoiceLists
from engine.store.monitoring.people_list import display_names
from engine.store.people import People
from engine.store.shifts import Shifts

WEEKS = 5
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class RosterData:
    """What the page of a roster shows."""

    group: Group | None  #: None: none chosen yet
    groups: tuple[Group, ...]
    with_roster: frozenset[str]
    monday: date  #: the first day shown, in the organisation's zone
    shifts: tuple[Shift, ...]
    on_duty: tuple[str, ...]
    names: Mapping[str, str]
    members: tuple[Option, ...]
    may_change: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPage:
    """Ask for five weeks of a group's roster from the week of `day` on (None: this week)."""

    actor: Actor
    group: str = ""
    day: date | None = None

    def run(self, context: CommandContext) -> RosterData:
        """Answer; everybody logged in may see who is on duty. Raises NotPermitted."""
        reader = reader_of(context, self.actor)
        shifts, people = Shifts(context.work, context.now), People(context.work, context.now)
        groups = people.groups()
        group = next((one for one in groups if one.name == self.group), None)
        today = self.day or context.now.astimezone(context.zone).date()
        monday = today - timedelta(days=today.weekday())
        begin = datetime.combine(monday, time(), context.zone)
        found = (
            shifts.planned(group.name, ended_after=begin, begins_before=begin + timedelta(weeks=WEEKS), limit=_MOST)
            if group
            else []
        )
        members = ChoiceLists(context.work, context.now).people([group.name]) if group else []
        return RosterData(
            group=group,
            groups=tuple(groups),
            with_roster=frozenset(shifts.groups()),
            monday=monday,
            shifts=tuple(found),
            on_duty=tuple(shifts.on_duty(group.name)) if group else (),
            names=display_names(context.work, {one.user for one in found}),
            members=tuple(Option(name, label) for name, label in members),
            may_change=bool(reader.groups & {ADMINISTRATOR, PROCESS_OWNER}),
        )
