"""What two versions of a decision file decide differently: decisions, columns, rules, cells, expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.model import Change, ChangeKind, Label

from .xml import attribute, child, children, local_name, read_xml, text_of

_DRG = ("decision", "inputData", "businessKnowledgeModel", "decisionService", "knowledgeSource")
_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement", "authorityRequirement")


@dataclass(frozen=True, slots=True)
class _Part:
    """A decision, column or rule, with what it says: aspect -> (words, value)."""

    id: str
    type: str
    name: Label
    facts: Mapping[str, tuple[Label, str]] = field(default_factory=dict)


def compare_decisions(before: bytes, after: bytes, file_name: str) -> list[Change]:
    """Return the differences of meaning, in the order of the newer file, what is gone at the end.

    Raises DefinitionInvalid when one of them is no DMN file.
    """
    old = {part.id: part for part in _parts(read_xml(before, file_name))}
    new = {part.id: part for part in _parts(read_xml(after, file_name))}
    changes: list[Change] = []
    for part in new.values():
        known = old.get(part.id)
        changes += _changed(known, part) if known else [_whole(ChangeKind.ADDED, part)]
    return [*changes, *(_whole(ChangeKind.REMOVED, part) for part in old.values() if part.id not in new)]


def _whole(kind: ChangeKind, part: _Part) -> Change:
    said = " | ".join(value for words, value in part.facts.values()) if part.type == "rule" else ""
    is_new = kind is ChangeKind.ADDED
    return Change(kind, part.id, part.type, part.name, Label("", ""), "" if is_new else said, said if is_new else "")


def _changed(old: _Part, new: _Part) -> Iterator[Change]:
    for key in dict.fromkeys([*old.facts, *new.facts]):
        words, before = old.facts.get(key, (None, ""))
        words_now, after = new.facts.get(key, (None, ""))
        if before != after:
            aspect = words_now or words or Label(key, key)
            yield Change(ChangeKind.CHANGED, new.id, new.type, new.name, aspect, before, after)


def _parts(root: etree._Element) -> Iterator[_Part]:
    for element in children(root, *_DRG):
        yield _Part(_id(element), local_name(element), _name(element), dict(_facts(element)))
        for table in element.iter("{*}decisionTable"):
            yield from _table_parts(element, table)


def _facts(element: etree._Element) -> Iterator[tuple[str, tuple[Label, str]]]:
    yield "name", (Label("name", "nama"), attribute(element, "name"))
    needed = [str(one.get("href")) for part in children(element, *_REQUIREMENTS) for one in part if one.get("href")]
    yield "requirements", (Label("needs", "memerlukan"), ", ".join(sorted(needed)))
    variable = child(element, "variable")
    if variable is not None:
        yield "type", (Label("type", "tipe"), attribute(variable, "typeRef"))
    logic = next((part for part in element if _is_other_logic(part)), None)
    if logic is not None:
        yield "expression", (Label("expression", "ekspresi"), " ".join("".join(map(str, logic.itertext())).split()))
    table = child(element, "decisionTable")
    if table is not None:
        policy = f"{attribute(table, 'hitPolicy', 'UNIQUE')} {attribute(table, 'aggregation')}".strip()
        yield "hitPolicy", (Label("hit policy", "kebijakan aturan"), policy)
        order = [_id(rule) for rule in children(table, "rule")]
        yield "order", (Label("order of the rules", "urutan aturan"), ", ".join(order) if policy == "FIRST" else "")


def _is_other_logic(part: etree._Element) -> bool:
    known = ("decisionTable", "variable", "extensionElements", "description", "question", "allowedAnswers")
    return bool(local_name(part)) and local_name(part) not in (*known, *_REQUIREMENTS)


def _table_parts(decision: etree._Element, table: etree._Element) -> Iterator[_Part]:
    inputs, outputs = children(table, "input"), children(table, "output")
    columns = [_column_name(column) for column in (*inputs, *outputs)]
    for column, name in zip((*inputs, *outputs), columns, strict=True):
        yield _Part(_id(column), local_name(column), name, dict(_column_facts(column)))
    owner = _name(decision)
    for number, rule in enumerate(children(table, "rule"), start=1):
        cells = [text_of(cell) for cell in children(rule, "inputEntry", "outputEntry")]
        known = zip((*inputs, *outputs), columns, cells, strict=False)
        facts = {_id(column): (name, text) for column, name, text in known}
        words = Label(f"{owner.en}, rule {number}", f"{owner.text('id')}, aturan {number}")
        yield _Part(_id(rule), "rule", words, facts)


def _column_facts(column: etree._Element) -> Iterator[tuple[str, tuple[Label, str]]]:
    yield "label", (Label("heading", "judul"), attribute(column, "label") or attribute(column, "name"))
    yield "name", (Label("name", "nama"), attribute(column, "name"))
    expression = child(column, "inputExpression")
    if expression is not None:
        yield "expression", (Label("expression", "ekspresi"), text_of(expression))
        yield "type", (Label("type", "tipe"), attribute(expression, "typeRef"))
    else:
        yield "type", (Label("type", "tipe"), attribute(column, "typeRef"))
    values = child(column, "inputValues", "outputValues")
    yield "values", (Label("allowed values", "nilai yang boleh"), text_of(values))
    default = child(column, "defaultOutputEntry")
    yield "default", (Label("default", "bawaan"), text_of(default))


def _column_name(column: etree._Element) -> Label:
    known = attribute(column, "label") or attribute(column, "name") or text_of(child(column, "inputExpression"))
    return Label(known, _twin(column) or known)


def _name(element: etree._Element) -> Label:
    name = attribute(element, "name") or _id(element)
    return Label(name, _twin(element) or name)


def _twin(element: etree._Element) -> str:
    extensions = child(element, "extensionElements")
    if extensions is None:
        return ""
    found = (one for one in extensions.iter("{*}property") if one.get("name") == "clause8:name.id")
    return next((attribute(one, "value") for one in found), "")


def _id(element: etree._Element) -> str:
    return attribute(element, "id")
