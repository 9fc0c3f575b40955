"""What a decision must be given from outside, over its whole requirement graph."""

from __future__ import annotations

from collections.abc import Iterator

from .definitions import Definitions
from .model import BoxedContext, Decision, DecisionTable, InputData, LiteralExpression


def inputs_of(definitions: Definitions, decision: Decision) -> list[tuple[str, str]]:
    """Return (name, type name) of each input, those of input data first; the type is empty when it is not known.

    A table may also read names that no input data declares; they are inputs too. Names that other
    decisions of the graph give are none.
    """
    found = dict(_inputs(definitions, decision, set()))
    given = {one.result_name or one.name for one in definitions.decisions} - {decision.result_name}
    return [(name, kind) for name, kind in found.items() if name not in given]


def _inputs(definitions: Definitions, decision: Decision, seen: set[str]) -> Iterator[tuple[str, str]]:
    if decision.element_id in seen:
        return
    seen.add(decision.element_id)
    declared = set()
    for requirement in decision.requirements:
        place = definitions.find(requirement)
        element = place[2] if place else None
        if isinstance(element, InputData):
            declared.add(element.name)
            yield element.name, _type_name(element)
        elif isinstance(element, Decision) and place is not None:
            yield from _inputs(place[0], element, seen)
    functions = {element.name for element in definitions.model.elements.values()}
    for name, kind in _read(decision):
        if name not in declared and name not in functions:
            yield name, kind


def _read(decision: Decision) -> Iterator[tuple[str, str]]:
    logic = decision.logic
    if isinstance(logic, DecisionTable):
        for column in logic.inputs:
            compiled = column.expression.compiled
            names = sorted(compiled.names) if compiled else []
            is_plain = names == [column.expression.text]
            yield from ((name, column.type_name if is_plain else "") for name in names)
    elif isinstance(logic, LiteralExpression) and logic.compiled:
        yield from ((name, "") for name in sorted(logic.compiled.names))
    elif isinstance(logic, BoxedContext):
        own = {variable.name for variable, _ in logic.entries if variable}
        for _, entry in logic.entries:
            if isinstance(entry, LiteralExpression) and entry.compiled:
                yield from ((name, "") for name in sorted(entry.compiled.names - own))


def _type_name(element: InputData) -> str:
    return getattr(element.type, "name", "") or ""
