"""Hidden, read-only, computed and conditionally required fields, and rules over several fields."""

from __future__ import annotations

from engine.forms import initial_values
from tests.unit.forms.forms import NOW, a_choice, a_field, a_form, checked

DEFERRED = '=decision = "defer"'
RESUBMIT = a_field(
    "datetime",
    "resubmit_on",
    subtype="date",
    conditional={"hide": '=decision != "defer"'},
    properties={"required_if": DEFERRED},
)


def test_a_hidden_field_is_neither_asked_nor_kept() -> None:
    form = a_form(a_choice(), RESUBMIT)
    values, errors = checked(form, {"decision": "approve", "resubmit_on": "nonsense"}, resubmit_on="2026-03-01")
    assert values == {"decision": "approve"}
    assert errors == {}


def test_a_field_is_required_when_its_condition_holds() -> None:
    _, errors = checked(a_form(a_choice(), RESUBMIT), {"decision": "defer"})
    assert list(errors) == ["resubmit_on"]


def test_what_a_hidden_field_said_hides_no_other() -> None:
    form = a_form(
        a_field("checkbox", "a"),
        a_field("checkbox", "b", conditional={"hide": "=not(a)"}),
        a_field("textfield", "c", conditional={"hide": "=b = null or not(b)"}),
    )
    values, _ = checked(form, {"a": False, "b": True, "c": "secret"}, b=True)
    assert values == {"a": False}


def test_a_hidden_group_takes_its_fields_along() -> None:
    group = {"type": "group", "path": "plan", "conditional": {"hide": "=not(has_plan)"}, "components": [
        a_field(key="steps", validate={"required": True})]}  # fmt: skip
    form = a_form(a_field("checkbox", "has_plan"), group)
    assert checked(form, {"has_plan": False, "plan": {"steps": ""}}).errors == {}
    values, errors = checked(form, {"has_plan": True, "plan": {"steps": ""}})
    assert list(errors) == ["plan.steps"]
    assert values == {"has_plan": True, "plan": {"steps": None}}


def test_read_only_and_disabled_fields_keep_what_was_known() -> None:
    form = a_form(
        a_field(key="name", readonly=True),
        a_field(key="unit", disabled=True),
        a_field("checkbox", "is_final"),
        a_field(key="note", readonly="=is_final"),
        a_field(key="kind", readonly=True, defaultValue="repair"),
    )
    submitted = {"name": "forged", "unit": "forged", "note": "changed", "kind": "forged", "is_final": True}
    values, errors = checked(form, submitted, name="siti", unit="it", note="kept")
    assert errors == {}
    assert values == {"name": "siti", "unit": "it", "is_final": True, "note": "kept", "kind": "repair"}
    assert checked(form, {**submitted, "is_final": False}, note="kept").values["note"] == "changed"


def test_unknown_names_are_ignored() -> None:
    assert checked(a_form(a_field()), {"reason": "x", "is_admin": True, "__class__": 1}).values == {"reason": "x"}


def test_computed_fields_follow_what_was_entered() -> None:
    form = a_form(
        a_field("number", "a"),
        a_field("number", "b"),
        a_field("expression", "sum", expression="=a + b"),
        a_field("expression", "double", expression="=sum * 2"),
    )
    assert checked(form, {"a": "1", "b": "2", "sum": 99}).values == {"a": 1, "b": 2, "sum": 3, "double": 6}


def test_a_rule_over_two_fields_speaks_on_both() -> None:
    def rule(message: str) -> dict[str, str]:
        return {"rule": "=date(end) > date(start)", "rule_message": message, "rule_message_id": f"{message} (id)"}

    form = a_form(
        a_field("datetime", "start", subtype="date", properties=rule("Before the end.")),
        a_field("datetime", "end", subtype="date", properties=rule("After the start.")),
    )
    _, errors = checked(form, {"start": "2026-02-02", "end": "2026-02-01"})
    assert {path: label.id for path, label in errors.items()} == {
        "start": "Before the end. (id)",
        "end": "After the start. (id)",
    }
    assert checked(form, {"start": "2026-02-02", "end": ""}).errors == {}


def test_a_rule_without_message_still_says_something() -> None:
    _, errors = checked(a_form(a_field(properties={"rule": '=reason != "no"'})), {"reason": "no"})
    assert errors["reason"].id == "Alasan tidak cocok dengan isian lain."


def test_defaults_open_the_form_and_variables_win() -> None:
    form = a_form(
        a_field(key="a", defaultValue="fixed"),
        a_field(key="b", properties={"default": '="hello " + who'}),
        a_field(key="c", defaultValue="x"),
        a_choice("checklist", "d", defaultValue=["approve"]),
        a_field("number", "e"),
    )
    variables = {"who": "Siti", "c": "known"}
    assert initial_values(form, variables, NOW) == {
        "a": "fixed",
        "b": "hello Siti",
        "c": "known",
        "d": ["approve"],
        "e": None,
    }
