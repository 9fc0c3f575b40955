"""Dynamic lists: rows that people add, rows that are given, lists in lists."""

from __future__ import annotations

from engine.forms import initial_values
from tests.unit.forms.forms import NOW, a_field, a_form, a_list, checked

ACTION = a_field(key="action", label="Action", label_id="Tindakan", validate={"required": True})
MINUTES = a_field("number", "minutes", label="Minutes", label_id="Menit", validate={"min": 1})


def test_errors_name_row_and_column() -> None:
    form = a_form(a_list(ACTION, MINUTES))
    values, errors = checked(form, {"steps": [{"action": "a", "minutes": 5}, {"action": "", "minutes": 0}]})
    assert {path: label.id for path, label in errors.items()} == {
        "steps[1].action": "Tindakan wajib diisi.",
        "steps[1].minutes": "Menit paling kecil 1.",
    }
    assert values["steps"][0] == {"action": "a", "minutes": 5}


def test_a_required_list_needs_a_row() -> None:
    assert list(checked(a_form(a_list(ACTION, validate={"required": True})), {}).errors) == ["steps"]
    assert checked(a_form(a_list(ACTION)), {}).values == {"steps": []}


def test_a_list_may_ask_for_a_number_of_rows() -> None:
    form = a_form(a_list(ACTION, properties={"min_rows": "2", "max_rows": "3"}))
    row = {"action": "a"}
    assert checked(form, {"steps": [row]}).errors["steps"].en == "Steps: add at least 2 row(s)."
    assert checked(form, {"steps": [row, row]}).errors == {}
    assert checked(form, {"steps": [row] * 4}).errors["steps"].en == "Steps: at most 3 rows."


def test_given_columns_stay_while_a_person_fills_the_others() -> None:
    checks = a_list(
        a_field(key="condition", readonly=True), a_field("checkbox", "done"), a_field(key="note"), allowAddRemove=False
    )
    given = [{"condition": "backup"}, {"condition": "staff told"}]
    submitted = {"steps": [{"condition": "forged", "done": "on"}, {"note": "soon"}, {"condition": "extra"}]}
    values, errors = checked(a_form(checks), submitted, steps=given)
    assert errors == {}
    assert values["steps"] == [
        {"condition": "backup", "done": True, "note": None},
        {"condition": "staff told", "done": False, "note": "soon"},
    ]


def test_a_list_that_an_expression_locks_keeps_its_rows() -> None:
    form = a_form(a_field("checkbox", "is_final"), a_list(ACTION, readonly="=is_final"))
    known = [{"action": "a"}, {"action": "b"}]
    assert checked(form, {"is_final": True, "steps": [{"action": "x"}]}, steps=known).values["steps"] == known
    assert checked(form, {"is_final": False, "steps": [{"action": "x"}]}, steps=known).values["steps"] == [
        {"action": "x"}
    ]


def test_expressions_in_a_row_see_the_row_and_what_is_around() -> None:
    form = a_form(
        a_field("number", "limit"),
        a_list(
            a_field("number", "minutes", validate={"max": "=limit"}),
            a_field(
                key="why",
                conditional={"hide": "=minutes < 10"},
                properties={"required_if": "=this.minutes > parent.limit / 2"},
            ),
            a_field("expression", "position", expression="=i"),
        ),
        a_field("expression", "total", expression="=sum(steps.minutes)"),
    )
    values, errors = checked(
        form, {"limit": 40, "steps": [{"minutes": 5, "why": "x"}, {"minutes": 30}, {"minutes": 50}]}
    )
    assert sorted(errors) == ["steps[1].why", "steps[2].minutes", "steps[2].why"]
    assert values["steps"][0] == {"minutes": 5, "position": 1}
    assert values["total"] == 85


def test_lists_may_stand_in_lists_and_groups() -> None:
    inner = {"type": "dynamiclist", "path": "parts", "components": [ACTION]}
    form = a_form({"type": "group", "path": "plan", "components": [a_list(inner)]})
    submitted = {"plan": {"steps": [{"parts": [{"action": "a"}, {}]}]}}
    values, errors = checked(form, submitted)
    assert list(errors) == ["plan.steps[0].parts[1].action"]
    assert values == {"plan": {"steps": [{"parts": [{"action": "a"}, {"action": None}]}]}}
    assert form.keys == ("plan",)
    assert form.required == ("plan.steps.parts.action",)
    assert form.material == ()


def test_material_fields_are_known_by_their_path() -> None:
    material = {"material": "yes"}
    group = {
        "type": "group",
        "path": "plan",
        "components": [a_field(key="text", properties=material), a_list(ACTION, properties=material)],
    }
    assert a_form(a_field(), group).material == ("plan.text", "plan.steps")


def test_a_list_opens_with_its_default_rows_or_the_known_ones() -> None:
    form = a_form(a_list(a_field(key="action", defaultValue="look"), defaultRepetitions=2))
    assert initial_values(form, {}, NOW) == {"steps": [{"action": "look"}, {"action": "look"}]}
    assert initial_values(form, {"steps": [{"action": "run"}]}, NOW) == {"steps": [{"action": "run"}]}
