"""What the analysis of tables finds, each with an input that shows it."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dmn import Problem, TableFinding, parse_decisions
from tests.unit.dmn.files import a_decision, a_file, a_table, an_input


def found(table: str, *elements: str) -> list[TableFinding]:
    return parse_decisions(a_file(*elements, a_decision(table)), "t.dmn").analyze()


def facts(table: str) -> list[tuple[Problem, tuple[int, ...], dict[str, object]]]:
    return [(finding.problem, finding.rules, dict(finding.example)) for finding in found(table)]


def test_overlapping_rules_of_a_unique_table_are_shown_by_an_input() -> None:
    table = a_table(
        "UNIQUE", ["x:number", "y:string"], [("<= 5", '"a"', "1"), (">= 5", "-", "2"), ("< 5", 'not("a")', "3")]
    )
    assert facts(table) == [(Problem.OVERLAP, (1, 2), {"x": 5, "y": "a"})]


def test_rules_that_only_touch_do_not_overlap() -> None:
    assert facts(a_table("UNIQUE", ["x:number"], [("< 5", "1"), (">= 5", "2")])) == []


def test_a_gap_is_shown_by_an_input() -> None:
    table = a_table(
        "UNIQUE", ["x:number", "ok:boolean"], [("< 5", "-", "1"), ("> 5", "true", "2"), ("> 5", "false", "3")]
    )
    assert facts(table) == [(Problem.GAP, (), {"x": 5, "ok": True})]


def test_a_gap_between_whole_numbers_counts_only_when_the_column_is_not_integer() -> None:
    rules = [("<= 5", "1"), (">= 6", "2")]
    assert facts(a_table("UNIQUE", ["x:integer"], rules)) == []
    assert facts(a_table("UNIQUE", ["x:number"], rules)) == [(Problem.GAP, (), {"x": 5.5})]


def test_a_default_output_closes_gaps() -> None:
    assert facts(a_table("UNIQUE", ["x:number"], [("< 5", "1")], default="0")) == []


def test_a_rule_behind_a_wider_one_is_unreachable() -> None:
    table = a_table("FIRST", ["x:number"], [("> 5", "1"), ("> 7", "2"), ("-", "3"), ("1", "4")])
    assert [(problem, rules) for problem, rules, _ in facts(table)] == [
        (Problem.UNREACHABLE, (2,)),
        (Problem.UNREACHABLE, (4,)),
    ]


def test_a_cell_of_the_wrong_type_is_found_in_conditions_and_results() -> None:
    table = a_table("UNIQUE", ["x:number"], [('"high"', '"a"'), ("-", "1")], outputs=["result:string"])
    problems = facts(table)
    assert (Problem.TYPE, (1,), {"x": "high"}) in problems
    assert (Problem.TYPE, (2,), {"result": 1}) in problems
    assert (Problem.NEVER, (1,)) in [(problem, rules) for problem, rules, _ in problems]


def test_a_value_that_the_type_does_not_allow_never_matches() -> None:
    level = (
        '<itemDefinition name="tLevel"><typeRef>string</typeRef>'
        '<allowedValues><text>"low", "high"</text></allowedValues></itemDefinition>'
    )
    table = a_table("UNIQUE", ["x:tLevel"], [('"low"', "1"), ('"hihg"', "2")])
    problems = [(finding.problem, finding.rules, dict(finding.example)) for finding in found(table, level)]
    assert problems == [(Problem.NEVER, (2,), {"x": "low"}), (Problem.GAP, (), {"x": "high"})]


def test_any_tables_are_checked_for_disagreement_and_for_rules_that_repeat_another() -> None:
    table = a_table("ANY", ["x:number"], [("> 1", '"a"'), ("> 2", '"a"'), ("<= 2", '"b"')])
    assert facts(table) == [(Problem.DISAGREEMENT, (1, 3), {"x": 1.5}), (Problem.UNREACHABLE, (2,), {"x": 3})]


def test_of_two_equal_rules_of_an_any_table_the_later_is_superfluous() -> None:
    table = a_table("ANY", ["x:number"], [("> 1", '"a"'), ("> 1", '"a"'), ("<= 1", '"b"')])
    assert facts(table) == [(Problem.UNREACHABLE, (2,), {"x": 2})]


def test_a_rule_of_a_unique_table_that_others_cover_together_can_never_decide() -> None:
    table = a_table("UNIQUE", ["x:number"], [("< 5", "1"), (">= 5", "2"), ("[1..9]", "3")])
    assert facts(table)[-1] == (Problem.UNREACHABLE, (3,), {"x": 1})


def test_a_rule_of_a_priority_table_is_never_chosen_where_higher_ones_match() -> None:
    rules = [("> 10", '"low"'), ("> 5", '"high"'), ("<= 5", '"low"'), ("> 7", '"medium"')]
    table = a_table("PRIORITY", ["x:number"], rules, output_values='"high", "medium", "low"')
    assert facts(table) == [(Problem.UNREACHABLE, (1,), {"x": 11}), (Problem.UNREACHABLE, (4,), {"x": 8})]


@pytest.mark.parametrize(("aggregation", "rule"), [("MIN", 2), ("MAX", 1)])
def test_a_result_that_never_becomes_least_or_most_is_found(aggregation: str, rule: int) -> None:
    table = a_table("COLLECT", ["x:number"], [("> 5", "1"), ("> 5", "2")], aggregation=aggregation)
    assert [finding.rules for finding in found(table)] == [(rule,)]


@pytest.mark.parametrize(
    ("policy", "aggregation"), [("RULE ORDER", ""), ("OUTPUT ORDER", ""), ("COLLECT", ""), ("COLLECT", "SUM")]
)
def test_where_every_match_counts_no_rule_is_superfluous(policy: str, aggregation: str) -> None:
    rules = [("> 5", "1"), ("> 5", "1"), ("<= 5", "2")]
    assert facts(a_table(policy, ["x:number"], rules, aggregation=aggregation)) == []


def test_a_table_of_two_hundred_rules_is_analyzed_soon() -> None:
    places = [(row * 7 % 100, row * 13 % 100, row * 29 % 100) for row in range(200)]
    rules = [(*(f"[{low}..{low + 25}]" for low in row), str(number)) for number, row in enumerate(places)]
    definitions = [
        parse_decisions(a_file(a_decision(a_table(policy, ["x:number", "y:number", "z:number"], rules))), "t.dmn")
        for policy in ("UNIQUE", "FIRST", "ANY")
    ]
    started = process_time()
    problems = {finding.problem for each in definitions for finding in each.analyze()}
    assert process_time() - started < 5
    assert {Problem.OVERLAP, Problem.DISAGREEMENT, Problem.GAP, Problem.UNREACHABLE} <= problems


def test_cells_that_depend_on_other_variables_are_left_alone() -> None:
    assert facts(a_table("UNIQUE", ["x:number"], [("> limit", "1"), ("> 5", "2")])) == []


def test_dates_are_compared_by_days() -> None:
    table = a_table("UNIQUE", ["on:date"], [('< @"2026-01-01"', "1"), ('> @"2026-01-01"', "2")])
    assert facts(table) == [(Problem.GAP, (), {"on": "2026-01-01"})]


def test_a_name_that_is_not_required_is_a_warning() -> None:
    content = a_file(
        an_input("amount"), a_decision(a_table("UNIQUE", ["amuont"], [("1", "2")]), requires=["in:amount"])
    )
    warnings = [
        (finding.rule, finding.reason.en, finding.is_error) for finding in parse_decisions(content, "t.dmn").findings
    ]
    assert warnings == [("dmn-name", "decision reads amuont, but does not require it", False)]


def test_a_name_that_is_not_required_is_shown_with_the_rule_that_reads_it() -> None:
    table = a_table("UNIQUE", ["amount"], [("1", "2"), ("> limmit", "3"), ("2", "limmit + othr")])
    content = a_file(an_input("amount"), a_decision(table, requires=["in:amount"]))
    warnings = [
        (finding.element_id, finding.line, finding.reason.en) for finding in parse_decisions(content, "t.dmn").findings
    ]
    assert warnings == [
        ("r2", 5, "decision reads limmit in rule 2, but does not require it"),
        ("r3", 6, "decision reads othr in rule 3, but does not require it"),
    ]


def test_findings_are_shown_with_place_and_example_in_both_languages() -> None:
    (overlap,) = found(a_table("UNIQUE", ["x:number"], [("<= 5", "1"), (">= 5", "2")]))
    finding = overlap.to_finding("t.dmn")
    assert finding.reason.en == "decision: rules 1 and 2 overlap, but the hit policy is unique (for example x = 5)"
    assert finding.reason.id.endswith("(contoh x = 5)")
    assert (finding.line, finding.element_id, finding.rule) == (4, "r2", "dmn-table-overlap")
    assert not finding.is_error


cells = st.one_of(
    st.just("-"),
    st.integers(0, 4).map(str),
    st.tuples(st.sampled_from(["<", "<=", ">", ">="]), st.integers(0, 4)).map(lambda pair: f"{pair[0]} {pair[1]}"),
    st.tuples(st.integers(0, 2), st.integers(2, 4)).map(lambda pair: f"[{pair[0]}..{pair[1]})"),
)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_the_analysis_agrees_with_trying_every_input(rules: list[tuple[str, str]]) -> None:
    """An input of the grid matches no rule or several exactly when the analysis says so."""
    table = a_table("UNIQUE", ["x:number", "y:number"], [(*cells, str(row)) for row, cells in enumerate(rules)])
    definitions = parse_decisions(a_file(a_decision(table)), "t.dmn")
    grid = [number / 2 for number in range(-2, 11)]
    pairs: set[tuple[int, ...]] = set()
    has_gap = False
    for x in grid:
        for y in grid:
            explained = definitions.evaluate("decision", {"x": x, "y": y}).explanation[0].tables[0].rules
            matched = [number for number, _, _ in explained]
            has_gap |= not matched
            pairs |= {(one, other) for one in matched for other in matched if one < other}
    found_here = definitions.analyze()
    assert {finding.rules for finding in found_here if finding.problem is Problem.OVERLAP} == pairs
    assert any(finding.problem is Problem.GAP for finding in found_here) is has_gap
