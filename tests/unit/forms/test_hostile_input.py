"""Whatever is submitted, the answer is values and errors, never an exception."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import DefinitionInvalid
from engine.forms import decode, parse_form
from engine.model import Finding
from tests.unit.forms.forms import a_choice, a_field, a_form, a_list, checked, source

EVERYTHING = a_form(
    a_field(validate={"required": True, "minLength": 3, "pattern": "(a+)+$"}, properties={"rule": "=reason != amount"}),
    a_field("textarea", "text"),
    a_field("textfield", "outage", properties={"format": "duration"}),
    a_field("number", "amount", decimalDigits=2, increment="0.5", validate={"min": 0, "max": "=limit"}),
    a_field("datetime", "on", subtype="date", properties={"future": "yes", "max_date": '=today() + duration("P9D")'}),
    a_field("datetime", "at", subtype="datetime", disallowPassedDates=True, timeInterval=15),
    a_field("datetime", "time", subtype="time"),
    a_field("checkbox", "agreed", validate={"required": True}),
    a_choice("select", "one"),
    a_choice("checklist", "many"),
    a_field("select", "service", properties={"choices": "register:SVC"}),
    a_field("taglist", "people", valuesExpression="=many"),
    a_field("filepicker", "files", multiple=True, accept=".pdf"),
    a_field("expression", "sum", expression="=amount + count(steps)"),
    {"type": "group", "path": "plan", "conditional": {"hide": "=agreed"}, "components": [a_field(key="x.y")]},
    a_list(a_field(key="action", validate={"required": True}), a_field("number", "minutes"), a_list(a_field(key="z"))),
)
KEYS = [*EVERYTHING.keys, "x", "y", "z", "action", "minutes", "days", "hours", "key", "value", "evil"]

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["2026-02-02", "7", "approve"])
)
nested = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=20,
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(KEYS), nested) | nested, st.dictionaries(st.sampled_from(KEYS), nested))
def test_any_json_is_checked(submitted: Any, variables: dict[str, Any]) -> None:
    values, errors = checked(EVERYTHING, submitted, **{"limit": 5, **variables})
    json.dumps(values)
    assert all(label.en and label.id for label in errors.values())


@settings(max_examples=200)
@given(
    st.lists(
        st.tuples(st.text("abc.[]0123steps\0", max_size=12) | st.sampled_from(KEYS), st.text(max_size=5)), max_size=30
    )
)
def test_any_pairs_are_decoded(pairs: list[tuple[str, str]]) -> None:
    checked(EVERYTHING, decode(EVERYTHING, pairs), limit=5)


def deep(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


HOSTILE: dict[str, Any] = {
    "NUL": "nul \0 byte",
    "half a pair": "half \ud800 pair",
    "huge text": "x" * 3_000_000,
    "slow for a pattern": "a" * 40 + "!",
    "deep list": deep(5_000),
    "deep object": {"a": deep(5_000)},
    "deep key": {"key": deep(2_000)},
    "huge number": 10**5_000,
    "huge negative number": -(10**40),
    "no number": float("nan"),
    "infinity": float("inf"),
    "large float": 1e308,
    "huge duration": {"days": 10**5_000},
    "long duration": "P" + "9" * 5_000 + "D",
    "many nothings": [None] * 100_000,
    "object": object(),
    "bytes": b"bytes",
    "number as key": {1: 2},
    "many digits": "9" * 10_000,
    "no such minute": "2026-02-02T24:61",
    "first day": "0001-01-01",
    "last moment": "9999-12-31T23:59:59-18:00",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_values_become_errors(name: str) -> None:
    for key in EVERYTHING.keys:
        checked(EVERYTHING, {key: HOSTILE[name]}, limit=5)


def test_a_flood_of_rows_is_cut_and_told() -> None:
    values, errors = checked(EVERYTHING, {"steps": [{"action": "a", "steps": [{"z": "1"}] * 500}] * 500}, limit=5)
    assert "paling banyak" in errors["steps"].id
    assert len(values["steps"]) <= 200


@settings(max_examples=200)
@given(st.binary(max_size=60) | nested.map(lambda value: json.dumps(value, default=str).encode()))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    with pytest.raises(DefinitionInvalid):
        parse_form(content, "x.form")


PARTS = "type key path label description validate properties values conditional layout components readonly".split()


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from(PARTS),
        nested | st.sampled_from(["textfield", "group", "dynamiclist", "select", "=(", "=a", "a.b", "{{", "{{1 +}}"]),
    )
)
def test_any_component_is_read_or_refused(component: dict[str, Any]) -> None:
    findings: tuple[Finding, ...] = ()
    try:
        parse_form(source(json.loads(json.dumps(component, default=str))), "x.form")
    except DefinitionInvalid as refused:
        findings = refused.findings
    assert all(finding.reason.en and finding.reason.id and finding.cure.id for finding in findings)


def test_a_file_that_is_too_deep_or_too_large_is_refused() -> None:
    for content in (b"[" * 100_000, b" " * 2_000_001, b'{"id": ' + b"9" * 5_000 + b"}", b'{"id": NaN}', b"\xff\xfe"):
        with pytest.raises(DefinitionInvalid):
            parse_form(content, "x.form")
