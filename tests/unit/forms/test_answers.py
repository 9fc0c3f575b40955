"""What a filled-in form says to those who read of it later."""

from __future__ import annotations

from typing import Any

from engine.forms import Answer, answers, examine
from engine.model import Label
from tests.unit.forms.forms import NOW, a_choice, a_field, a_form

NAMES = ("vote.decision", "vote.reason", "vote.tags")
GROUP = {
    "type": "group",
    "path": "vote",
    "components": [
        a_choice(),
        a_field("textarea", "reason", conditional={"hide": '=vote.decision = "approve"'}),
        a_choice("checklist", "tags"),
        a_field(key="note"),
    ],
}


def told(submitted: dict[str, Any]) -> list[Answer]:
    return list(answers(examine(a_form(GROUP), {"vote": submitted}, {}, now=NOW), NAMES))


def test_options_are_told_in_words_and_texts_as_they_are() -> None:
    assert told({"decision": "defer", "reason": "After the closing", "note": "not told"}) == [
        Answer(Label("Decision", "Keputusan"), "defer", (Label("Defer", "Tangguhkan"),)),
        Answer(Label("Reason", "Alasan"), "After the closing"),
    ]


def test_what_is_hidden_or_empty_is_not_told() -> None:
    assert [answer.value for answer in told({"decision": "approve", "reason": "left over", "tags": []})] == ["approve"]


def test_several_options_are_all_told() -> None:
    assert [word.en for word in told({"decision": "approve", "tags": ["defer", 3]})[1].words] == ["Defer", "Three"]
