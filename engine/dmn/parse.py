"""Element trees to models; collects what is wrong instead of stopping at the first fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from engine.feel.types import Type
from engine.model import Finding, Label

from .findings import Findings
from .item_types import ItemTypes
from .model import (
    Decision,
    DecisionService,
    DrgElement,
    Import,
    InputData,
    KnowledgeModel,
    Model,
    Place,
    Requirement,
)
from .parse_boxed import BOXED, BoxedParser
from .references import check_names, check_references
from .xml import attribute, child, children, line_of, local_name

_NAMED = frozenset(
    "inputData decision businessKnowledgeModel decisionService variable formalParameter column output itemComponent "
    "parameter import informationItem itemDefinition".split()
)
_DRG = ("inputData", "decision", "businessKnowledgeModel", "decisionService")


def read_imports(root: etree._Element) -> tuple[Import, ...]:
    """Return the DMN models that a file imports."""
    return tuple(
        Import(attribute(element, "name"), attribute(element, "namespace"))
        for element in children(root, "import")
        if "/DMN/" in attribute(element, "importType", "/DMN/")
    )


def parse_model(root: etree._Element, file: str, imported: Mapping[str, Model]) -> tuple[Model, list[Finding]]:
    """Return the model of a file and what is wrong with it; `imported` are the models of its imports, by namespace."""
    imports = read_imports(root)
    findings = Findings(file)
    for missing in [entry for entry in imports if entry.namespace not in imported]:
        findings.add(
            root,
            "dmn-import",
            Label(f"the imported model {missing.name} is missing", f"model impor {missing.name} tidak ada"),
            Label("Deploy it together with this file.", "Terapkan bersama berkas ini."),
        )
    names = _declared_names(root, imports, imported)
    types = ItemTypes(root, names, _imported_types(imports, imported))
    parser = BoxedParser(names, types, findings)
    elements = _elements(root, parser, findings)
    model = Model(
        file,
        attribute(root, "namespace"),
        attribute(root, "id"),
        attribute(root, "name"),
        elements,
        imports,
        types.all(),
        names,
    )
    findings.add_unknown_types(types.unknown)
    findings.add_feel_errors(types.wrong)
    return model, [*findings.listed, *check_references(model), *check_names(model)]


def _declared_names(root: etree._Element, imports: tuple[Import, ...], imported: Mapping[str, Model]) -> frozenset[str]:
    names = {attribute(element, "name") for element in root.iter() if local_name(element) in _NAMED}
    names |= {attribute(element, "iteratorVariable") for element in root.iter("{*}for", "{*}some", "{*}every")}
    for entry in imports:
        if entry.namespace in imported:
            names |= imported[entry.namespace].names
    return frozenset(name for name in names if name)


def _imported_types(imports: tuple[Import, ...], imported: Mapping[str, Model]) -> dict[str, Type]:
    return {
        f"{entry.name}.{name}": kind
        for entry in imports
        if entry.namespace in imported
        for name, kind in imported[entry.namespace].types.items()
    }


def _elements(root: etree._Element, parser: BoxedParser, findings: Findings) -> dict[str, DrgElement]:
    elements: dict[str, DrgElement] = {}
    for element in children(root, *_DRG):
        parsed = _PARSERS[local_name(element)](element, parser)
        key = parsed.element_id or f"#{len(elements)}"
        if key in elements:
            findings.add(
                element,
                "dmn-duplicate-id",
                Label(f"the id {key} occurs twice", f"id {key} muncul dua kali"),
                Label("Give each element an id of its own.", "Beri setiap elemen id tersendiri."),
            )
        elements[key] = parsed if parsed.element_id else replace(parsed, element_id=key)
    return elements


def _place(element: etree._Element) -> Place:
    return Place(line_of(element), attribute(element, "id") or None)


def _requirements(element: etree._Element) -> tuple[Requirement, ...]:
    return tuple(
        _reference(reference)
        for requirement in children(element, "informationRequirement", "knowledgeRequirement")
        for reference in children(requirement, "requiredInput", "requiredDecision", "requiredKnowledge")
    )


def _reference(element: etree._Element) -> Requirement:
    namespace, _, element_id = attribute(element, "href").rpartition("#")
    return Requirement(local_name(element), namespace, element_id)


def _input_data(element: etree._Element, parser: BoxedParser) -> InputData:
    kind = parser.types.of(child(element, "variable"))
    return InputData(attribute(element, "id"), attribute(element, "name"), kind, place=_place(element))


def _decision(element: etree._Element, parser: BoxedParser) -> Decision:
    variable, logic = child(element, "variable"), child(element, *BOXED)
    return Decision(
        attribute(element, "id"),
        attribute(element, "name"),
        parser.types.of(variable),
        _requirements(element),
        _place(element),
        None if logic is None else parser.boxed(logic, parser.types.of(variable)),
        attribute(element if variable is None else variable, "name"),
    )


def _knowledge_model(element: etree._Element, parser: BoxedParser) -> KnowledgeModel:
    variable, logic = child(element, "variable"), child(element, "encapsulatedLogic")
    return KnowledgeModel(
        attribute(element, "id"),
        attribute(element, "name"),
        None,
        _requirements(element),
        _place(element),
        None if logic is None else parser.function(logic, parser.types.of(variable)),
    )


def _decision_service(element: etree._Element, parser: BoxedParser) -> DecisionService:
    return DecisionService(
        attribute(element, "id"),
        attribute(element, "name"),
        parser.types.of(child(element, "variable")),
        (),
        _place(element),
        tuple(_reference(part) for part in children(element, "outputDecision")),
        tuple(_reference(part) for tag in ("inputData", "inputDecision") for part in children(element, tag)),
    )


_PARSERS = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge_model,
    "decisionService": _decision_service,
}
