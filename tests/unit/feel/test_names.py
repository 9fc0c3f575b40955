"""Names come from the model, never from the keys of variables."""

from __future__ import annotations

from engine.feel import compile as compile_feel
from engine.feel import evaluate, to_json


def test_a_hostile_key_does_not_change_what_an_expression_means() -> None:
    variables = {"a": 5, "b": 3, "a - b": 1000, "a + b": 1000, "a -b": 1000}
    assert to_json(evaluate("a - b", variables)) == 2


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
