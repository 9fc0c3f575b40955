"""Whether names and references of a model lead somewhere: missing elements, circles, unknown names."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel.builtins import BUILTINS
from engine.model import Finding, Label

from .model import (
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedList,
    Conditional,
    Decision,
    DecisionService,
    DecisionTable,
    DrgElement,
    InputData,
    Invocation,
    Iteration,
    KnowledgeModel,
    LiteralExpression,
    Model,
    Relation,
    Requirement,
    Rule,
)


def check_references(model: Model) -> list[Finding]:
    """Return findings for what an element requires but the model lacks, and for decisions that require themselves."""
    findings = [
        _finding(
            model,
            element,
            "dmn-reference",
            Label(
                f"{element.name} requires {missing.element_id}, which does not exist",
                f"{element.name} memerlukan {missing.element_id}, yang tidak ada",
            ),
            Label("Draw the requirement again.", "Gambar ulang kebutuhan itu."),
        )
        for element in model.elements.values()
        for missing in _references(element)
        if missing.namespace in ("", model.namespace) and missing.element_id not in model.elements
    ]
    return [*findings, *_circles(model)]


def _references(element: DrgElement) -> tuple[Requirement, ...]:
    if isinstance(element, DecisionService):
        return (*element.outputs, *element.inputs)
    return element.requirements


def _circles(model: Model) -> Iterator[Finding]:
    for key, element in model.elements.items():
        if isinstance(element, Decision) and _returns_to(model, key, key):
            yield _finding(
                model,
                element,
                "dmn-circle",
                Label(f"{element.name} requires itself", f"{element.name} memerlukan dirinya sendiri"),
                Label("Break the circle of requirements.", "Putuskan lingkaran kebutuhan itu."),
            )


def _returns_to(model: Model, goal: str, start: str) -> bool:
    """Whether a path of required decisions leads from `start` back to `goal`."""
    seen, waiting = set[str](), [start]
    while waiting:
        element = model.elements.get(waiting.pop())
        for requirement in element.requirements if element is not None else ():
            if requirement.kind != "requiredDecision" or requirement.element_id in seen:
                continue
            if requirement.element_id == goal:
                return True
            seen.add(requirement.element_id)
            waiting.append(requirement.element_id)
    return False


def check_names(model: Model) -> list[Finding]:
    """Return warnings for names that a decision reads but does not require.

    They can only come from the variables of the process; models without input data leave all names to those.
    """
    if not any(isinstance(element, InputData) for element in model.elements.values()):
        return []
    findings: list[Finding] = []
    for element in model.elements.values():
        logic, visible = _logic_of(model, element)
        rules: dict[str, Rule | None] = {}
        for name, rule in _unknown(logic, visible):
            rules.setdefault(name, rule)
        findings += [_unknown_name(model, element, name, rules[name]) for name in sorted(rules)]
    return findings


def _unknown_name(model: Model, element: DrgElement, name: str, rule: Rule | None) -> Finding:
    where = Label("", "") if rule is None else Label(f" in rule {rule.number}", f" di aturan {rule.number}")
    reason = Label(
        f"{element.name} reads {name}{where.en}, but does not require it",
        f"{element.name} membaca {name}{where.id} tanpa memerlukannya",
    )
    cure = Label("Draw the requirement, or correct the name.", "Gambar kebutuhannya, atau perbaiki namanya.")
    place = element.place if rule is None else rule.place
    return Finding(model.file, place.line, place.element_id or element.element_id, reason, cure, False, "dmn-name")


def _logic_of(model: Model, element: DrgElement) -> tuple[Boxed | None, frozenset[str]]:
    visible = {name.partition(".")[0] for name in model.names if "." in name}
    visible |= {entry.name for entry in model.imports} | {element.name, *BUILTINS}
    for requirement in element.requirements:
        required = model.elements.get(requirement.element_id)
        if required is not None:
            visible |= {required.name, required.result_name} if isinstance(required, Decision) else {required.name}
    if isinstance(element, Decision):
        return element.logic, frozenset(visible)
    return (element.function if isinstance(element, KnowledgeModel) else None), frozenset(visible)


def _unknown(boxed: Boxed | None, visible: frozenset[str]) -> Iterator[tuple[str, Rule | None]]:
    """Yield names that are read but not known, with the rule of the table that reads them."""
    if isinstance(boxed, LiteralExpression) and boxed.compiled is not None:
        yield from ((name, None) for name in boxed.compiled.certain_names - visible)
    elif isinstance(boxed, BoxedContext):
        for variable, expression in boxed.entries:
            yield from _unknown(expression, visible)
            visible |= {variable.name} if variable is not None else set()
    elif isinstance(boxed, BoxedFunction):
        yield from _unknown(boxed.body, visible | {parameter.name for parameter in boxed.parameters})
    elif isinstance(boxed, Iteration):
        yield from _unknown(boxed.source, visible)
        yield from _unknown(boxed.body, visible | {boxed.variable.name, "partial"})
    elif isinstance(boxed, DecisionTable):
        yield from _unknown_in_table(boxed, visible)
    elif not isinstance(boxed, BoxedFilter):  # names in a filter may be entries of what it filters
        for part in _parts(boxed):
            yield from _unknown(part, visible)


def _parts(boxed: Boxed | None) -> tuple[Boxed | None, ...]:
    if isinstance(boxed, BoxedList):
        return boxed.items
    if isinstance(boxed, Relation):
        return tuple(cell for row in boxed.rows for cell in row)
    if isinstance(boxed, Invocation):
        return (boxed.callee, *(binding for _, binding in boxed.bindings))
    if isinstance(boxed, Conditional):
        return boxed.condition, boxed.consequence, boxed.alternative
    return ()


def _unknown_in_table(table: DecisionTable, visible: frozenset[str]) -> Iterator[tuple[str, Rule | None]]:
    for clause in table.inputs:
        yield from _unknown(clause.expression, visible)
    for rule in table.rules:
        for test in rule.tests:
            yield from ((name, rule) for name in (frozenset() if test is None else test.certain_names - visible))
        for result in rule.results:
            yield from ((name, rule) for name, _ in _unknown(result, visible))


def _finding(model: Model, element: DrgElement, rule: str, reason: Label, cure: Label) -> Finding:
    return Finding(model.file, element.place.line, element.element_id, reason, cure, rule=rule)
