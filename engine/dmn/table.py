"""Evaluating decision tables: which rules match, what the hit policy makes of them. Source: DMN 1.5, 8.2 and 8.3."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

from engine import feel
from engine.feel import CompiledExpression, Context
from engine.feel.builtins import BUILTINS
from engine.feel.evaluation import Evaluation
from engine.feel.types import ContextType, ListType, RestrictedType, Type
from engine.feel.values import equal

from .column import positions
from .explanation import Hits, TableExplanation
from .model import DecisionTable, HitPolicy, LiteralExpression, OutputClause, Rule
from .scope import Scope


class Literals(Protocol):
    """What a table needs from the evaluator of boxed expressions."""

    evaluation: Evaluation
    tables: list[TableExplanation]

    def literal(self, boxed: LiteralExpression, scope: Scope) -> object:
        """Evaluate FEEL text."""

    def within(self, scope: Scope) -> Evaluation:
        """Return the evaluation of a scope's names."""

    def coerced(self, value: object, kind: Type | None, what: str) -> object:
        """Return a value as of a type."""


def evaluate_table(table: DecisionTable, scope: Scope, literals: Literals) -> object:
    """Return the result of a table and record which rules matched."""
    values = _inputs(table, scope, literals)
    if values is None:
        return None
    matching = _matching(table, values, literals.within(scope))
    hits: Hits = [(rule, _outputs(table, rule.results, scope, literals)) for rule in matching]
    literals.tables.append(TableExplanation(table, values, hits))
    if not hits:
        return _default(table, scope, literals)
    if len(hits) == 1 and table.hit_policy is HitPolicy.UNIQUE:
        return hits[0][1]
    return _POLICIES[table.hit_policy](table, hits, scope, literals)


def _inputs(table: DecisionTable, scope: Scope, literals: Literals) -> list[object] | None:
    """Return what each column tests; None when one of the values is not allowed."""
    values = []
    for clause in table.inputs:
        value = literals.literal(clause.expression, scope)
        if clause.type is not None:
            value = literals.coerced(value, clause.type, clause.label)
        if clause.allowed is not None and value is not None and not _is_allowed(clause.allowed, value, scope, literals):
            literals.evaluation.null("the value of {} is not among its input values", clause.label)
            return None
        values.append(value)
    return values


def _is_allowed(tests: CompiledExpression, value: object, scope: Scope, literals: Literals) -> bool:
    return tests.run(literals.evaluation.within(scope, value)) is True


def _matching(table: DecisionTable, values: list[object], evaluation: Evaluation) -> list[Rule]:
    """Return the rules all of whose cells pass, in the order of the table."""
    frame, matching = [evaluation], (1 << len(table.rules)) - 1
    for column, value in zip(table.columns, values, strict=True):
        evaluation.input = value
        matching = column.passed(frame, value, matching)
    evaluation.input = None  # the outputs test nothing
    return [table.rules[position] for position in positions(matching)]


def _outputs(table: DecisionTable, results: tuple[LiteralExpression, ...], scope: Scope, literals: Literals) -> object:
    if len(table.outputs) == 1 and results:
        return _output(results[0], table.outputs[0], scope, literals)
    values = [_output(result, clause, scope, literals) for result, clause in zip(results, table.outputs, strict=False)]
    return Context((clause.name, value) for clause, value in zip(table.outputs, values, strict=False))


def _output(result: LiteralExpression, clause: OutputClause, scope: Scope, literals: Literals) -> object:
    value = literals.literal(result, scope)
    return value if clause.type is None else literals.coerced(value, clause.type, clause.label or "the output")


def _default(table: DecisionTable, scope: Scope, literals: Literals) -> object:
    if all(clause.default is None for clause in table.outputs):
        return literals.evaluation.null("no rule matches")
    empty = LiteralExpression("", None)
    return _outputs(table, tuple(clause.default or empty for clause in table.outputs), scope, literals)


def _unique(table: DecisionTable, hits: Hits, scope: Scope, literals: Literals) -> object:
    if len(hits) > 1:
        numbers = ", ".join(str(rule.number) for rule, _ in hits)
        return literals.evaluation.null("the rules {} match, but only one may", numbers)
    return hits[0][1]


def _any(table: DecisionTable, hits: Hits, scope: Scope, literals: Literals) -> object:
    first = hits[0][1]
    if all(output is first or equal(output, first) is True for _, output in hits):
        return first
    numbers = ", ".join(str(rule.number) for rule, _ in hits)
    return literals.evaluation.null("the rules {} match and disagree", numbers)


def _first(table: DecisionTable, hits: Hits, scope: Scope, literals: Literals) -> object:
    return hits[0][1]


def _rule_order(table: DecisionTable, hits: Hits, scope: Scope, literals: Literals) -> object:
    return [output for _, output in hits]


def _priority(table: DecisionTable, hits: Hits, scope: Scope, literals: Literals) -> object:
    return _output_order(table, hits, scope, literals)[0]


def _output_order(table: DecisionTable, hits: Hits, scope: Scope, literals: Literals) -> list[object]:
    """By the position of each output in its output values; equal ones stay in the order of the table."""
    orders = [_values_in_order(table, clause, scope, literals) for clause in table.outputs]

    def rank(output: object) -> list[int]:
        parts = [output] if len(table.outputs) == 1 else list(output.values()) if isinstance(output, dict) else []
        return [_position(part, order) for part, order in zip(parts, orders, strict=False)]

    return sorted((output for _, output in hits), key=rank)


def _position(value: object, order: list[object]) -> int:
    return next((index for index, candidate in enumerate(order) if equal(candidate, value) is True), len(order))


def _values_in_order(table: DecisionTable, clause: OutputClause, scope: Scope, literals: Literals) -> list[object]:
    """From the output values of the column, else from the allowed values of its type or of the decision's."""
    if clause.values is not None:
        listed = literals.literal(clause.values, scope)
        return listed if isinstance(listed, list) else []
    restricted = _restricted(clause.type) or _restricted(_type_of_output(table, clause))
    if restricted is None:
        return []
    return _listed(restricted.allowed, literals.evaluation)


def _listed(tests: str, evaluation: Evaluation) -> list[object]:
    listed = feel.compile(f"[{tests}]").run(evaluation.within({}))
    return listed if isinstance(listed, list) else []


def _restricted(kind: Type | None) -> RestrictedType | None:
    return kind if isinstance(kind, RestrictedType) else None


def _type_of_output(table: DecisionTable, clause: OutputClause) -> Type | None:
    kind = table.type
    if isinstance(kind, ListType):
        kind = kind.item
    if isinstance(kind, ContextType):
        return kind.fields.get(clause.name)
    return kind if len(table.outputs) == 1 else None


def _collect(table: DecisionTable, hits: Hits, scope: Scope, literals: Literals) -> object:
    outputs = [output for _, output in hits]
    if not table.aggregation:
        return outputs
    if table.aggregation == "COUNT":
        return Decimal(len(outputs))
    aggregate = BUILTINS.get(table.aggregation.lower())
    return None if aggregate is None else aggregate.invoke(literals.evaluation, [outputs])


_POLICIES: dict[HitPolicy, Callable[[DecisionTable, Hits, Scope, Literals], object]] = {
    HitPolicy.UNIQUE: _unique,
    HitPolicy.ANY: _any,
    HitPolicy.FIRST: _first,
    HitPolicy.PRIORITY: _priority,
    HitPolicy.RULE_ORDER: _rule_order,
    HitPolicy.OUTPUT_ORDER: _output_order,
    HitPolicy.COLLECT: _collect,
}
