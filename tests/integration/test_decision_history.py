"""What a business rule task decided, and why, is kept with the history of its process instance."""

from __future__ import annotations

from typing import Any

from engine import InstancePage, ResourceFile
from engine.model import SYSTEM
from engine.testing import Harness
from tests.features.notation import bpmn, extended
from tests.unit.dmn.files import a_decision, a_file, a_literal, a_table, an_input

DIAGRAM = bpmn(
    "<start s> <end e>"
    + extended("businessRuleTask", "r", '<zeebe:calledDecision decisionId="priority" resultVariable="priority"/>')
    + "\ns -> r\nr -> e\n"
)
DECISIONS = a_file(
    an_input("impact"),
    a_decision(a_literal('if impact = "high" then 3 else 1'), name="weight", requires=["in:impact"]),
    a_decision(
        a_table("UNIQUE", ["weight", "urgency"], [(">= 3", "-", '"P1"'), ("< 3", "< 5", '"P3"')]),
        name="priority",
        requires=["weight"],
    ),
)


def test_the_explanation_of_every_decision_is_stored(database_url: str) -> None:
    with Harness(database_url) as harness:
        harness.deploy(ResourceFile("p.bpmn", DIAGRAM), ResourceFile("d.dmn", DECISIONS))
        instance = harness.start("p", impact="high", urgency=2)
        details = decided(harness, instance.key)
    assert details["decision"] == "priority"
    weight, priority = details["explanation"]["decisions"]
    assert (weight["name"], weight["inputs"], weight["value"]) == ("weight", {"impact": "high"}, 3)
    (table,) = priority["tables"]
    assert table["inputs"] == [{"label": "weight", "value": 3}, {"label": "urgency", "value": 2}]
    assert table["rules"] == [{"number": 1, "id": "r1", "output": "P1"}]
    assert (priority["value"], priority["warnings"]) == ("P1", [])


def test_why_nothing_was_decided_is_stored_in_both_languages(database_url: str) -> None:
    with Harness(database_url) as harness:
        harness.deploy(ResourceFile("p.bpmn", DIAGRAM), ResourceFile("d.dmn", DECISIONS))
        instance = harness.start("p", impact="low", urgency=9)
        _, priority = decided(harness, instance.key)["explanation"]["decisions"]
    assert priority["tables"][0]["rules"] == []
    assert {"en": "no rule matches", "id": "tidak ada aturan yang cocok"} in priority["warnings"]


def decided(harness: Harness, process_instance_key: int) -> dict[str, Any]:
    """Return the details of the only decision in the history of an instance."""
    page = harness.engine.ask(InstancePage(process_instance_key=process_instance_key, actor=SYSTEM))
    (entry,) = [named.entry for named in page.history if named.entry.action == "decision_evaluated"]
    assert entry.element_id == "r"
    return dict(entry.details)
