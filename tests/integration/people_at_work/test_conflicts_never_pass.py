"""Whatever memberships, absences and deputies there are: nobody with a conflict claims, completes or votes.

The oracle is told the same facts and decides in its own, slow way: it walks every chain of deputies by hand.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from engine import (
    SYSTEM,
    Actor,
    AnswerByLink,
    ClaimUserTask,
    CommandRejected,
    CompleteUserTask,
    LoadPeople,
)
from engine.model import Membership
from engine.store import unit_of_work
from engine.store.people import People
from engine.store.tables import absence, answer_link
from engine.testing import Harness, MovableClock
from tests.integration.people_at_work.conftest import PASSWORD, PEOPLE, START, Office, content

NAMES = ("anna", "budi", "citra", "dodi", "eka", "fitri", "adi")
some = st.sampled_from(NAMES)
#: Person -> (hours from now at which the membership begins, at which it ends); None: no membership.
memberships = st.dictionaries(some, st.tuples(st.integers(-5, 5), st.integers(-5, 5)), max_size=6)
absences = st.dictionaries(some, some, max_size=6)
conflicted = st.sets(some, min_size=1, max_size=4)


@pytest.fixture(scope="module")
def one_office(sqlite_template: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give one office for all examples; each sets its people anew."""
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("conflicts"))  # type: ignore[attr-defined]
    with Harness(url, clock=MovableClock(START)) as harness:
        harness.deploy(*content())
        harness.engine.execute(LoadPeople(document=PEOPLE, actor=SYSTEM, password=PASSWORD))
        yield Office(harness)


def arrange(office: Office, members: Mapping[str, tuple[int, int]], away: Mapping[str, str]) -> None:
    """Give the people exactly these memberships and absences."""
    with unit_of_work(office.engine.database) as work:
        work.execute(delete(absence))
        work.execute(delete(answer_link))
        people = People(work, office.now)
        for name in NAMES:
            begins, ends = members.get(name, (-2, -1))
            from_at, until_at = (office.now + timedelta(hours=hours) for hours in (begins, ends))
            people.put_membership(name, Membership("cab", from_at, until_at))
    for name, deputy in away.items():
        if name != deputy:
            office.be_away(name, deputy)


def on_whose_behalf(person: str, members: Mapping[str, tuple[int, int]], away: Mapping[str, str]) -> list[set[str]]:
    """Return, for every right by which this person might act, everybody who stands behind it."""

    def is_member(name: str) -> bool:
        begins, ends = members.get(name, (-2, -1))
        return begins <= 0 < ends

    rights = [{person}] if is_member(person) else []
    for start in away:
        chain, at = [start], away[start]
        while at in away and away[at] != at and at not in chain:
            chain.append(at)
            at = away[at]
        if start != away[start] and at == person and at not in chain and is_member(start):
            rights.append({person, *chain})
    return rights


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(members=memberships, away=absences, barred=conflicted, person=some, claims_first=st.booleans())
def test_no_conflict_gets_to_a_task(
    one_office: Office,
    *,
    members: Mapping[str, tuple[int, int]],
    away: Mapping[str, str],
    barred: set[str],
    person: str,
    claims_first: bool,
) -> None:
    office = one_office
    arrange(office, members, away)
    number = office.ask_for_a_check()
    for name in sorted(barred):
        office.add_duty(number, "request", name)
    with office.harness.census() as census:
        key = max(place.key for place in census.open_user_tasks() if place.element_id == "Work")
    clean = [right for right in on_whose_behalf(person, members, away) if not right & barred]
    actor = Actor(person)
    done = False
    with contextlib.suppress(CommandRejected):
        if claims_first:
            office.engine.execute(ClaimUserTask(user_task_key=key, actor=actor))
        office.engine.execute(CompleteUserTask(user_task_key=key, actor=actor, submitted={}))
        done = True
    assert not done or clean, (members, away, barred, person)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(away=absences, barred=conflicted)
def test_no_conflict_votes_by_link(one_office: Office, away: Mapping[str, str], barred: set[str]) -> None:
    office = one_office
    arrange(office, dict.fromkeys(("anna", "budi", "citra", "dodi"), (-5, 5)), away)
    number = office.ask_for_a_vote()
    for name in sorted(barred):
        office.add_duty(number, "request", name)
    voted: list[tuple[str, str]] = []
    for voter in ("anna", "budi", "citra", "dodi"):
        for person in NAMES:
            with contextlib.suppress(CommandRejected, AssertionError):
                token = office.link_of(person, office.task_of(voter))
                office.engine.execute(AnswerByLink(token=token, answer="approve", person=None, address=f"{number}"))
                voted.append((voter, person))
    people = [person for _voter, person in voted]
    assert len(set(people)) == len(people), voted
    for voter, person in voted:
        assert person not in barred
        assert voter not in barred, (voter, person, away)
