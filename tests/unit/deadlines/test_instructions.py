"""What elements tell clocks, as text; and the document that says which clocks there are."""

from __future__ import annotations

from typing import Any

import pytest

from engine.deadlines import clock_catalogue, parse_clocks, parse_instructions
from engine.errors import DefinitionInvalid, InputInvalid
from engine.model import ClockVerb

DOCUMENT: dict[str, Any] = {
    "kind": "clocks",
    "pause_reasons": [{"key": "reply", "en": "Waiting", "id": "Menunggu"}],
    "clocks": [
        {
            "key": "answer",
            "decision": "targets",
            "duration": "answer",
            "pauses": ["reply"],
            "messages": [{"at": 100, "name": "Over"}, {"at": 75, "name": "Short"}],
        }
    ],
}


def told(text: str) -> list[tuple[str, str, str, bool]]:
    return [(one.verb.value, one.clock, one.reason, one.expression is not None) for one in parse_instructions(text)]


def test_statements_are_read_in_order() -> None:
    assert told("start a, b; pause a reply ;resume b\nretarget a;stop a") == [
        ("start", "a", "", False),
        ("start", "b", "", False),
        ("pause", "a", "reply", False),
        ("resume", "b", "", False),
        ("retarget", "a", "", False),
        ("stop", "a", "", False),
    ]


def test_expressions_give_a_moment_or_a_reason() -> None:
    text = 'start a from =if x = ";" then y else now(); pause a =wait.reason'
    assert told(text) == [("start", "a", "", True), ("pause", "a", "", True)]
    assert [one.verb for one in parse_instructions(text)] == [ClockVerb.START, ClockVerb.PAUSE]


def test_nothing_tells_nothing() -> None:
    assert parse_instructions("") == parse_instructions(" ; \n ") == ()


@pytest.mark.parametrize(
    "text",
    [
        "begin a", "start", "start a b", "pause a", "pause a two reasons", "stop a now", "resume", "start a from now",
        "start a from =", "pause a =1 +", "start ä", "start a;stop", "start " + "a" * 61, "start a," * 2000,
        "__import__ os", "pause a ../../etc",
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InputInvalid) as refused:
        parse_instructions(text)
    assert refused.value.label.id
    assert refused.value.label.en != refused.value.label.id


def test_a_document_gives_clocks_with_thresholds_in_order() -> None:
    clock = clock_catalogue([DOCUMENT]).clocks["answer"]
    assert [one.share for one in clock.thresholds] == [75, 100]
    assert (clock.calendar, clock.pauses, clock.label.en) == ("calendar", ("reply",), "answer")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"clocks": "answer"}, "clocks"),
        ({"clocks": [{"key": "a"}]}, "clocks[0]"),
        ({"clocks": [DOCUMENT["clocks"][0]] * 2}, "clocks[1]"),
        ({"clocks": [DOCUMENT["clocks"][0] | {"pauses": ["lunch"]}]}, "clocks.answer"),
        ({"clocks": [DOCUMENT["clocks"][0] | {"messages": [{"at": 0, "name": "x"}]}]}, "clocks.answer"),
        ({"clocks": [DOCUMENT["clocks"][0] | {"messages": [{"at": True, "name": "x"}]}]}, "clocks.answer"),
        ({"clocks": [DOCUMENT["clocks"][0] | {"messages": "soon"}]}, "clocks.answer"),
        ({"pause_reasons": [{"en": "no key"}]}, "pause_reasons[0]"),
    ],
)
def test_a_wrong_document_is_refused_with_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(DefinitionInvalid) as refused:
        parse_clocks(DOCUMENT | changes)
    assert place in [finding.element_id for finding in refused.value.findings]
