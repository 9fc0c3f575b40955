"""Laws that hold for all values: parse, print, parse; order; ranges; logic; sorting; doors."""

from __future__ import annotations

import contextlib
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from engine.feel import FeelError, ast, evaluate, from_json, parse, to_json
from engine.feel.values import equal, less_than, literal
from tests.unit.feel.printer import printed

numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)
names = st.sampled_from(["a", "b", "customer", "x1"]).map(ast.Name)
literals = (numbers.filter(lambda number: number >= 0) | texts | st.booleans() | st.none()).map(ast.Literal)


def composites(inner: st.SearchStrategy[ast.Node]) -> st.SearchStrategy[ast.Node]:
    iterators = st.builds(ast.Iterator, st.sampled_from(["i", "j"]), inner, st.none() | inner)
    loops = st.lists(iterators, min_size=1, max_size=2).map(tuple)
    return st.one_of(
        st.builds(ast.Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(ast.Comparison, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), inner, inner),
        st.builds(ast.Logical, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(ast.Negation, inner),
        st.builds(ast.Between, inner, inner, inner),
        st.builds(ast.If, inner, inner, inner),
        st.builds(ast.Path, inner, st.sampled_from(["name", "age"])),
        st.builds(ast.Filter, inner, inner),
        st.builds(ast.ListLiteral, st.lists(inner, max_size=3).map(tuple)),
        st.builds(ast.RangeLiteral, inner, inner, st.booleans(), st.booleans()),
        st.builds(ast.For, loops, inner),
        st.builds(ast.Quantified, st.sampled_from(["some", "every"]), loops, inner),
        st.builds(ast.ContextLiteral, st.lists(st.tuples(st.sampled_from(["k", "l"]), inner), max_size=2).map(tuple)),
        st.builds(ast.Call, st.just(ast.Name("count")), st.lists(inner, max_size=2).map(tuple)),
    )


expressions = st.recursive(literals | names, composites, max_leaves=8)


@given(expressions)
def test_what_is_printed_parses_to_the_same_tree(node: ast.Node) -> None:
    assert parse(printed(node)) == node


@given(expressions)
def test_every_expression_ends_with_a_value_or_a_feel_error(node: ast.Node) -> None:
    with contextlib.suppress(FeelError):
        to_json(evaluate(printed(node), {"a": 1, "b": [1, "x"], "customer": {"name": "Ani"}}))


@given(st.text(max_size=40))
def test_any_text_is_an_expression_or_a_syntax_error(text: str) -> None:
    with contextlib.suppress(FeelError):
        parse(text)


@given(json_values)
def test_json_values_survive_the_way_in_and_out(value: object) -> None:
    assert to_json(from_json(value)) == value


@given(json_values)
def test_a_value_written_as_source_is_the_same_value(value: object) -> None:
    read = from_json(value)
    assert equal(evaluate(literal(read), {}), read) is True


@given(numbers, numbers, numbers)
def test_a_range_holds_what_lies_between_its_ends(value: Decimal, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    variables = {"v": value, "l": low, "h": high}
    assert evaluate("v in [l..h]", variables) is (low <= value <= high)
    assert evaluate("v in (l..h)", variables) is (low < value < high)
    assert evaluate("v between l and h", variables) is (low <= value <= high)
    assert evaluate("v in (< l, >= h)", variables) is (value < low or value >= high)


@given(numbers, numbers)
def test_exactly_one_of_less_equal_greater_holds(one: Decimal, other: Decimal) -> None:
    assert [less_than(one, other), equal(one, other), less_than(other, one)].count(True) == 1


@given(st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=5))
def test_all_and_any_are_each_others_negation(values: list[bool | None]) -> None:
    negated = [None if value is None else not value for value in values]
    result = evaluate("all(v)", {"v": values})
    assert evaluate("any(n)", {"n": negated}) is (None if result is None else not result)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers()), max_size=12))
def test_sorting_keeps_the_order_of_equal_items(pairs: list[tuple[int, int]]) -> None:
    rows = [{"key": pair[0], "place": place} for place, pair in enumerate(pairs)]
    ordered = to_json(evaluate("sort(rows, function(a, b) a.key < b.key)", {"rows": rows}))
    assert ordered == sorted(rows, key=lambda row: row["key"])


@given(st.lists(json_values, max_size=8))
def test_distinct_values_are_distinct_and_complete(values: list[object]) -> None:
    kept = evaluate("distinct values(v)", {"v": values})
    assert isinstance(kept, list)
    assert all(equal(a, b) is not True for i, a in enumerate(kept) for b in kept[i + 1 :])
    assert all(any(equal(from_json(value), item) is True for item in kept) for value in values)


@given(texts, st.integers(-25, 25))
def test_a_substring_is_what_the_characters_say(text: str, start: int) -> None:
    result = evaluate("substring(t, s)", {"t": text, "s": start})
    if start == 0 or abs(start) > len(text) or not text:
        assert result is None
    else:
        assert result == (text[start - 1 :] if start > 0 else text[start:])
