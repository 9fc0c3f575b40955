"""Walking the requirement graph: every decision is evaluated once, after what it requires. Source: DMN 1.5, 10.4."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from engine.feel import Context, Function, from_json, to_json
from engine.feel.evaluation import Evaluation
from engine.feel.types import coerce

from .boxed import BoxedCallable, Evaluator, arguments_by_name
from .explanation import DecisionExplanation
from .model import Decision, DecisionService, DrgElement, InputData, KnowledgeModel
from .scope import Outside, Scope

if TYPE_CHECKING:
    from .definitions import Definitions

Values = Mapping[str, object]


class Graph:
    """One model with one set of inputs.

    `inputs` are the caller's variables: input data by name, and, as in Camunda, any variable that an expression names.
    `given` holds values that replace elements (by id), as a decision service gets them.
    """

    def __init__(
        self,
        definitions: Definitions,
        inputs: Values,
        evaluation: Evaluation,
        explanations: list[DecisionExplanation],
        given: Values | None = None,
    ) -> None:
        self._definitions = definitions
        self._inputs = inputs if isinstance(inputs, Outside) else Outside(inputs)
        self._evaluation = evaluation
        self._explanations = explanations
        self._given = given or {}
        self._values: dict[str, object] = {}
        self._under_way: list[str] = []
        self._imported: dict[str, Graph] = {}

    def decide(self, decision: Decision) -> object:
        """Return the value of a decision; null for one that requires itself."""
        key = decision.element_id
        if key in self._values:
            return self._values[key]
        if key in self._under_way:
            return self._evaluation.null("the decision {} requires itself", decision.name)
        self._under_way.append(key)
        self._values[key] = value = self._evaluate(decision)
        self._under_way.pop()
        return value

    def _evaluate(self, decision: Decision) -> object:
        required = self._required(decision)
        explanation = DecisionExplanation(decision.element_id, decision.name)
        explanation.inputs = {
            name: to_json(value) for name, value in required.items() if not isinstance(value, Function)
        }
        warnings_before = len(self._evaluation.warnings)
        evaluator = Evaluator(self._evaluation, explanation.tables)
        value = evaluator.value(decision.logic, Scope(required, self._inputs))
        explanation.value = value = evaluator.coerced(value, decision.type, decision.name)
        explanation.warnings = self._evaluation.warnings[warnings_before:]
        self._explanations.append(explanation)
        return value

    def _required(self, element: DrgElement) -> dict[str, object]:
        """Return the values of what an element requires, by name; of other models inside a context of their name."""
        values: dict[str, object] = {}
        for requirement in element.requirements:
            found = self._definitions.find(requirement)
            if found is None:
                continue
            definitions, path, required = found
            value = self._graph_of(definitions, path).value_of(required)
            place = values
            for alias in path:
                place = _inner(place, alias)
            for name in _names(required):
                place[name] = value
        return values

    def _graph_of(self, definitions: Definitions, path: Sequence[str]) -> Graph:
        if not path:
            return self
        key = ".".join(path)
        if key not in self._imported:
            inputs: dict[str, object] = dict(self._inputs)
            for alias in path:
                inner = inputs.get(alias)
                inputs.update(inner if isinstance(inner, Mapping) else {})
            self._imported[key] = Graph(definitions, inputs, self._evaluation, self._explanations, self._given)
        return self._imported[key]

    def value_of(self, element: DrgElement) -> object:
        """Return the value of an element: given, decided, read from the inputs, or a function."""
        if element.element_id in self._given:
            return self._given[element.element_id]
        if isinstance(element, Decision):
            return self.decide(element)
        if isinstance(element, InputData):
            return self._input(element)
        return self._function(element)

    def _input(self, element: InputData) -> object:
        if element.name not in self._inputs:
            return self._evaluation.null("there is no input {}", element.name)
        value = self._inputs[element.name]
        result = coerce(value, element.type)
        if result is None and value is not None:
            self._evaluation.null("the input {} has the wrong type", element.name)
        return result

    def _function(self, element: DrgElement) -> object:
        key = element.element_id
        if key in self._values:
            return self._values[key]
        if isinstance(element, DecisionService):
            self._values[key] = ServiceFunction(element, self)
        elif isinstance(element, KnowledgeModel) and element.function is not None and not element.function.is_external:
            self._values[key] = function = BoxedCallable(element.name, element.function, Scope({}, {}), [])
            function.see(self._required(element))
            function.see_itself(element.name)
        else:
            self._values[key] = self._evaluation.null("{} cannot be called", element.name)
        return self._values[key]

    def serve(self, service: DecisionService, arguments: Values) -> object:
        """Return what a decision service gives for values by element id: its only output, or a context of all."""
        inner = Graph(self._definitions, {}, self._evaluation, self._explanations, arguments)
        outputs = Context()
        for requirement in service.outputs:
            found = self._definitions.find(requirement)
            if found is not None:
                definitions, path, decision = found
                outputs[decision.name] = inner._graph_of(definitions, path).value_of(decision)
        result = next(iter(outputs.values())) if len(service.outputs) == 1 and outputs else outputs
        return coerce(result, service.type)

    def parameters_of(self, service: DecisionService) -> list[DrgElement]:
        """Return what a decision service takes, in order."""
        found = [self._definitions.find(requirement) for requirement in service.inputs]
        return [entry[2] for entry in found if entry is not None]


def _inner(place: dict[str, object], alias: str) -> dict[str, object]:
    """Return the context of an imported model inside another, made when it is the first to be put there."""
    inner = place.get(alias)
    if not isinstance(inner, dict):
        place[alias] = inner = Context()
    return inner


def _names(element: DrgElement) -> list[str]:
    """A decision is known by its name and by its variable's."""
    if isinstance(element, Decision) and element.result_name != element.name:
        return [element.name, element.result_name]
    return [element.name]


class ServiceFunction(Function):
    """A decision service as a function."""

    def __init__(self, service: DecisionService, graph: Graph) -> None:
        self.name = service.name
        self._elements = graph.parameters_of(service)
        self.parameters = tuple(element.name for element in self._elements)
        self.types = tuple(element.type for element in self._elements)
        self._service = service
        self._graph = graph

    def invoke(self, evaluation: Evaluation, arguments: Sequence[object]) -> object:
        """Evaluate its outputs."""
        given = arguments_by_name(evaluation, self, arguments)
        if given is None:
            return None
        evaluation.budget.enter_call()
        try:
            return self._graph.serve(
                self._service, {element.element_id: given[element.name] for element in self._elements}
            )
        finally:
            evaluation.budget.leave_call()

    def invoke_with(self, inputs: Values) -> object:
        """Evaluate with inputs by name, those of the wrong type and those missing as null."""
        given = {
            element.element_id: coerce(from_json(inputs.get(element.name)), element.type) for element in self._elements
        }
        return self._graph.serve(self._service, given)
