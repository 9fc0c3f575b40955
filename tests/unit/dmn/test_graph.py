"""Requirement graphs, knowledge models, services, and what a decision sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.dmn import parse_decisions
from engine.feel import to_json
from tests.unit.dmn.files import NAMESPACE, a_decision, a_file, a_literal, an_input

A_LEVEL = """<itemDefinition name="tLevel"><typeRef>string</typeRef>
<allowedValues><text>"low", "high"</text></allowedValues></itemDefinition>"""
KNOWLEDGE = """<businessKnowledgeModel id="area" name="area of"><variable name="area of"/><encapsulatedLogic>
<formalParameter name="width" typeRef="number"/><formalParameter name="height" typeRef="number"/>
<literalExpression><text>width * height</text></literalExpression></encapsulatedLogic></businessKnowledgeModel>"""
NEEDS_AREA = '<knowledgeRequirement><requiredKnowledge href="#area"/></knowledgeRequirement>'


def test_required_decisions_are_evaluated_first_and_explained_in_order() -> None:
    content = a_file(
        an_input("amount", "number"),
        a_decision(a_literal("amount * 2"), name="doubled", requires=["in:amount"]),
        a_decision(a_literal("doubled + 1"), name="result", requires=["doubled"]),
    )
    decided = parse_decisions(content, "g.dmn").evaluate("result", {"amount": 5})
    assert to_json(decided.value) == 11
    assert [(part.name, part.inputs) for part in decided.explanation] == [
        ("doubled", {"amount": 5}),
        ("result", {"doubled": 10}),
    ]


def test_a_decision_is_found_by_id_and_by_name() -> None:
    content = a_file(
        '<decision id="d_1" name="Final price"><literalExpression><text>7</text></literalExpression></decision>'
    )
    definitions = parse_decisions(content, "g.dmn")
    assert to_json(definitions.evaluate("d_1", {}).value) == to_json(definitions.evaluate("Final price", {}).value) == 7
    with pytest.raises(KeyError):
        definitions.evaluate("other", {})


def test_variables_of_the_process_are_seen_without_input_data() -> None:
    content = a_file(a_decision(a_literal("impact * urgency")))
    assert to_json(parse_decisions(content, "g.dmn").evaluate("decision", {"impact": 2, "urgency": 3}).value) == 6


def test_a_variable_named_as_a_decision_does_not_replace_it() -> None:
    content = a_file(
        a_decision(a_literal("1"), name="limit"), a_decision(a_literal("limit"), name="result", requires=["limit"])
    )
    assert to_json(parse_decisions(content, "g.dmn").evaluate("result", {"limit": 1000}).value) == 1


def test_knowledge_models_are_functions_with_names_of_several_words() -> None:
    logic = NEEDS_AREA + a_literal("area of(2, 3) + area of(height: 1, width: 10)")
    assert to_json(parse_decisions(a_file(KNOWLEDGE, a_decision(logic)), "g.dmn").evaluate("decision", {}).value) == 16


def test_an_argument_of_the_wrong_type_makes_the_call_null() -> None:
    decided = parse_decisions(
        a_file(KNOWLEDGE, a_decision(NEEDS_AREA + a_literal('area of("2", 3)'))), "g.dmn"
    ).evaluate("decision", {})
    assert decided.value is None
    assert [str(reason) for reason in decided.warnings] == ["area of: width has the wrong type (string)"]


def test_a_decision_service_takes_inputs_and_gives_its_output() -> None:
    service = (
        '<decisionService id="s" name="s"><outputDecision href="#total"/><encapsulatedDecision href="#rate"/>'
        '<inputData href="#amount"/></decisionService>'
    )
    content = a_file(
        an_input("amount", "number"),
        a_decision(a_literal("if amount > 10 then 2 else 1"), name="rate", requires=["in:amount"]),
        a_decision(a_literal("amount * rate"), name="total", requires=["in:amount", "rate"]),
        service,
        a_decision(
            '<knowledgeRequirement><requiredKnowledge href="#s"/></knowledgeRequirement>' + a_literal("s(20) + s(1)"),
            name="caller",
        ),
    )
    definitions = parse_decisions(content, "g.dmn")
    assert to_json(definitions.evaluate_service("s", {"amount": 20}).value) == 40
    assert to_json(definitions.evaluate("caller", {}).value) == 41


def test_an_imported_model_is_reached_by_its_name_here() -> None:
    library = parse_decisions(a_file(KNOWLEDGE, namespace="http://example.org/lib"), "lib.dmn")
    content = a_file(
        f'<import name="lib" namespace="http://example.org/lib" importType="{NAMESPACE}"/>',
        a_decision(
            '<knowledgeRequirement><requiredKnowledge href="http://example.org/lib#area"/></knowledgeRequirement>'
            + a_literal("lib.area of(2, 3)")
        ),
    )
    definitions = parse_decisions(content, "g.dmn", {"http://example.org/lib": library})
    assert to_json(definitions.evaluate("decision", {}).value) == 6


def test_the_clock_and_the_hosts_functions_are_handed_in() -> None:
    content = a_file(a_decision(a_literal("string(today()) + label(1)")))
    decided = parse_decisions(content, "g.dmn").evaluate(
        "decision", {}, now=datetime(2026, 2, 28, tzinfo=UTC), functions={"label": lambda number: f"#{number}"}
    )
    assert decided.value == "2026-02-28#1"


def test_allowed_values_of_a_type_turn_others_into_null() -> None:
    content = a_file(
        A_LEVEL,
        an_input("level", "tLevel"),
        a_decision(a_literal("level"), requires=["in:level"]),
    )
    definitions = parse_decisions(content, "g.dmn")
    assert definitions.evaluate("decision", {"level": "high"}).value == "high"
    assert definitions.evaluate("decision", {"level": "huge"}).value is None


ONE_TO_THREE = f"<in>{a_literal('[1..3]')}</in>"
ABOVE_ONE = f"<satisfies>{a_literal('i > 1')}</satisfies>"
CONTEXT = f"""<context><contextEntry><variable name="a b"/>{a_literal("2")}</contextEntry>
<contextEntry>{a_literal("a b * 21")}</contextEntry></context>"""
CONDITIONAL = f"""<conditional><if>{a_literal("x > 1")}</if><then>{a_literal("10")}</then>
<else>{a_literal("20")}</else></conditional>"""
RELATION = f"""<relation><column name="a"/><column name="b"/>
<row>{a_literal("1")}{a_literal("2")}</row></relation>"""
BOXED: dict[str, tuple[str, object]] = {
    "context": (CONTEXT, 42),
    "list": (f"<list>{a_literal('1')}{a_literal('1 + 1')}</list>", [1, 2]),
    "relation": (RELATION, [{"a": 1, "b": 2}]),
    "conditional": (CONDITIONAL, 10),
    "filter": (f"<filter><in>{a_literal('[1, 2, 3]')}</in><match>{a_literal('item > 1')}</match></filter>", [2, 3]),
    "for": (f'<for iteratorVariable="i">{ONE_TO_THREE}<return>{a_literal("i")}</return></for>', [1, 2, 3]),
    "some": (f'<some iteratorVariable="i">{ONE_TO_THREE}{ABOVE_ONE}</some>', True),
    "every": (f'<every iteratorVariable="i">{ONE_TO_THREE}{ABOVE_ONE}</every>', False),
}


@pytest.mark.parametrize("kind", BOXED)
def test_boxed_expressions(kind: str) -> None:
    logic, expected = BOXED[kind]
    assert to_json(parse_decisions(a_file(a_decision(logic)), "b.dmn").evaluate("decision", {"x": 2}).value) == expected
