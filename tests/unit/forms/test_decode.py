"""From the names and values that HTML sends to nested values."""

from __future__ import annotations

from typing import Any

import pytest

from engine.forms import Form, decode
from tests.unit.forms.forms import a_choice, a_field, a_form, a_list, checked

FORM = a_form(
    a_field(),
    a_choice("checklist", "kinds"),
    a_field("checkbox", "agreed"),
    {
        "type": "group",
        "path": "plan",
        "components": [a_field(key="text"), a_field(key="outage", properties={"format": "duration"})],
    },
    a_list(a_field(key="action"), a_field("checkbox", "done")),
)


@pytest.mark.parametrize(
    ("pairs", "values"),
    [
        ([("reason", "a"), ("reason", "b")], {"reason": "b", "steps": []}),
        ([("kinds", "approve")], {"kinds": ["approve"], "steps": []}),
        ([("kinds", "approve"), ("kinds", "3")], {"kinds": ["approve", "3"], "steps": []}),
        ([("plan.text", "x")], {"plan": {"text": "x"}, "steps": []}),
        ([("plan.outage.hours", "2"), ("plan.outage.evil", "9")], {"plan": {"outage": {"hours": "2"}}, "steps": []}),
        ([("steps[7].action", "b"), ("steps[2].action", "a")], {"steps": [{"action": "a"}, {"action": "b"}]}),
        (
            [("steps[0].action", " "), ("steps[0].done", "false"), ("steps[1].action", "x")],
            {"steps": [{"action": "x"}]},
        ),
    ],
)
def test_names_become_places(pairs: list[tuple[str, str]], values: dict[str, Any]) -> None:
    found = decode(FORM, pairs)
    assert {key: value for key, value in found.items() if value != {}} == values


def test_rows_with_given_columns_keep_their_numbers() -> None:
    form = a_form(a_list(a_field(key="condition", readonly=True), a_field("checkbox", "done")))
    assert decode(form, [("steps[2].done", "on")]) == {"steps": [{}, {}, {"done": "on"}]}


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "[",
        "[0]",
        "steps",
        "steps[",
        "steps[0]",
        "steps[-1].action",
        "steps[99999].action",
        "steps[0][0].action",
        "steps.0.action",
        "reason.x",
        "reason[0]",
        "a" * 5_000,
        "a." * 400 + "a",
        "__proto__.x",
        "steps[0].action.x.y",
        "\0",
    ],
)
def test_strange_names_do_no_harm(name: str) -> None:
    found = decode(FORM, [(name, "1"), ("reason", "kept"), (name, "2")])
    assert found["reason"] == "kept"
    checked(FORM, found)


def test_many_names_cost_little() -> None:
    form: Form = a_form(a_list(a_list(a_field(key="x", readonly=True), a_field(key="y"))))
    pairs = [(f"steps[{row}].steps[9999].y", "1") for row in range(9_999)]
    found = decode(form, pairs)
    assert len(found["steps"]) <= 201
