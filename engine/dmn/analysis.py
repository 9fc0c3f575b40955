"""What can be known of a decision table without running it: overlaps, gaps, rules that never match, wrong types.

Every column is cut into regions by the constants of its cells. A cell is run on one sample of each region, so that the
analysis agrees with the evaluation by construction; a rule is then a box of regions. Cells that depend on more than
their input and constants stay out: a table is only said to have what certainly is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from engine import feel
from engine.feel import DEFAULT_LIMITS, CompiledExpression, FeelError, to_json
from engine.feel.constants import constants_of_cell
from engine.feel.evaluation import Evaluation
from engine.feel.values import kind_of
from engine.model import Finding, Label

from .column import positions
from .coverage import Coverage
from .domain import allowed_texts, is_list, kind_of_column, samples, simple_kind
from .model import BoxedContext, Decision, DecisionTable, HitPolicy, InputClause, KnowledgeModel, Model, Place, Rule
from .rivals import beats, output_constant, why_meaningless

#: More findings of one kind help nobody.
MOST_FINDINGS = 20
#: Cells run on samples; what a table needs beyond that is left alone.
MOST_TRIALS = 1_000_000


class Problem(Enum):
    """What is wrong with a table."""

    OVERLAP = "overlap"  #: two rules of a unique table match the same input
    DISAGREEMENT = "disagreement"  #: two rules of an "any" table match the same input with different outputs
    GAP = "gap"  #: no rule matches
    UNREACHABLE = "unreachable"  #: other rules leave it nothing to decide
    NEVER = "never"  #: a cell that no allowed input passes
    TYPE = "type"  #: a cell of another type than its column


@dataclass(frozen=True, slots=True)
class TableFinding:
    """One problem of one table; `example` is an input, by column label, that shows it."""

    problem: Problem
    decision: str
    place: Place
    rules: tuple[int, ...]
    example: Mapping[str, object]
    detail: Label

    def to_finding(self, file: str) -> Finding:
        """Return it as findings of a file are shown; none of them refuses the file."""
        shown = ", ".join(f"{label} = {value!r}" for label, value in self.example.items())
        reason = Label(
            f"{self.decision}: {self.detail.en}" + (f" (for example {shown})" if shown else ""),
            f"{self.decision}: {self.detail.id}" + (f" (contoh {shown})" if shown else ""),
        )
        rule = f"dmn-table-{self.problem.value}"
        return Finding(file, self.place.line, self.place.element_id, reason, _CURES[self.problem], False, rule)


_CURES = {
    Problem.OVERLAP: Label("Narrow one of the rules.", "Persempit salah satu aturan."),
    Problem.DISAGREEMENT: Label("Give both rules the same output.", "Beri kedua aturan keluaran yang sama."),
    Problem.GAP: Label("Add a rule or a default output.", "Tambahkan aturan atau keluaran bawaan."),
    Problem.UNREACHABLE: Label(
        "Remove the rule, move it up or narrow the others.", "Hapus atau naikkan aturan itu, atau persempit yang lain."
    ),
    Problem.NEVER: Label("Correct the cell or the input values.", "Perbaiki sel atau nilai masukan."),
    Problem.TYPE: Label("Write a value of the column's type.", "Tulis nilai sesuai tipe kolom."),
}


def analyze(model: Model) -> list[TableFinding]:
    """Return the problems of all tables of a model, in the order of the file."""
    return [finding for name, table in tables_of(model) for finding in analyze_table(name, table, model.names)]


def tables_of(model: Model) -> Iterator[tuple[str, DecisionTable]]:
    """Yield every table with the name of its decision or knowledge model."""
    for element in model.elements.values():
        logic = element.logic if isinstance(element, Decision) else None
        if isinstance(element, KnowledgeModel) and element.function is not None:
            logic = element.function.body
        parts = [entry for _, entry in logic.entries] if isinstance(logic, BoxedContext) else [logic]
        yield from ((element.name, part) for part in parts if isinstance(part, DecisionTable))


def analyze_table(name: str, table: DecisionTable, names: frozenset[str] = frozenset()) -> list[TableFinding]:
    """Return the problems of one table."""
    analysis = _Analysis(name, table, names)
    return [*analysis.type_errors(), *analysis.never(), *analysis.overlaps(), *analysis.unreachable(), *analysis.gaps()]


@dataclass(frozen=True, slots=True)
class _Column:
    """Samples of a column, and for each rule the set of samples that pass, as bits; None when it cannot be known."""

    samples: list[object]
    passes: list[int | None]

    @property
    def everything(self) -> int:
        return (1 << len(self.samples)) - 1


class _Analysis:
    def __init__(self, name: str, table: DecisionTable, names: frozenset[str]) -> None:
        self.name = name
        self.table = table
        self.names = names
        self.constants = [self._constants(index) for index in range(len(table.inputs))]
        self.trials = 0
        self.columns = [self._column(index, clause) for index, clause in enumerate(table.inputs)]
        self.boxes = {rule: self._box(index) for index, rule in enumerate(table.rules)}
        self.coverage = Coverage([box for _, box in self._known()], [len(column.samples) for column in self.columns])

    def _constants(self, index: int) -> list[tuple[tuple[object, ...], bool]]:
        """For each rule the constants of a cell, and whether they are all that decides."""
        found = []
        for rule in self.table.rules:
            try:
                cell = constants_of_cell(rule.texts[index], self.names) if index < len(rule.texts) else None
            except FeelError:
                cell = None
            found.append(((), False) if cell is None else (cell.values, cell.is_complete))
        return found

    def _column(self, index: int, clause: InputClause) -> _Column:
        limits = allowed_texts(clause)
        constants = [value for values, _ in self.constants[index] for value in values]
        constants += [value for text in limits for value in constants_of_cell(text, self.names).values]
        kind = kind_of_column(clause, constants)
        if kind is None or is_list(clause.type):
            return _Column([], [None if rule.texts[index : index + 1] != ("-",) else 0 for rule in self.table.rules])
        chosen = samples(kind, constants, only_whole=clause.type_name in ("integer", "long"))
        allowed = [feel.compile(text, self.names, unary=True) for text in limits]
        chosen = [value for value in chosen if all(_passes(tests, value) for tests in allowed)]
        places = {value: place for place, value in enumerate(chosen) if type(value) in (str, Decimal)}
        passes: list[int | None] = []
        for rule, (_, is_complete) in zip(self.table.rules, self.constants[index], strict=True):
            test = rule.tests[index] if index < len(rule.tests) else None
            passes.append(self._bits(test, chosen, places) if is_complete and test is not None else None)
        return _Column(chosen, passes)

    def _bits(self, test: CompiledExpression, chosen: list[object], places: Mapping[object, int]) -> int | None:
        """Return which samples pass a cell: its constants if it has nothing else, what was tried out otherwise."""
        kinds = {type(value) for value in (*(test.constants or ()), *chosen[:1])}
        if test.constants is not None and places and len(kinds) == 1:
            return sum(1 << places[value] for value in {*test.constants} if value in places)
        self.trials += len(chosen)
        return _tried(test, chosen) if self.trials <= MOST_TRIALS else None

    def _box(self, index: int) -> list[int] | None:
        """Return the regions of a rule per column; None when a cell cannot be known.

        A column of "-" alone has no regions.
        """
        box = []
        for column in self.columns:
            passes = column.passes[index]
            if passes is None:
                return None
            box.append(passes)
        return box

    def _finding(
        self, problem: Problem, rules: tuple[Rule, ...], detail: Label, point: list[object] | None
    ) -> TableFinding:
        place = rules[-1].place if rules else self.table.place
        labels = [clause.label for clause in self.table.inputs]
        example = {} if point is None else {label: to_json(value) for label, value in zip(labels, point, strict=True)}
        return TableFinding(problem, self.name, place, tuple(rule.number for rule in rules), example, detail)

    def type_errors(self) -> Iterator[TableFinding]:
        """Constants of another kind than their column's declared type, in conditions and in results."""
        for index, clause in enumerate(self.table.inputs):
            kind = simple_kind(clause.type)
            for rule, (values, _) in zip(self.table.rules, self.constants[index], strict=True):
                wrong = next((value for value in values if kind and value is not None and kind_of(value) != kind), None)
                if wrong is not None:
                    yield self._wrong_type(rule, clause.label, wrong, str(kind))
        for index, output in enumerate(self.table.outputs):
            kind = simple_kind(output.type)
            for rule in self.table.rules:
                is_known, value = output_constant(rule, index, self.names)
                if kind is not None and is_known and value is not None and kind_of(value) != kind:
                    yield self._wrong_type(rule, output.label, value, kind)

    def _wrong_type(self, rule: Rule, label: str, value: object, kind: str) -> TableFinding:
        detail = Label(
            f"rule {rule.number} has a {kind_of(value)} in the column {label} of type {kind}",
            f"aturan {rule.number} memuat {kind_of(value)} di kolom {label} yang bertipe {kind}",
        )
        finding = self._finding(Problem.TYPE, (rule,), detail, None)
        return TableFinding(finding.problem, self.name, finding.place, finding.rules, {label: to_json(value)}, detail)

    def never(self) -> Iterator[TableFinding]:
        """Cells that no sample passes, though there are samples."""
        for clause, column in zip(self.table.inputs, self.columns, strict=True):
            for rule, passes in zip(self.table.rules, column.passes, strict=True):
                if column.samples and passes == 0:
                    detail = Label(
                        f"rule {rule.number} can never match, because no value passes its cell in {clause.label}",
                        f"aturan {rule.number} tidak pernah cocok, karena tidak ada nilai yang lolos di {clause.label}",
                    )
                    finding = self._finding(Problem.NEVER, (rule,), detail, None)
                    example = {clause.label: to_json(column.samples[0])}
                    yield TableFinding(finding.problem, self.name, finding.place, finding.rules, example, detail)

    def _known(self) -> list[tuple[Rule, list[int]]]:
        return [(rule, box) for rule, box in self.boxes.items() if box is not None and self._is_open(box)]

    def _is_open(self, box: list[int]) -> bool:
        return all(bits or not column.samples for bits, column in zip(box, self.columns, strict=True))

    def overlaps(self) -> Iterator[TableFinding]:
        """Pairs of rules with a common input, in unique tables; in "any" tables when their outputs differ."""
        policy = self.table.hit_policy
        if policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
            return
        known, found = self._known(), 0
        for position, (first, box) in enumerate(known):
            for later in positions(self.coverage.meeting(box) >> position + 1):
                second, other = known[position + 1 + later]
                common = [a & b for a, b in zip(box, other, strict=True)]
                if policy is HitPolicy.ANY and not self._disagree(first, second):
                    continue
                found += 1
                if found > MOST_FINDINGS:
                    return
                yield self._overlap(first, second, self._point(common))

    def _disagree(self, first: Rule, second: Rule) -> bool:
        """Whether two rules have different constants as outputs."""
        for index in range(len(self.table.outputs)):
            (is_known, one), (is_other_known, other) = (
                output_constant(rule, index, self.names) for rule in (first, second)
            )
            if is_known and is_other_known and one != other:
                return True
        return False

    def _overlap(self, first: Rule, second: Rule, point: list[object]) -> TableFinding:
        if self.table.hit_policy is HitPolicy.ANY:
            detail = Label(
                f"rules {first.number} and {second.number} match the same input with different outputs",
                f"aturan {first.number} dan {second.number} cocok dengan masukan yang sama, tetapi keluarannya berbeda",
            )
            return self._finding(Problem.DISAGREEMENT, (first, second), detail, point)
        detail = Label(
            f"rules {first.number} and {second.number} overlap, but the hit policy is unique",
            f"aturan {first.number} dan {second.number} tumpang tindih, padahal kebijakan hit-nya unik",
        )
        return self._finding(Problem.OVERLAP, (first, second), detail, point)

    def _point(self, box: list[int]) -> list[object]:
        """Return one input of a box."""
        return [
            column.samples[(bits & -bits).bit_length() - 1] if column.samples and bits else None
            for bits, column in zip(box, self.columns, strict=True)
        ]

    def unreachable(self) -> Iterator[TableFinding]:
        """Rules that others leave no input to decide."""
        takes_place = beats(self.table, self.names)
        known = self._known()
        if takes_place is None:
            return
        for rule, box in known:
            meeting = positions(self.coverage.meeting(box))
            rivals = sum(1 << n for n in meeting if takes_place(known[n], (rule, box)))
            if rivals and self.coverage.uncovered(box, rivals) is None and not self.coverage.is_exhausted:
                detail = why_meaningless(self.table, rule.number)
                yield self._finding(Problem.UNREACHABLE, (rule,), detail, self._point(box))

    def gaps(self) -> Iterator[TableFinding]:
        """An input that no rule matches, unless there are defaults or cells that cannot be known."""
        table = self.table
        if any(output.default is not None for output in table.outputs) or not table.rules or not table.inputs:
            return
        if table.hit_policy is HitPolicy.COLLECT or any(box is None for box in self.boxes.values()):
            return
        space = [column.everything for column in self.columns]
        box = self.coverage.uncovered(space, (1 << len(self._known())) - 1)
        if box is not None:
            detail = Label("no rule matches every input", "ada masukan yang tidak cocok dengan aturan mana pun")
            yield self._finding(Problem.GAP, (), detail, self._point(box))


def _passes(test: CompiledExpression, value: object) -> bool:
    return test({}, input=value) is True


def _tried(test: CompiledExpression, values: list[object]) -> int:
    evaluation = Evaluation({}, DEFAULT_LIMITS)
    frame, bits = [evaluation], 0
    for index, value in enumerate(values):
        evaluation.input = value
        bits |= (test.in_frame(frame) is True) << index
    return bits
