"""What a form file may say, and what deployment refuses."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import DefinitionInvalid
from engine.forms import Display, DynamicList, Field, Group, examine, parse_form
from engine.model import Label
from tests.unit.forms.forms import NOW, a_choice, a_field, a_form, a_list, source


@pytest.mark.parametrize(
    ("component", "rule"),
    [
        ({"type": "signature", "key": "x"}, "form.type"),
        ({"key": "x"}, "form.type"),
        ("text", "form.component"),
        (a_field(key="2x"), "form.key"),
        (a_field(key="a..b"), "form.key"),
        ({"type": "textfield", "label": "No key"}, "form.key"),
        (a_field(conditional={"hide": "=a +"}), "form.feel"),
        (a_field(conditional={"hide": True}), "form.feel"),
        (a_field(properties={"required_if": "=bizzadd(1)"}), "form.feel"),
        (a_field(label="Hello {{ 1 + }}"), "form.feel"),
        (a_field("number", validate={"max": "=("}), "form.feel"),
        (a_field("expression", "x"), "form.feel"),
        (a_field(validate={"pattern": "("}), "form.pattern"),
        (a_field(validate={"pattern": "(a)\\1("}), "form.pattern"),
        (a_field("select"), "form.options"),
        (a_field("select", values=[{"label": "Nothing"}]), "form.options"),
        (a_list(a_field(), properties={"max_rows": "many"}), "form.rows"),
        ({"type": "group", "components": "none"}, "form.components"),
    ],
)
def test_what_cannot_work_is_refused(component: Any, rule: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        a_form(component)
    assert rule in [finding.rule for finding in refused.value.findings]
    assert all(finding.file == "F.form" for finding in refused.value.findings)


@pytest.mark.parametrize(
    "components",
    [
        [a_field(), a_field()],
        [a_field(key="a"), a_field(key="a.b")],
        [a_field(key="a.b"), a_field(key="a")],
        [a_field(key="steps"), a_list(a_field())],
        [a_field(key="plan.x"), {"type": "group", "path": "plan", "components": [a_field(key="x")]}],
        [a_list(a_field(), a_field())],
    ],
)
def test_a_key_stands_once(components: list[dict[str, Any]]) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        a_form(*components)
    assert [finding.rule for finding in refused.value.findings] == ["form.double_key"]


@pytest.mark.parametrize(
    ("component", "what"),
    [
        (a_field(conditional={"hide": "=a +"}), "conditional.hide"),
        (a_field(readonly="=a +"), "readonly"),
        (a_field("number", validate={"max": "=a +"}), "max"),
        (a_field(properties={"required_if": "=a +"}), "required_if"),
    ],
)
def test_a_feel_error_names_component_line_and_column(component: dict[str, Any], what: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        a_form(component)
    (finding,) = refused.value.findings
    assert (finding.rule, finding.element_id) == ("form.feel", "reason")
    assert finding.reason.en.startswith(f"{what} is not a FEEL expression")
    assert "Line 1, column 4" in finding.reason.en
    assert "Baris 1, kolom 4" in finding.reason.id


def test_rows_and_groups_have_keys_of_their_own() -> None:
    group = {"type": "group", "path": "plan", "components": [a_field(), a_field(key="x")]}
    form = a_form(
        a_field(), group, {"type": "group", "path": "plan", "components": [a_field(key="y")]}, a_list(a_field())
    )
    assert form.keys == ("reason", "plan", "steps")


def test_all_findings_come_at_once() -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        a_form(a_field(key="?"), a_field("select"), {"type": "x"})
    assert len(refused.value.findings) == 3


@pytest.mark.parametrize(
    "others", [{"id": ""}, {"id": 5}, {"schemaVersion": 99}, {"schemaVersion": "x"}, {"components": 5}]
)
def test_a_file_without_the_basics_is_refused(others: dict[str, Any]) -> None:
    with pytest.raises(DefinitionInvalid):
        parse_form(source(a_field(), **others), "F.form")


def test_a_syntax_error_names_its_line() -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse_form(b'{\n"id": "F",\n"components": [,]}', "F.form")
    assert refused.value.findings[0].line == 3


def test_a_renderer_finds_everything_it_draws() -> None:
    form = a_form(
        {"type": "text", "text": "Dear {{name}}", "text_id": "Yth. {{name}}"},
        {"type": "table", "label": "Rows", "dataSource": "=rows", "columns": [{"key": "a", "label": "A"}]},
        a_choice("select", layout={"row": "r1", "columns": 8}, properties={"material": "yes"}),
        {"type": "group", "label": "More", "components": [a_field("textarea", "text", rows=5)]},
        a_list(a_field(key="action"), properties={"columns": "action"}),
        {"type": "button", "action": "submit", "label": "Send"},
    )
    text, table, choice, group, rows, _ = form.components
    scope = examine(form, None, {"name": "Siti", "rows": [{"a": 1}]}, now=NOW).scope
    assert isinstance(text, Display)
    assert text.content.resolve(scope) == Label("Dear Siti", "Yth. Siti")
    assert isinstance(table, Display)
    assert table.source is not None
    assert scope.json(table.source) == [{"a": 1}]
    assert isinstance(choice, Field)
    assert choice.choices is not None
    assert choice.choices.static is not None
    assert [option.label.id for option in choice.choices.static] == ["Setuju", "Tangguhkan", "Tiga"]
    assert choice.layout.columns == 8
    assert form.material == ("decision",)
    assert isinstance(group, Group)
    assert group.components[0].settings == {"rows": 5}
    assert isinstance(rows, DynamicList)
    assert rows.is_table


def test_a_missing_translation_falls_back_to_the_other_language() -> None:
    field = a_form({"type": "textfield", "key": "x", "label_id": "Alasan"}).fields[0]
    scope = examine(a_form(), None, {}, now=NOW).scope
    assert field.label.resolve(scope) == Label("Alasan", "Alasan")


def test_an_examined_form_says_what_to_draw() -> None:
    form = a_form(
        a_choice(),
        a_field(conditional={"hide": '=decision != "defer"'}),
        a_field(key="why", properties={"required_if": '=decision = "approve"'}),
        a_field(key="who", readonly=True),
    )
    places = {place.name: place for place in examine(form, {"decision": "approve"}, {"who": "siti"}, now=NOW).places}
    assert places["reason"].is_out_of_sight
    assert places["why"].is_required
    assert places["who"].is_readonly
