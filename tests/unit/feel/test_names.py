"""Names come from the model, never from the keys of variables."""

from __future__ import annotations

import pytest

from engine.feel import FeelSyntaxError, evaluate, to_json
from engine.feel import compile as compile_feel


def test_a_hostile_key_does_not_change_what_an_expression_means() -> None:
    variables = {"a": 5, "b": 3, "a - b": 1000, "a + b": 1000, "a -b": 1000}
    assert to_json(evaluate("a - b", variables)) == 2


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("Monthly Salary * 12", "Monthly Salary", 120),
        ("Applicant.Monthly Salary * 12", "Applicant", 120),
        ("sum(Rows.Net Price)", "Rows", 7),
        ("Teacher's Mark", "Teacher's Mark", 8),
    ],
)
def test_words_that_are_no_expression_may_be_a_name_of_the_variables(text: str, key: str, value: object) -> None:
    variables = {
        "Monthly Salary": 10,
        "Applicant": {"Monthly Salary": 10},
        "Rows": [{"Net Price": 3}, {"Net Price": 4}],
        "Teacher's Mark": 8,
    }
    assert to_json(evaluate(text, {key: variables[key]})) == value


@pytest.mark.parametrize(
    "text",
    [
        "a - b",
        "if a = 1 then b else c",
        "for x in items return x",
        "a instance of number",
        "some x in items satisfies x",
        "a between b and c",
        "date and time(d)",
        "{a b: 1}.a b",
        '"a b"',
    ],
)
def test_no_key_changes_what_an_expression_means(text: str) -> None:
    hostile = {text: 1, "a b": 1, "if a": 1, "b else c": 1, "x in items": 1, "a - b": 1, "b and c": 1, "in items": 1}
    plain = {"a": 1, "b": 2, "c": 3, "d": "2026-01-01", "items": [1]}
    assert evaluate(text, {**plain, **hostile}) == evaluate(text, plain)


@pytest.mark.parametrize("key", ["a + )", "a. b", "then b", "a then", "1 a", "a[1] b", "a  )"])
def test_a_key_with_an_operator_or_a_keyword_is_no_name_even_where_nothing_else_fits(key: str) -> None:
    with pytest.raises(FeelSyntaxError) as raised:
        evaluate(f"{key} 1", {key: 1})
    with pytest.raises(FeelSyntaxError) as without:
        compile_feel(f"{key} 1")
    assert (raised.value.line, raised.value.column) == (without.value.line, without.value.column)


def test_what_is_compiled_without_variables_knows_the_models_names_only() -> None:
    with pytest.raises(FeelSyntaxError):
        compile_feel("Monthly Salary * 12")


def test_a_name_declared_by_the_model_is_read_as_a_whole() -> None:
    expression = compile_feel("Applicant Data.age + a - b", ["Applicant Data", "a - b"])
    assert expression.names == {"Applicant Data", "a - b"}
    assert to_json(expression({"Applicant Data": {"age": 30}, "a": 1, "a - b": 10})) == 40


def test_the_longest_declared_name_wins() -> None:
    expression = compile_feel("loan amount limit", ["loan amount", "loan amount limit"])
    assert expression.names == {"loan amount limit"}


def test_a_name_may_hold_a_keyword() -> None:
    expression = compile_feel("for day in days in weekend return day", ["days in weekend"])
    assert expression({"days in weekend": ["sat", "sun"]}) == ["sat", "sun"]


def test_backticks_make_any_text_a_name() -> None:
    assert to_json(evaluate("`a - b` + 1", {"a - b": 1})) == 2


def test_a_variable_named_as_a_function_does_not_replace_it() -> None:
    assert to_json(evaluate("count([1, 2])", {"count": 7})) == 2
    assert to_json(evaluate("count + 1", {"count": 7})) == 8


def test_local_names_go_before_variables() -> None:
    assert to_json(evaluate("for x in [1, 2] return x + y", {"x": 100, "y": 1})) == [2, 3]


def test_the_names_read_are_known_before_evaluation() -> None:
    expression = compile_feel('if impact = "high" then due(record, "fix") else items[state = open].name')
    assert expression.names == {"impact", "record", "items", "state", "open"}
    assert expression.certain_names == {"impact", "record", "items"}
    assert expression.called == {"due"}


def test_the_hosts_functions_get_and_give_values() -> None:
    expression = compile_feel("twice(x) + 1", functions=["twice"])
    assert expression.findings == ()
    assert to_json(expression({"x": 2}, functions={"twice": lambda number: number * 2})) == 5


def test_an_unknown_function_is_found_at_compile_time() -> None:
    expression = compile_feel("1 +\n twise(2)", functions=["twice"])
    assert [(line, column, str(reason)) for line, column, reason in expression.findings] == [
        (2, 2, "there is no function twise")
    ]


def test_a_call_that_can_never_work_is_found_at_compile_time() -> None:
    assert [str(reason) for _, _, reason in compile_feel("abs()").findings] == ["abs cannot be called with 0 arguments"]
