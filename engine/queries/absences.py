"""Absences and deputies as people, heads of units and administrators see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from engine.commands.authorisation import Permissions, read_permissions, stand_ins_of
from engine.commands.context import CommandContext
from engine.forms import Option
from engine.model import Absence, Actor, StandIn
from engine.people import stand_in_of
from engine.store.absences import Absences
from engine.store.choice_lists import ChoiceLists
from engine.store.monitoring.people_list import display_names
from engine.store.people import People

_SHOWN_AFTER_END = timedelta(days=30)
_MOST = 500


@dataclass(frozen=True, slots=True)
class AbsencesData:
    """What the page of absences shows."""

    mine: tuple[Absence, ...]  #: of the actor, by their beginning
    others: tuple[Absence, ...]  #: of people whom the actor heads (administrators: of everybody), and who rely on him
    standing_in: tuple[StandIn, ...]  #: for whom the actor stands in now
    stand_ins: Mapping[str, str | None]  #: who is away now -> who really stands in; None: a circle, nobody
    names: Mapping[str, str]  #: login name -> display name
    keeps: frozenset[str]  #: for whom the actor may enter and end absences
    people: tuple[Option, ...]  #: for whom the actor may enter one
    deputies: tuple[Option, ...]  #: who may stand in: everybody active


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencesPage:
    """Ask for the absences that the actor has to do with. Seven statements."""

    actor: Actor

    def run(self, context: CommandContext) -> AbsencesData:
        """Answer; raises NotPermitted when the account is not active."""
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        absences, people = Absences(context.work, context.now), People(context.work, context.now)
        everybody = ChoiceLists(context.work, context.now).people()
        keeps = _kept(permissions, people, [name for name, _label in everybody])
        shown = None if permissions.is_administrator else sorted(keeps)
        found = absences.lately(shown, ended_after=context.now - _SHOWN_AFTER_END, limit=_MOST)
        deputies, _away = absences.deputies()
        me = permissions.user
        return AbsencesData(
            mine=tuple(one for one in found if one.user == me),
            others=tuple(one for one in found if one.user != me),
            standing_in=stand_ins_of(context, me),
            stand_ins={name: stand_in_of(name, deputies) for name in deputies},
            names=display_names(context.work, {name for one in found for name in (one.user, one.deputy)} | {me}),
            keeps=keeps,
            people=tuple(Option(name, label) for name, label in everybody if name in keeps),
            deputies=tuple(Option(name, label) for name, label in everybody),
        )


def _kept(permissions: Permissions, people: People, everybody: list[str]) -> frozenset[str]:
    if permissions.is_administrator:
        return frozenset(everybody)
    return frozenset({permissions.user, *people.headed_by(permissions.user)})
