"""Random expressions whose value is of a known kind, as text: fully bracketed, so that precedence plays no part."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

#: What the expressions may read.
VARIABLES: dict[str, object] = {
    "n": 7,
    "half": 2.5,
    "word": "Jakarta",
    "yes": True,
    "numbers": [3, 1, 2, 2],
    "person": {"name": "Ani", "age": 31},
    "rows": [{"key": "a", "size": 1}, {"key": "b", "size": 5}],
}

Texts = st.SearchStrategy[str]


def _formatted(template: str, *parts: Texts) -> Texts:
    """Return texts of `template`, each {} filled by one of the next part."""
    return st.tuples(*parts).map(lambda filled: template.format(*filled))


def _all_of(*templates: tuple[str, tuple[Texts, ...]]) -> Texts:
    return st.one_of([_formatted(template, *parts) for template, parts in templates])


_WHOLE = st.integers(-9, 60).map(str)
_SMALL = st.integers(1, 3).map(str)
_WORDS = st.sampled_from(["", "a", "ab", "Kartini", "jakarta raya", "\U0001f40e b", "10"]).map(lambda word: f'"{word}"')
_DATES = st.dates().map(lambda day: f'date("{day.isoformat()}")')
_MONTHS = st.integers(0, 30).map(lambda months: f'duration("P{months}M")')
_DAYS = st.integers(0, 400).map(lambda days: f'duration("P{days}D")')


class Expressions:
    """The expressions up to some depth, by the kind of their value."""

    def __init__(self, depth: int) -> None:
        inner = Expressions(depth - 1) if depth else self
        self.numbers = st.one_of(_WHOLE, st.sampled_from(["n", "half", "person.age", "rows[1].size"]))
        self.texts = st.one_of(_WORDS, st.sampled_from(["word", "person.name"]))
        self.booleans = st.sampled_from(["true", "false", "yes"])
        self.lists = st.one_of(
            st.lists(_WHOLE, max_size=4).map(lambda items: f"[{', '.join(items)}]"), st.just("numbers")
        )
        self.dates = _DATES
        if depth:
            n, t, b, items, d = inner.numbers, inner.texts, inner.booleans, inner.lists, inner.dates
            self.numbers = st.one_of(self.numbers, _numbers(n, t, b, items, d))
            self.texts = st.one_of(self.texts, _texts(n, t, b))
            self.booleans = _booleans(n, t, b, items, d)
            self.lists = st.one_of(self.lists, _lists(n, b, items))
            self.dates = st.one_of(self.dates, _dates(b, d))

    def all(self) -> Texts:
        """Expressions of any kind."""
        return st.one_of(
            self.numbers, self.texts, self.booleans, self.lists, self.dates.map(lambda text: f"string({text})")
        )


def _numbers(n: Texts, t: Texts, b: Texts, items: Texts, d: Texts) -> Texts:
    return _all_of(
        ("({}) + ({})", (n, n)),
        ("({}) - ({})", (n, n)),
        ("({}) * ({})", (n, n)),
        ("({}) / 4", (n,)),
        ("({}) ** {}", (_WHOLE.filter(lambda text: "-" not in text), _SMALL)),
        ("-({})", (n,)),
        ("if {} then {} else {}", (b, n, n)),
        ("abs({})", (n,)),
        ("floor({})", (n,)),
        ("ceiling({})", (n,)),
        ("round half up({}, 0)", (n,)),
        ("modulo({}, {})", (n, st.sampled_from(["2", "3", "-4"]))),
        ("string length({})", (t,)),
        ("count({})", (items,)),
        ("sum(append({}, {}))", (items, n)),
        ("min(append({}, {}))", (items, n)),
        ("max({}, {})", (n, n)),
        ("append({}, {})[{}]", (items, n, st.sampled_from(["1", "-1"]))),
        ("{{a: {}, b: a + 1}}.b", (n,)),
        ("(function(x, y) x - y)({}, {})", (n, n)),
        ("(function(x, y) x - y)(y: {}, x: {})", (n, n)),
        ("({}).{}", (d, st.sampled_from(["year", "month", "day"]))),
    )


def _texts(n: Texts, t: Texts, b: Texts) -> Texts:
    return _all_of(
        ("({}) + ({})", (t, t)),
        ("if {} then {} else {}", (b, t, t)),
        ('substring({} + "abc", {})', (t, _SMALL)),
        ('substring(replace({}, "[^a-z]", "") + "abc", -{}, {})', (t, _SMALL, _SMALL)),
        ("upper case({})", (t,)),
        ("lower case({})", (t,)),
        ('substring before({}, "a")', (t,)),
        ('substring after({}, "a")', (t,)),
        ('replace({}, "a+", "-$0-")', (t,)),
        ("string(floor({}))", (n,)),
        ('string join([{}, {}], "-")', (t, t)),
    )


def _booleans(n: Texts, t: Texts, b: Texts, items: Texts, d: Texts) -> Texts:
    comparison = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    return _all_of(
        ("({}) {} ({})", (n, comparison, n)),
        ("({}) {} ({})", (t, comparison, t)),
        ("({}) {} ({})", (d, comparison, d)),
        ("[{}, 1] = [1, {}]", (n, n)),
        ("({}) and ({})", (b, b)),
        ("({}) or ({})", (b, b)),
        ("not({})", (b,)),
        ("({}) between -5 and 1 + abs({})", (n, n)),
        ("({}) in [1..20)", (n,)),
        ("({}) in (< 3, > ({}))", (n, n)),
        ("some x in {} satisfies x > ({})", (items, n)),
        ("every x in {} satisfies x > ({})", (items, n)),
        ("list contains({}, {})", (items, n)),
        ("contains({}, {})", (t, t)),
        ("starts with({}, {})", (t, t)),
        ("ends with({}, {})", (t, t)),
        ('matches({}, "^[A-Z]")', (t,)),
        ("({}) instance of {}", (n, st.sampled_from(["number", "string", "boolean"]))),
    )


def _lists(n: Texts, b: Texts, items: Texts) -> Texts:
    return _all_of(
        ("for x in {} return x * 2", (items,)),
        ("for x in {}, y in [1, 2] return x + y", (items,)),
        ("for i in 1..{} return i + ({})", (_SMALL, n)),
        ("({})[item > ({})]", (items, n)),
        ("rows[size > ({})].size", (n,)),
        ("append({}, {})", (items, n)),
        ("concatenate({}, {})", (items, items)),
        ("insert before(append({}, 1), 1, {})", (items, n)),
        ("remove(append({}, 1), 1)", (items,)),
        ("reverse({})", (items,)),
        ("distinct values({})", (items,)),
        ("union({}, {})", (items, items)),
        ("index of({}, {})", (items, n)),
        ("flatten([{}, [{}]])", (items, n)),
        ("sublist(append({}, 1), 1, 1)", (items,)),
        ("sort({}, function(x, y) x < y)", (items,)),
        ("if {} then {} else {}", (b, items, items)),
    )


def _dates(b: Texts, d: Texts) -> Texts:
    near = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)).map(
        lambda day: f'date("{day.isoformat()}")'
    )
    return _all_of(
        ("({}) + {}", (near, _MONTHS)),
        ("({}) - {}", (near, _MONTHS)),
        ("({}) + {}", (near, _DAYS)),
        ("({}) - {}", (near, _DAYS)),
        ("if {} then {} else {}", (b, d, d)),
    )
