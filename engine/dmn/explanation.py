"""Why a decision came out as it did, in values that JSON can carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.feel import Reason, to_json

from .model import DecisionTable, Rule

JsonObject = dict[str, object]

#: Rules that matched, with their outputs.
Hits = list[tuple[Rule, object]]


@dataclass(frozen=True, slots=True)
class TableExplanation:
    """One evaluation of one table: its input values, and the rules that matched with their outputs."""

    table: DecisionTable
    values: Sequence[object]
    hits: Hits

    @property
    def inputs(self) -> list[tuple[str, object]]:
        """The label of each column with the value it tested."""
        return [(clause.label, value) for clause, value in zip(self.table.inputs, self.values, strict=True)]

    @property
    def rules(self) -> list[tuple[int, str, object]]:
        """Number (from 1), id and output of each rule that matched."""
        return [(rule.number, rule.element_id, output) for rule, output in self.hits]

    def to_json(self) -> JsonObject:
        """As stored with the history."""
        return {
            "table_id": self.table.place.element_id,
            "hit_policy": self.table.hit_policy.value,
            "inputs": [{"label": label, "value": to_json(value)} for label, value in self.inputs],
            "rules": [
                {"number": number, "id": rule_id, "output": to_json(output)} for number, rule_id, output in self.rules
            ],
        }


@dataclass(slots=True)
class DecisionExplanation:
    """One decision of the graph."""

    decision_id: str
    name: str
    inputs: JsonObject = field(default_factory=dict)  #: what its requirements gave
    tables: list[TableExplanation] = field(default_factory=list)
    value: object = None
    warnings: list[Reason] = field(default_factory=list)

    def to_json(self) -> JsonObject:
        """As stored with the history."""
        return {
            "decision_id": self.decision_id,
            "name": self.name,
            "inputs": self.inputs,
            "tables": [table.to_json() for table in self.tables],
            "value": to_json(self.value),
            "warnings": [{"en": reason.label.en, "id": reason.label.id} for reason in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class DecisionResult:
    """The FEEL value of a decision, and one explanation per decision evaluated for it, required ones first."""

    value: object
    explanation: Sequence[DecisionExplanation]

    @property
    def warnings(self) -> list[Reason]:
        """Why values became null, over all decisions."""
        return [warning for part in self.explanation for warning in part.warnings]

    def to_json(self) -> JsonObject:
        """Return value and explanation as JSON."""
        return {"value": to_json(self.value), "explanation": [part.to_json() for part in self.explanation]}
