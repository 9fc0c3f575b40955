"""Who may do what for a record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.errors import DefinitionInvalid, UserNotFound
from engine.model import Group, Label, Record, RecordKey, RecordLink, User
from engine.people import Directory, parse_rules, violated_rule
from engine.store import Database, unit_of_work
from engine.store.duties import Duties
from engine.store.people import People
from engine.store.records import Records
from engine.store.unit_of_work import UnitOfWork

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
DOCUMENT = {
    "kind": "sod_rules",
    "rules": [
        {
            "id": "R-1",
            "en": "Who asks does not vote.",
            "id_text": "Pemohon tidak memilih.",
            "conflicts_with": ["request"],
        },
        {
            "id": "R-2",
            "en": "Who builds does not test.",
            "id_text": "Pembuat tidak menguji.",
            "conflicts_with": ["build", "design"],
        },
    ],
}
RULES = parse_rules([DOCUMENT])
DUTIES = {"request": {"siti"}, "design": {"joko"}, "vote": {"maya"}}


@pytest.mark.parametrize(
    ("user", "wanted", "broken"),
    [
        ("siti", ["R-1"], "R-1"),
        ("siti", ["R-2"], None),
        ("joko", ["R-1", "R-2"], "R-2"),
        ("maya", ["R-1", "R-2"], None),
        ("siti", [], None),
        ("maya", ["R-404"], "R-404"),
    ],
)
def test_a_duty_forbids_what_a_rule_sets_against_it(user: str, wanted: list[str], broken: str | None) -> None:
    rule = violated_rule(wanted, RULES, DUTIES, user)
    assert (rule.id if rule else None) == broken


def test_a_deputy_inherits_the_conflicts_of_whom_he_acts_for() -> None:
    rule = violated_rule(["R-1"], RULES, DUTIES, "maya", on_behalf_of=["siti"])
    assert rule is not None
    assert rule.text == Label("Who asks does not vote.", "Pemohon tidak memilih.")


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"rules": "none"},
        {"rules": [{}]},
        {"rules": ["R-1"]},
        {"rules": [{"id": "R", "en": "a", "id_text": "b"}]},
        {"rules": [{"id": "R", "en": "a", "conflicts_with": []}]},
        {"rules": [{"id": "R", "en": "a", "id_text": "b", "conflicts_with": [1]}]},
        {"rules": [DOCUMENT["rules"][0], DOCUMENT["rules"][0]]},
    ],
)
def test_rules_that_say_nothing_are_refused(document: dict[str, Any]) -> None:
    with pytest.raises(DefinitionInvalid):
        parse_rules([document])


@pytest.fixture
def work(database: Database) -> Iterator[UnitOfWork]:
    """Four people, one of them inactive, and four records with links and duties."""
    with unit_of_work(database) as opened:
        people = People(opened, NOW)
        people.put_groups([Group("board", Label("Board", "Dewan"))])
        people.put_units([("it", Label("IT", "TI"), "maya"), ("hr", Label("HR", "SDM"), "gone")])
        for name, unit in (("siti", "hr"), ("joko", "it"), ("maya", "it"), ("gone", "it")):
            people.add(User(name, name, "", "id", unit, name != "gone", ("board",)), None, at=NOW)
        for key, number in enumerate(("ORD-2026-000001", "ORD-2026-000002", "BOX-2026-000001", "ASK-2026-000001")):
            Records(opened).add(
                Record(RecordKey(key), number[:3], number, "T", "open", {}, None, False, NOW, NOW, None)
            )
        yield opened


def directory(work: UnitOfWork) -> Directory:
    return Directory(People(work, NOW), Duties(work), Records(work), RULES)


def number(short: str) -> str:
    """Return the number of ORD1, BOX1 ..."""
    return f"{short[:3]}-2026-00000{short[3]}"


def test_eligible_are_active_people_without_a_conflict_each_once(work: UnitOfWork) -> None:
    Duties(work).add("ORD-2026-000001", "request", "siti", at=NOW)
    may, removed = directory(work).eligible(["board"], ["maya", "nobody"], ["R-1", "R-2"], "ORD-2026-000001")
    assert may == ["joko", "maya"]
    assert removed == [("siti", "R-1")]


def test_nobody_asked_is_nobody_found(work: UnitOfWork) -> None:
    assert directory(work).eligible([], [], ["R-1"], "ORD-2026-000001") == ([], [])
    assert directory(work).eligible(["no such group"], ["gone"], [], None) == ([], [])


@pytest.mark.parametrize(
    ("links", "holder", "inherits"),
    [
        ("ORD1 raised_from ASK1", "ASK1", True),
        ("ORD1 part_of BOX1", "BOX1", True),
        ("ORD1 part_of BOX1, BOX1 raised_from ASK1", "ASK1", True),
        ("ORD2 part_of ORD1", "ORD2", True),
        ("ORD1 part_of BOX1, ORD2 part_of BOX1", "ORD2", False),
        ("ORD2 raised_from ORD1", "ORD2", False),
        ("ORD1 duplicates ASK1", "ASK1", False),
        ("ORD1 part_of ASK1, ASK1 part_of ORD1", "ASK1", True),
    ],
)
def test_duties_follow_the_links(work: UnitOfWork, links: str, holder: str, inherits: bool) -> None:
    for link in links.split(", "):
        from_name, kind, to_name = link.split()
        new = RecordLink(number(from_name), number(to_name), kind)
        Records(work).add_link(new, by="system", at=NOW)
    Duties(work).add(number(holder), "design", "joko", at=NOW)
    assert directory(work).duties_of("ORD-2026-000001") == ({"design": {"joko"}} if inherits else {})


def test_the_head_of_a_unit_is_an_active_person(work: UnitOfWork) -> None:
    assert directory(work).unit_head_of("joko") == "maya"
    assert directory(work).unit_head_of("siti") is None
    with pytest.raises(UserNotFound):
        directory(work).unit_head_of("nobody")
