"""The nodes of an expression. Every node knows its `offset` in the text; equality ignores it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


@dataclass(frozen=True, slots=True)
class Node:
    """What all nodes have."""

    offset: int = field(compare=False, kw_only=True, default=0)  #: characters before it in the text


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A constant: number, string, boolean, null or temporal value (as written after `@`)."""

    value: object
    is_at: bool = False  #: written as @"..."


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable; `?` is the input of unary tests."""

    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    """source.name"""

    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """source[condition]"""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """callee(arguments), positional or named but not both."""

    callee: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()  #: of the same length as `arguments` when they are named


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """-operand"""

    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """left operator right; the operator is one of + - * / **"""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """left operator right; the operator is one of = != < <= > >="""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logical(Node):
    """operands joined by `and` or by `or`"""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    """value between low and high"""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    """value in tests"""

    value: Node
    tests: tuple[Node, ...]
    is_bracketed: bool = True


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """value instance of type"""

    value: Node
    type: TypeName


@dataclass(frozen=True, slots=True)
class TypeName(Node):
    """A type: its name, and what stands in its angle brackets."""

    name: str
    arguments: tuple[TypeName, ...] = ()
    fields: tuple[str, ...] = ()  #: of a context type, of the same length as `arguments`
    result: TypeName | None = None  #: of a function type


@dataclass(frozen=True, slots=True)
class If(Node):
    """if condition then consequence else alternative"""

    condition: Node
    consequence: Node
    alternative: Node


@dataclass(frozen=True, slots=True)
class Iterator(Node):
    """name in source, or name in source..end"""

    name: str
    source: Node
    end: Node | None = None


@dataclass(frozen=True, slots=True)
class For(Node):
    """for iterators return body"""

    iterators: tuple[Iterator, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """some | every iterators satisfies condition"""

    quantifier: str
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class ListLiteral(Node):
    """[items]"""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextLiteral(Node):
    """{key: value, ...}"""

    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeLiteral(Node):
    """[start..end] with any of the brackets"""

    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Parameter(Node):
    """name: type"""

    name: str
    type: TypeName | None = None


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    """function(parameters) body"""

    parameters: tuple[Parameter, ...]
    body: Node
    is_external: bool = False


@dataclass(frozen=True, slots=True)
class OperatorTest(Node):
    """operator value, as in `x in < 5` or in a table cell; as a value it is a one-sided range"""

    operator: str
    value: Node


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """What a table cell holds: `-` (no tests), tests joined by commas, or not(tests)."""

    tests: tuple[Node, ...]
    is_negated: bool = False
    is_any: bool = False


def walk(node: Node) -> list[Node]:
    """Return the node and all nodes below it."""
    found: list[Node] = []
    waiting: list[object] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Node):
            found.append(part)
            waiting.extend(getattr(part, each.name) for each in fields(part))
        elif isinstance(part, tuple):
            waiting.extend(part)
    return found
