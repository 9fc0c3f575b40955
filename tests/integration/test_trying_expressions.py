"""Expressions are tried with values, within the limits, and by whom may."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine import SYSTEM, Actor, InputInvalid, InstanceValues, LoadPeople, NotPermitted, TriedExpression, TryExpression
from engine.testing import Harness
from tests.diagrams import diagram, user_task

ANA, BUDI, SARI = Actor("ana"), Actor("budi"), Actor("sari")
_PEOPLE = {
    "people": [
        {"name": "ana", "groups": ["process_owner"]},
        {"name": "budi", "groups": ["workers"]},
        {"name": "sari", "groups": ["administrator"]},
    ]
}
_WAITING = diagram("waiting", f'<startEvent id="s"/>{user_task("work")}<endEvent id="e"/>', "s -> work\nwork -> e")


@pytest.fixture
def harness(database_url: str) -> Iterator[Harness]:
    with Harness(database_url) as harness:
        harness.engine.execute(LoadPeople(document=_PEOPLE, actor=SYSTEM))
        yield harness


def tried(harness: Harness, expression: str, actor: Actor = ANA, **variables: object) -> TriedExpression:
    return harness.engine.ask(TryExpression(expression=expression, variables=variables, actor=actor))


def test_an_expression_gives_its_value_and_type(harness: Harness) -> None:
    found = tried(harness, "= amount * 2", amount=21)
    assert (found.value, found.type, found.error, found.names) == (42, "number", None, ("amount",))
    assert tried(harness, 'date("2026-01-31") + duration("P1M")').value == "2026-02-28"
    assert tried(harness, "function(x) x").type == "function"


def test_null_says_why_in_both_languages(harness: Harness) -> None:
    found = tried(harness, "lacking + 1")
    assert found.value is None
    assert "lacking" in found.warnings[0].en
    assert found.warnings[0].id != found.warnings[0].en


def test_a_mistake_is_told_with_line_and_column_as_it_was_typed(harness: Harness) -> None:
    error = tried(harness, "=1 +\n  * 2").error
    assert error is not None
    assert (error.line, error.column) == (2, 3)
    error = tried(harness, "= )").error
    assert error is not None
    assert (error.line, error.column) == (1, 3)
    [mistake] = tried(harness, "= nonesuch(1)").mistakes
    assert (mistake.line, mistake.column) == (1, 3)


def test_a_cell_tests_its_input(harness: Harness) -> None:
    asked = TryExpression(expression="[1..5]", variables={}, is_test=True, input=3, actor=ANA)
    assert harness.engine.ask(asked).value is True


def test_an_endless_expression_is_ended(harness: Harness) -> None:
    found = tried(harness, "count(for a in 1..100000, b in 1..100000 return a)")
    assert found.error is not None
    assert found.value is None
    with pytest.raises(InputInvalid):
        tried(harness, "1+" * 20_000 + "1")


def test_only_who_edits_tries(harness: Harness) -> None:
    with pytest.raises(NotPermitted):
        tried(harness, "1", BUDI)


def test_values_come_from_an_instance_that_one_may_see(harness: Harness) -> None:
    harness.deploy(_WAITING)
    key = harness.start("waiting", amount=7).key
    assert harness.engine.ask(InstanceValues(name=f" {key} ", actor=SARI)) == {"amount": 7}
    with pytest.raises(NotPermitted):
        harness.engine.ask(InstanceValues(name=str(key), actor=ANA))  # reads along, but not the contents
    with pytest.raises(NotPermitted):
        harness.engine.ask(InstanceValues(name=str(key), actor=BUDI))
    for name in ("", "X-1", "9" * 40, "١٢"):
        with pytest.raises(InputInvalid):
            harness.engine.ask(InstanceValues(name=name, actor=SARI))
