"""FEEL against Python itself, in one run on one machine."""

from __future__ import annotations

from time import process_time

from benchmarks.stopwatch import best_seconds
from engine.feel import compile as compile_feel

CONDITION = 'impact = "high" and urgency >= 2'
PYTHON = compile('impact == "high" and urgency >= 2', "<condition>", "eval")
AVERAGE = 'if impact = "high" and urgency >= {0} then count(items[amount > {0}]) + 1 else string length(name) * 2'
NOTHING: dict[str, object] = {"__builtins__": {}}
VARIABLES: dict[str, object] = {"impact": "high", "urgency": 3, "name": "x"}


def test_a_cached_comparison_costs_at_most_ten_times_python() -> None:
    expression = compile_feel(CONDITION)
    # Python's eval is the measure here; the product itself never calls it.
    python, feel = best_seconds(
        (lambda: eval(PYTHON, NOTHING, VARIABLES), 5000),  # noqa: S307
        (lambda: expression(VARIABLES), 2000),
    )
    print(f"\ncached comparison: {feel / python:.1f} times Python ({feel * 1e9:.0f} ns)")
    assert feel <= 10 * python


def test_the_cost_does_not_grow_with_the_variables_not_read() -> None:
    expression = compile_feel(CONDITION)
    many = {**VARIABLES, **{f"v{number}": number for number in range(300)}}
    few, all_of_them = best_seconds((lambda: expression(VARIABLES), 2000), (lambda: expression(many), 2000))
    print(f"\n300 variables instead of 3: {all_of_them / few:.2f} times")
    assert all_of_them <= 1.3 * few


def test_compiling_an_average_expression_takes_less_than_0_3_ms() -> None:
    texts = [AVERAGE.format(number) for number in range(300)]
    started = process_time()
    for text in texts:
        compile_feel(text)
    each = (process_time() - started) / len(texts)
    print(f"\ncompile: {each * 1000:.3f} ms CPU")
    assert each < 0.0003
