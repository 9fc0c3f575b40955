"""A DMN file ready to decide: found by id or name, evaluated with an explanation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from lxml import etree

from engine.errors import DefinitionInvalid
from engine.feel import DEFAULT_LIMITS, FeelLimitExceeded, Limits
from engine.feel.evaluation import Evaluation
from engine.model import Finding

from .analysis import TableFinding, analyze
from .explanation import DecisionExplanation, DecisionResult
from .graph import Graph, ServiceFunction
from .model import Decision, DecisionService, DrgElement, Model, Requirement
from .parse import parse_model, read_imports
from .xml import check_root, read_xml

Functions = Mapping[str, Callable[..., object]]


class Definitions:
    """A parsed DMN file with those it imports: immutable, shared by all threads.

    `findings` holds what is wrong or doubtful; a file with errors can still be evaluated, its wrong parts being null.
    """

    def __init__(self, model: Model, imported: Mapping[str, Definitions], findings: list[Finding]) -> None:
        self.model = model
        self.imported = imported
        self.findings = tuple(findings)

    @property
    def decisions(self) -> list[Decision]:
        """In the order of the file."""
        return [element for element in self.model.elements.values() if isinstance(element, Decision)]

    def decision(self, id_or_name: str) -> Decision | None:
        """Return a decision by its id, else by its name."""
        element = self._element(id_or_name)
        return element if isinstance(element, Decision) else None

    def _element(self, id_or_name: str) -> DrgElement | None:
        found = self.model.elements.get(id_or_name)
        if found is not None:
            return found
        named = (element for element in self.model.elements.values() if element.name == id_or_name)
        return next(iter(sorted(named, key=lambda element: not isinstance(element, Decision))), None)

    def find(self, requirement: Requirement) -> tuple[Definitions, tuple[str, ...], DrgElement] | None:
        """Return the element of a requirement, with its definitions and the import names that lead to them."""
        if requirement.namespace in ("", self.model.namespace):
            element = self.model.elements.get(requirement.element_id)
            if element is not None:
                return self, (), element
        for entry in self.model.imports:
            inner = self.imported.get(entry.namespace)
            found = None if inner is None else inner.find(requirement)
            if found is not None:
                return found[0], (entry.name, *found[1]), found[2]
        return None

    def analyze(self) -> list[TableFinding]:
        """Return overlaps, gaps, unreachable rules and wrong types of all tables, each with an input that shows it."""
        return analyze(self.model)

    def evaluate(
        self,
        id_or_name: str,
        variables: Mapping[str, object],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> DecisionResult:
        """Decide, and explain every decision on the way. Raises KeyError when there is no such decision.

        Raises FeelLimitExceeded, and FeelAssertionFailed when a decision's own `assert` fails.
        """
        decision = self.decision(id_or_name)
        if decision is None:
            raise KeyError(id_or_name)
        explanations: list[DecisionExplanation] = []
        evaluation = Evaluation({}, limits).prepare(now, functions, None)
        try:
            value = Graph(self, variables, evaluation, explanations).decide(decision)
        except RecursionError:
            raise FeelLimitExceeded("call depth", limits.call_depth) from None
        return DecisionResult(value, explanations)

    def evaluate_service(
        self,
        id_or_name: str,
        variables: Mapping[str, object],
        *,
        now: datetime | None = None,
        functions: Functions | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> DecisionResult:
        """As `evaluate`, of a decision service."""
        service = self._element(id_or_name)
        if not isinstance(service, DecisionService):
            raise KeyError(id_or_name)
        explanations: list[DecisionExplanation] = []
        evaluation = Evaluation({}, limits).prepare(now, functions, None)
        graph = Graph(self, variables, evaluation, explanations)
        try:
            value = ServiceFunction(service, graph).invoke_with(variables)
        except RecursionError:
            raise FeelLimitExceeded("call depth", limits.call_depth) from None
        return DecisionResult(value, explanations)


def parse_decisions(
    content: bytes | etree._Element,
    file: str,
    imported: Mapping[str, Definitions] | None = None,
    *,
    strict: bool = True,
) -> Definitions:
    """Return the decisions of a DMN file (its bytes, or its root from our own hardened parser).

    `imported` are the models that it may import, by namespace. Raises DefinitionInvalid with every finding when
    `strict` and one of them is an error; otherwise the findings are on the result.
    """
    if isinstance(content, bytes):
        root = read_xml(content, file)
    else:
        root = content
        check_root(root, file)
    known = dict(imported or {})
    models = {namespace: definitions.model for namespace, definitions in known.items()}
    model, findings = parse_model(root, file, models)
    if strict and any(finding.is_error for finding in findings):
        raise DefinitionInvalid(findings)
    return Definitions(
        model,
        {entry.namespace: known[entry.namespace] for entry in model.imports if entry.namespace in known},
        findings,
    )


def imported_namespaces(root: etree._Element) -> list[str]:
    """Return the namespaces of the models that a file imports."""
    return [entry.namespace for entry in read_imports(root)]
