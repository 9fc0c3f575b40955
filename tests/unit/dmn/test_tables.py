"""Hit policies, aggregations and the explanation of a decision table."""

from __future__ import annotations

import pytest

from engine.dmn import parse_decisions
from engine.feel import to_json
from tests.unit.dmn.files import a_decision, a_file, a_table

#: For x = 7 the rules 1, 2 and 3 match, for x = 1 only rule 3.
RULES = [("> 5", '"high"'), ("[5..10]", '"middle"'), ("-", '"low"'), ("> 100", '"huge"')]
VALUES = '"middle", "high", "low", "huge"'
NUMBERS = [("> 5", "10"), ("[5..10]", "30"), ("-", "20")]


def result(table: str, **variables: object) -> object:
    return to_json(parse_decisions(a_file(a_decision(table)), "t.dmn").evaluate("decision", variables).value)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("UNIQUE", None),
        ("ANY", None),
        ("FIRST", "high"),
        ("PRIORITY", "middle"),
        ("RULE ORDER", ["high", "middle", "low"]),
        ("OUTPUT ORDER", ["middle", "high", "low"]),
        ("COLLECT", ["high", "middle", "low"]),
    ],
)
def test_hit_policies_when_three_rules_match(policy: str, expected: object) -> None:
    assert result(a_table(policy, ["x:number"], RULES, output_values=VALUES), x=7) == expected


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY"])
def test_hit_policies_when_one_rule_matches(policy: str) -> None:
    assert result(a_table(policy, ["x:number"], RULES, output_values=VALUES), x=1) == "low"


@pytest.mark.parametrize(("aggregation", "expected"), [("SUM", 60), ("MIN", 10), ("MAX", 30), ("COUNT", 3)])
def test_aggregations(aggregation: str, expected: int) -> None:
    assert result(a_table("COLLECT", ["x:number"], NUMBERS, aggregation=aggregation), x=7) == expected


def test_rules_of_an_any_table_may_match_together_when_they_agree() -> None:
    assert result(a_table("ANY", ["x"], [("> 1", '"a"'), ("> 2", '"a"')]), x=3) == "a"


def test_no_match_gives_null_or_the_default() -> None:
    rules = [("> 100", '"huge"')]
    assert result(a_table("UNIQUE", ["x"], rules), x=1) is None
    assert result(a_table("UNIQUE", ["x"], rules, default='"normal"'), x=1) == "normal"


def test_several_outputs_make_a_context() -> None:
    table = a_table("UNIQUE", ["x"], [("> 1", "1", '"a"')], outputs=["points", "grade"])
    assert result(table, x=2) == {"points": 1, "grade": "a"}


def test_a_cell_may_use_the_input_and_other_variables() -> None:
    table = a_table("FIRST", ["x"], [("? > limit * 2", '"far above"'), ("> limit", '"above"'), ("-", '"below"')])
    assert [result(table, x=x, limit=10) for x in (25, 15, 5)] == ["far above", "above", "below"]


def test_an_input_of_another_type_matches_nothing() -> None:
    assert result(a_table("UNIQUE", ["x:number"], [("> 1", '"a"')]), x="2") is None


def test_the_explanation_names_inputs_rules_and_outputs() -> None:
    table = a_table("RULE ORDER", ["x:number"], RULES)
    decided = parse_decisions(a_file(a_decision(table)), "t.dmn").evaluate("decision", {"x": 7})
    assert decided.to_json() == {
        "value": ["high", "middle", "low"],
        "explanation": [
            {
                "decision_id": "decision",
                "name": "decision",
                "inputs": {},
                "tables": [
                    {
                        "table_id": "table",
                        "hit_policy": "RULE ORDER",
                        "inputs": [{"label": "x", "value": 7}],
                        "rules": [
                            {"number": 1, "id": "r1", "output": "high"},
                            {"number": 2, "id": "r2", "output": "middle"},
                            {"number": 3, "id": "r3", "output": "low"},
                        ],
                    }
                ],
                "value": ["high", "middle", "low"],
                "warnings": [],
            }
        ],
    }


def test_an_overlap_at_run_time_says_which_rules_matched() -> None:
    decided = parse_decisions(a_file(a_decision(a_table("UNIQUE", ["x"], RULES))), "t.dmn").evaluate(
        "decision", {"x": 7}
    )
    assert [reason.label.en for reason in decided.warnings] == ["the rules 1, 2, 3 match, but only one may"]
