"""Boxed expressions and decision tables from XML; FEEL is compiled here."""

from __future__ import annotations

from lxml import etree

from engine import feel
from engine.feel import CompiledExpression, FeelError, FeelSyntaxError
from engine.feel.types import Type
from engine.model import Label

from .column import Column
from .findings import CURE_OF_EXPRESSION, Findings
from .item_types import ItemTypes
from .model import (
    Boxed,
    BoxedContext,
    BoxedFilter,
    BoxedFunction,
    BoxedList,
    Conditional,
    DecisionTable,
    HitPolicy,
    InputClause,
    Invocation,
    Iteration,
    LiteralExpression,
    OutputClause,
    Place,
    Relation,
    Rule,
    Variable,
)
from .xml import attribute, child, children, line_of, local_name, text_of

BOXED = (
    "decisionTable",
    "literalExpression",
    "context",
    "functionDefinition",
    "invocation",
    "relation",
    "list",
    "conditional",
    "filter",
    "for",
    "some",
    "every",
)


class BoxedParser:
    """Knows the file's names and types, and where to put findings."""

    def __init__(self, names: frozenset[str], types: ItemTypes, findings: Findings) -> None:
        self.names = names
        self.types = types
        self._known_types = types.all()
        self.findings = findings

    def boxed(self, element: etree._Element, result: Type | None = None) -> Boxed:
        """Return the expression of an element; `result` is what its surroundings expect, for untyped table outputs."""
        name = local_name(element)
        if name == "decisionTable":
            return self.table(element, result)
        if name in ("for", "some", "every"):
            return self.iteration(element)
        return _READERS[name](self, element)

    def inside(self, element: etree._Element | None, *names: str) -> Boxed | None:
        """Return the expression inside an element, below children of these names."""
        for name in names:
            element = None if element is None else child(element, name)
        logic = None if element is None else child(element, *BOXED)
        return None if logic is None else self.boxed(logic)

    def compiled(self, element: etree._Element, text: str, *, unary: bool = False) -> CompiledExpression | None:
        """Return the compiled text; None, and a finding, when it is wrong."""
        try:
            expression = feel.compile(text, self.names, unary=unary, types=self._known_types)
        except FeelError as error:
            self.findings.add_feel_error(element, error)
            return None
        for line, column, reason in expression.findings:
            self.findings.add(
                element,
                "feel-call",
                FeelSyntaxError(text, line, column, reason).label,
                CURE_OF_EXPRESSION,
            )
        return expression

    def literal(self, element: etree._Element, type_: Type | None = None) -> LiteralExpression:
        """A literalExpression, or any element with a text child."""
        text = text_of(element)
        language = attribute(element, "expressionLanguage")
        if language and "feel" not in language.lower():
            self.findings.add(
                element,
                "dmn-language",
                Label(f"the expression language {language} is refused", f"bahasa ekspresi {language} ditolak"),
                Label("Write the expression in FEEL.", "Tulis ekspresi dalam FEEL."),
            )
        compiled = self.compiled(element, text) if text else None
        return LiteralExpression(text, compiled, place=_place(element), type=type_ or self.types.of(element))

    def _variable(self, element: etree._Element) -> Variable:
        return Variable(attribute(element, "name"), self.types.of(element))

    def context(self, element: etree._Element) -> Boxed:
        """Entries see those before them; one without a variable is the result."""
        entries = []
        for entry in children(element, "contextEntry"):
            variable = child(entry, "variable")
            entries.append((None if variable is None else self._variable(variable), self.inside(entry)))
        return BoxedContext(tuple(entries), place=_place(element), type=self.types.of(element))

    def list_(self, element: etree._Element) -> Boxed:
        """Items in order."""
        items = tuple(self.boxed(item) for item in children(element, *BOXED))
        return BoxedList(items, place=_place(element), type=self.types.of(element))

    def relation(self, element: etree._Element) -> Boxed:
        """Rows as contexts."""
        columns = tuple(self._variable(column) for column in children(element, "column"))
        rows = tuple(tuple(self.boxed(cell) for cell in children(row, *BOXED)) for row in children(element, "row"))
        return Relation(columns, rows, place=_place(element), type=self.types.of(element))

    def function_value(self, element: etree._Element) -> Boxed:
        """A function value; Java and PMML are refused."""
        return self.function(element, None)

    def function(self, element: etree._Element, result: Type | None) -> BoxedFunction:
        """A functionDefinition or encapsulatedLogic; Java and PMML become a finding."""
        kind = attribute(element, "kind", "FEEL")
        if kind != "FEEL":
            self.findings.add(
                element,
                "dmn-function-kind",
                Label(f"{kind} functions are refused", f"fungsi {kind} ditolak"),
                Label("Write the function in FEEL.", "Tulis fungsi dalam FEEL."),
            )
        return BoxedFunction(
            tuple(self._variable(parameter) for parameter in children(element, "formalParameter")),
            None if kind != "FEEL" else self.inside(element),
            kind != "FEEL",
            result,
            place=_place(element),
            type=None,
        )

    def invocation(self, element: etree._Element) -> Boxed:
        """A call with arguments by name."""
        bindings = []
        for binding in children(element, "binding"):
            parameter = child(binding, "parameter")
            name = "" if parameter is None else attribute(parameter, "name")
            bindings.append((name, self.inside(binding)))
        callee = child(element, *BOXED)
        return Invocation(
            None if callee is None else self.boxed(callee),
            tuple(bindings),
            place=_place(element),
            type=self.types.of(element),
        )

    def conditional(self, element: etree._Element) -> Boxed:
        """if, then, else."""
        return Conditional(
            self.inside(element, "if"),
            self.inside(element, "then"),
            self.inside(element, "else"),
            place=_place(element),
            type=self.types.of(element),
        )

    def filter_(self, element: etree._Element) -> Boxed:
        """in, match."""
        return BoxedFilter(
            self.inside(element, "in"),
            self.inside(element, "match"),
            place=_place(element),
            type=self.types.of(element),
        )

    def iteration(self, element: etree._Element) -> Boxed:
        """for, some, every."""
        kind = local_name(element)
        return Iteration(
            kind,
            Variable(attribute(element, "iteratorVariable")),
            self.inside(element, "in"),
            self.inside(element, "return" if kind == "for" else "satisfies"),
            place=_place(element),
            type=self.types.of(element),
        )

    def table(self, element: etree._Element, result: Type | None) -> Boxed:
        """A decision table."""
        policy = attribute(element, "hitPolicy", "UNIQUE")
        known = {member.value: member for member in HitPolicy}
        if policy not in known:
            self.findings.add(
                element,
                "dmn-hit-policy",
                Label(f"there is no hit policy {policy}", f"kebijakan hit {policy} tidak ada"),
                Label("Choose one in the modeler.", "Pilih salah satu di pemodel."),
            )
        inputs = tuple(self._input(clause) for clause in children(element, "input"))
        outputs = tuple(self._output(clause) for clause in children(element, "output"))
        rules = tuple(
            self._rule(number, rule, len(inputs), len(outputs))
            for number, rule in enumerate(children(element, "rule"), 1)
        )
        return DecisionTable(
            inputs,
            outputs,
            rules,
            tuple(_column(index, rules) for index in range(len(inputs))),
            known.get(policy, HitPolicy.UNIQUE),
            attribute(element, "aggregation"),
            place=_place(element),
            type=result,
        )

    def _input(self, element: etree._Element) -> InputClause:
        expression, allowed = child(element, "inputExpression"), child(element, "inputValues")
        tests = text_of(allowed)
        compiled = self.literal(element if expression is None else expression)
        return InputClause(
            compiled,
            compiled.type,
            self.compiled(element, tests, unary=True) if tests else None,
            attribute(element, "label") or compiled.text,
            "" if expression is None else attribute(expression, "typeRef"),
            tests,
        )

    def _output(self, element: etree._Element) -> OutputClause:
        values, default = child(element, "outputValues"), child(element, "defaultOutputEntry")
        texts = text_of(values)
        listed = None
        if values is not None and texts:
            listed = LiteralExpression(texts, self.compiled(values, f"[{texts}]"), place=_place(values))
        name = attribute(element, "name")
        return OutputClause(
            name,
            self.types.of(element),
            listed,
            None if default is None else self.literal(default),
            attribute(element, "label") or name,
        )

    def _rule(self, number: int, element: etree._Element, inputs: int, outputs: int) -> Rule:
        conditions, results = children(element, "inputEntry"), children(element, "outputEntry")
        if len(conditions) != inputs or len(results) != outputs:
            self.findings.add(
                element,
                "dmn-rule-cells",
                Label(f"rule {number} has not one cell per column", f"aturan {number} tidak punya satu sel per kolom"),
                Label("Open and save the table in a modeler.", "Buka dan simpan tabel di pemodel."),
            )
        texts = tuple(text_of(condition) or "-" for condition in conditions)
        tests = tuple(self.compiled(cell, text, unary=True) for cell, text in zip(conditions, texts, strict=True))
        return Rule(
            number,
            attribute(element, "id"),
            tests,
            tuple(self.literal(cell) for cell in results),
            texts,
            _place(element),
        )


def _column(index: int, rules: tuple[Rule, ...]) -> Column:
    """Return a column of a table; a cell that is missing passes everything (a finding said so)."""
    whole = [index < len(rule.tests) for rule in rules]
    cells = [rule.tests[index] if has_cell else None for rule, has_cell in zip(rules, whole, strict=True)]
    texts = [rule.texts[index] if has_cell else "-" for rule, has_cell in zip(rules, whole, strict=True)]
    return Column(cells, texts)


def _place(element: etree._Element) -> Place:
    return Place(line_of(element), attribute(element, "id") or None)


_READERS = {
    "literalExpression": BoxedParser.literal,
    "context": BoxedParser.context,
    "list": BoxedParser.list_,
    "relation": BoxedParser.relation,
    "functionDefinition": BoxedParser.function_value,
    "invocation": BoxedParser.invocation,
    "conditional": BoxedParser.conditional,
    "filter": BoxedParser.filter_,
}
