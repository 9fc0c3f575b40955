"""Decisions as parsed: boxed expressions, tables and what the requirement graph consists of. All immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from engine.feel import CompiledExpression
from engine.feel.types import Type

from .column import Column


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file."""

    line: int | None = None
    element_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """A boxed expression; its result is coerced to `type` when given."""

    place: Place = field(default=Place(), compare=False)
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class LiteralExpression(Boxed):
    """FEEL text; `compiled` is None when the text is empty or wrong (then a finding says so)."""

    text: str
    compiled: CompiledExpression | None


@dataclass(frozen=True, slots=True)
class Variable:
    """A name with a type, as parameters, entries and columns have."""

    name: str
    type: Type | None = None


@dataclass(frozen=True, slots=True)
class BoxedContext(Boxed):
    """Entries see those before them; an entry without a variable is the result of the whole."""

    entries: tuple[tuple[Variable | None, Boxed | None], ...]


@dataclass(frozen=True, slots=True)
class BoxedList(Boxed):
    """[items]"""

    items: tuple[Boxed, ...]


@dataclass(frozen=True, slots=True)
class Relation(Boxed):
    """A list of contexts written as a table."""

    columns: tuple[Variable, ...]
    rows: tuple[tuple[Boxed, ...], ...]


@dataclass(frozen=True, slots=True)
class BoxedFunction(Boxed):
    """A function; `body` is None when empty, `is_external` for Java and PMML, which are refused."""

    parameters: tuple[Variable, ...]
    body: Boxed | None
    is_external: bool = False
    result: Type | None = None


@dataclass(frozen=True, slots=True)
class Invocation(Boxed):
    """Calls the function that `callee` gives, by parameter names."""

    callee: Boxed | None
    bindings: tuple[tuple[str, Boxed | None], ...]


@dataclass(frozen=True, slots=True)
class Conditional(Boxed):
    """if, then, else"""

    condition: Boxed | None
    consequence: Boxed | None
    alternative: Boxed | None


@dataclass(frozen=True, slots=True)
class BoxedFilter(Boxed):
    """in, match"""

    source: Boxed | None
    match: Boxed | None


@dataclass(frozen=True, slots=True)
class Iteration(Boxed):
    """for, some or every"""

    kind: str
    variable: Variable
    source: Boxed | None
    body: Boxed | None


class HitPolicy(Enum):
    """Which of the rules that match gives the result."""

    UNIQUE = "UNIQUE"  #: at most one may match
    FIRST = "FIRST"  #: the first in the order of the table
    PRIORITY = "PRIORITY"  #: the one whose output comes first in the output values
    ANY = "ANY"  #: all that match must agree
    COLLECT = "COLLECT"  #: all, as a list or aggregated
    RULE_ORDER = "RULE ORDER"  #: all, in the order of the table
    OUTPUT_ORDER = "OUTPUT ORDER"  #: all, in the order of the output values


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column of conditions."""

    expression: LiteralExpression
    type: Type | None
    allowed: CompiledExpression | None
    label: str
    type_name: str = ""
    allowed_text: str = ""


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of results; `values` are in order of priority."""

    name: str
    type: Type | None
    values: LiteralExpression | None
    default: LiteralExpression | None
    label: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A row; its number counts from 1."""

    number: int
    element_id: str
    tests: tuple[CompiledExpression | None, ...]
    results: tuple[LiteralExpression, ...]
    texts: tuple[str, ...]  #: of the tests, as written
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class DecisionTable(Boxed):
    """Conditions, results, rules."""

    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    columns: tuple[Column, ...]  #: which rules an input passes, per input clause
    hit_policy: HitPolicy
    aggregation: str = ""  #: SUM, COUNT, MIN, MAX or empty


@dataclass(frozen=True, slots=True)
class Requirement:
    """What an element needs: the id of the element, and the namespace of its model ("" for the same)."""

    kind: str  #: requiredInput, requiredDecision, requiredKnowledge
    namespace: str
    element_id: str


@dataclass(frozen=True, slots=True)
class DrgElement:
    """A node of the requirement graph."""

    element_id: str
    name: str
    type: Type | None
    requirements: tuple[Requirement, ...] = ()
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class InputData(DrgElement):
    """What the caller gives."""


@dataclass(frozen=True, slots=True)
class Decision(DrgElement):
    """What is decided; `result_name` is the name of its variable."""

    logic: Boxed | None = None
    result_name: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgeModel(DrgElement):
    """A function that decisions may call."""

    function: BoxedFunction | None = None


@dataclass(frozen=True, slots=True)
class DecisionService(DrgElement):
    """Decisions behind a door: what goes in, what comes out."""

    outputs: tuple[Requirement, ...] = ()
    inputs: tuple[Requirement, ...] = ()  #: input data, then input decisions: the order of its parameters


@dataclass(frozen=True, slots=True)
class Import:
    """Another model, by the name it has here."""

    name: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Model:
    """A DMN file."""

    file: str
    namespace: str
    element_id: str
    name: str
    elements: Mapping[str, DrgElement]  #: by id
    imports: tuple[Import, ...]
    types: Mapping[str, Type]  #: item definitions by name
    names: frozenset[str]  #: all names the file declares
