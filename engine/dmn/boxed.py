"""Evaluating boxed expressions. Source: DMN 1.5, 10.2.2 and 10.3.2.13."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from engine.feel import Context, Function, Range
from engine.feel.evaluation import Evaluation
from engine.feel.iteration import items_of_range
from engine.feel.types import Type, coerce
from engine.feel.values import entries, kind_of

from .explanation import TableExplanation
from .model import (
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedList,
    Conditional,
    DecisionTable,
    Invocation,
    Iteration,
    LiteralExpression,
    Relation,
)
from .scope import Scope
from .table import evaluate_table


class Evaluator:
    """Evaluates boxed expressions in one evaluation; `tables` collects what the tables did."""

    def __init__(self, evaluation: Evaluation, tables: list[TableExplanation]) -> None:
        self.evaluation = evaluation
        self.tables = tables
        self._last: tuple[Scope | None, Evaluation] = (None, evaluation)

    def value(self, boxed: Boxed | None, scope: Scope) -> object:
        """Return the value, coerced to the expression's own type; null for an empty box."""
        if boxed is None:
            return None
        value = _EVALUATORS[type(boxed)](self, boxed, scope)
        if boxed.type is None or isinstance(boxed, DecisionTable):
            return value
        return self.coerced(value, boxed.type, "the expression")

    def coerced(self, value: object, kind: Type | None, what: str) -> object:
        """Return the value as of a type; null with a warning when it is of another."""
        result = coerce(value, kind)
        if result is None and value is not None:
            self.evaluation.null("{} has the wrong type ({})", what, kind_of(value))
        return result

    def literal(self, boxed: LiteralExpression, scope: Scope) -> object:
        """Return the value of FEEL text; null when it does not compile (a finding said so)."""
        if boxed.compiled is None:
            return self.evaluation.null("the expression {} is wrong", boxed.text[:60]) if boxed.text else None
        return boxed.compiled.run(self.within(scope))

    def within(self, scope: Scope) -> Evaluation:
        """Return the evaluation of a scope's names, which the columns and cells of a table share."""
        if self._last[0] is not scope:
            self._last = (scope, self.evaluation.within(scope))
        return self._last[1]

    def context(self, boxed: BoxedContext, scope: Scope) -> object:
        """Entries see those before them; one without a variable is the result."""
        result, inner = Context(), scope
        for variable, expression in boxed.entries:
            value = self.value(expression, inner)
            if variable is None:
                return value
            value = self.coerced(value, variable.type, variable.name)
            result[variable.name] = value
            inner = inner.with_names({variable.name: value})
            if isinstance(value, BoxedCallable):
                value.see_itself(variable.name)
        return result

    def list_(self, boxed: BoxedList, scope: Scope) -> object:
        """Items in order."""
        return [self.value(item, scope) for item in boxed.items]

    def relation(self, boxed: Relation, scope: Scope) -> object:
        """Rows as contexts."""
        return [
            Context(
                (column.name, self.coerced(self.value(cell, scope), column.type, column.name))
                for column, cell in zip(boxed.columns, row, strict=False)
            )
            for row in boxed.rows
        ]

    def function(self, boxed: BoxedFunction, scope: Scope) -> object:
        """A function value; Java and PMML are refused."""
        if boxed.is_external:
            return self.evaluation.null("external functions are refused")
        return BoxedCallable("the function", boxed, scope, self.tables)

    def invocation(self, boxed: Invocation, scope: Scope) -> object:
        """A call with arguments by name."""
        function = self.value(boxed.callee, scope)
        if not isinstance(function, Function):
            return self.evaluation.null("what is invoked is no function")
        arguments = {name: self.value(binding, scope) for name, binding in boxed.bindings}
        return function.invoke_named(self.evaluation, arguments)

    def conditional(self, boxed: Conditional, scope: Scope) -> object:
        """if, then, else."""
        condition = self.value(boxed.condition, scope)
        if condition is not None and not isinstance(condition, bool):
            return self.evaluation.null("a condition is a boolean, not {}", kind_of(condition))
        return self.value(boxed.consequence if condition is True else boxed.alternative, scope)

    def filter_(self, boxed: BoxedFilter, scope: Scope) -> object:
        """in, match."""
        source = self.value(boxed.source, scope)
        if source is None:
            return None
        kept: list[object] = []
        items = source if isinstance(source, list) else [source]
        for item in items:
            self.evaluation.budget.spend()
            inner = {"item": item, **(dict(entries(item)) if isinstance(item, dict) else {})}
            verdict = self.value(boxed.match, scope.with_names(inner))
            if isinstance(verdict, Decimal):
                return self._item_at(items, verdict)
            if verdict is not None and not isinstance(verdict, bool):
                return self.evaluation.null("a filter is a boolean or a number, not {}", kind_of(verdict))
            if verdict is True:
                kept.append(item)
        return kept

    def _item_at(self, items: list[object], position: Decimal) -> object:
        index = int(position)
        if 1 <= abs(index) <= len(items):
            return items[index - 1 if index > 0 else index]
        return self.evaluation.null("a list of {} has no item {}", len(items), index)

    def iteration(self, boxed: Iteration, scope: Scope) -> object:
        """for, some, every."""
        source = self.value(boxed.source, scope)
        items = items_of_range(self.evaluation, source) if isinstance(source, Range) else source
        if items is None:
            return self.evaluation.null("{} goes over null", boxed.kind)
        results: list[object] = []
        decisive = {"some": True, "every": False}.get(boxed.kind)
        for item in items if not isinstance(items, (str, dict)) and hasattr(items, "__iter__") else [items]:
            self.evaluation.budget.spend()
            results.append(
                self.value(boxed.body, scope.with_names({boxed.variable.name: item, "partial": list(results)}))
            )
            if decisive is not None and results[-1] is decisive:
                return decisive
            if decisive is not None and not isinstance(results[-1], (bool, type(None))):
                return self.evaluation.null("satisfies needs a boolean, not {}", kind_of(results[-1]))
        if decisive is None:
            return results
        return None if None in results else not decisive

    def table(self, boxed: DecisionTable, scope: Scope) -> object:
        """A decision table."""
        return evaluate_table(boxed, scope, self)


class BoxedCallable(Function):
    """A function defined by a box: of a knowledge model, or inside an expression."""

    def __init__(self, name: str, boxed: BoxedFunction, scope: Scope, tables: list[TableExplanation]) -> None:
        self.name = name
        self.parameters = tuple(parameter.name for parameter in boxed.parameters)
        self.types = tuple(parameter.type for parameter in boxed.parameters)
        self._boxed = boxed
        self._scope = scope
        self._tables = tables

    def see_itself(self, name: str) -> None:
        """Make the function callable by its own name, for recursion."""
        self.see({name: self})

    def see(self, names: Mapping[str, object]) -> None:
        """Make names known that did not exist yet when it was defined."""
        self._scope = self._scope.with_names(names)

    def invoke(self, evaluation: Evaluation, arguments: Sequence[object]) -> object:
        """Evaluate the body; null when the number or a type of the arguments does not fit."""
        given = arguments_by_name(evaluation, self, arguments)
        if given is None:
            return None
        evaluator = Evaluator(evaluation, self._tables)
        evaluation.budget.enter_call()
        evaluation.budget.spend()
        try:
            result = evaluator.value(self._boxed.body, self._scope.with_names(given))
        finally:
            evaluation.budget.leave_call()
        return evaluator.coerced(result, self._boxed.result, self.name)


def arguments_by_name(
    evaluation: Evaluation, function: Function, arguments: Sequence[object]
) -> dict[str, object] | None:
    """Return coerced arguments by parameter name; None with a warning when they do not fit."""
    if len(arguments) != len(function.parameters):
        evaluation.null("{} takes {} arguments, not {}", function.name, len(function.parameters), len(arguments))
        return None
    given: dict[str, object] = {}
    for name, kind, argument in zip(function.parameters, function.types, arguments, strict=True):
        given[name] = coerce(argument, kind)
        if given[name] is None and argument is not None:
            evaluation.null("{}: {} has the wrong type ({})", function.name, name, kind_of(argument))
            return None
    return given


_EVALUATORS: dict[type[Boxed], Callable[..., object]] = {
    LiteralExpression: Evaluator.literal,
    BoxedContext: Evaluator.context,
    BoxedList: Evaluator.list_,
    Relation: Evaluator.relation,
    BoxedFunction: Evaluator.function,
    Invocation: Evaluator.invocation,
    Conditional: Evaluator.conditional,
    BoxedFilter: Evaluator.filter_,
    Iteration: Evaluator.iteration,
    DecisionTable: Evaluator.table,
}
