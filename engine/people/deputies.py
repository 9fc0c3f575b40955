"""Who stands in for whom: absences name deputies, and a deputy who is away has one too."""

from __future__ import annotations

from collections.abc import Mapping


def stands_in_for(user: str, deputies: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return person -> those over whom the work comes to `user`; `deputies`: who is away now -> deputy.

    Work goes on from a deputy who is away to that one's deputy, to the first who is there. Where absences lead in a
    circle, nobody stands in: the work stays where it is.
    """
    found = {}
    for away in deputies:
        way = _way(away, deputies)
        if way and way[-1] == user:
            found[away] = way[:-1]
    return found


def stand_in_of(user: str, deputies: Mapping[str, str]) -> str | None:
    """Return who gets the work of `user` now; None when nobody does: there, or a circle."""
    way = _way(user, deputies)
    return way[-1] if way else None


def _way(away: str, deputies: Mapping[str, str]) -> tuple[str, ...]:
    """Return the deputies in turn, the last one is there; empty when there is none or a circle."""
    way: list[str] = []
    person = away
    while person in deputies:
        person = deputies[person]
        if person == away or person in way:
            return ()
        way.append(person)
    return tuple(way)
