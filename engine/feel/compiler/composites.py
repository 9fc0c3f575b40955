"""Lists, contexts, ranges, filters and iterations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..ast import (
    ContextLiteral,
    Filter,
    For,
    FunctionDefinition,
    ListLiteral,
    Literal,
    OperatorTest,
    Quantified,
    RangeLiteral,
)
from ..ast import Iterator as IteratorNode
from ..evaluation import Evaluation
from ..iteration import between, items_of_range
from ..values import Context, NotEqualTest, Range, kind_of, less_than
from ..values.numbers import truncated
from .calls import Lambda
from .dispatch import closure, compiles
from .scope import Closure, Frame, Scope

#: Yields once per combination of iterator values, after having put them into their slots; None when a source is null.
Loop = tuple[Closure, int]


@compiles(ListLiteral)
def _list(node: ListLiteral, scope: Scope) -> Closure:
    items = tuple(closure(item, scope) for item in node.items)

    def run(frame: Frame) -> object:
        frame[0].budget.spend(len(items))
        return [item(frame) for item in items]

    return run


@compiles(ContextLiteral)
def _context(node: ContextLiteral, scope: Scope) -> Closure:
    entries: list[tuple[str, Closure, int]] = []
    for key, value in node.entries:
        outer = scope
        scope, slot = scope.bind(key)
        compiled = closure(
            value, scope if isinstance(value, FunctionDefinition) else outer
        )  # a function may call itself
        entries.append((key, compiled, slot))
    if len({key for key, _ in node.entries}) < len(node.entries):
        return lambda frame: frame[0].null("a context has the same entry twice")

    def run(frame: Frame) -> object:
        frame[0].budget.spend(len(entries))
        context = Context()
        for key, compiled, slot in entries:
            value = frame[slot] = context[key] = compiled(frame)
            if type(value) is Lambda:
                value.see_itself(slot)
        return context

    return run


@compiles(RangeLiteral)
def _range(node: RangeLiteral, scope: Scope) -> Closure:
    start, end = closure(node.start, scope), closure(node.end, scope)
    start_included, end_included = node.start_included, node.end_included
    if isinstance(node.start, Literal) and isinstance(node.end, Literal):
        first, last = node.start.value, node.end.value
        if _can_be_ends(first, last):
            constant = _range_between(first, last, start_included, end_included)
            return lambda frame: constant

    def run(frame: Frame) -> object:
        return make_range(frame[0], start(frame), end(frame), start_included, end_included)

    return run


def make_range(evaluation: Evaluation, start: object, end: object, start_included: bool, end_included: bool) -> object:
    """Return the range; null when its ends are of kinds that cannot be ordered."""
    if not _can_be_ends(start, end):
        return evaluation.null("a range from {} to {} has no meaning", kind_of(start), kind_of(end))
    return _range_between(start, end, start_included, end_included)


def _can_be_ends(start: object, end: object) -> bool:
    return start is None or end is None or less_than(end, start) is not None


def _range_between(start: object, end: object, start_included: bool, end_included: bool) -> Range:
    return Range(start, end, start_included and start is not None, end_included and end is not None)


@compiles(OperatorTest)
def _one_sided_range(node: OperatorTest, scope: Scope) -> Closure:
    value, operator = closure(node.value, scope), node.operator

    def run(frame: Frame) -> object:
        end = value(frame)
        if operator == "!=":
            return NotEqualTest(end)
        if operator == "=":
            return Range(end, end, operator=operator)
        if operator in ("<", "<="):
            return Range(None, end, False, operator == "<=", operator)
        return Range(end, None, operator == ">=", False, operator)

    return run


@compiles(Filter)
def _filter(node: Filter, scope: Scope) -> Closure:
    source = closure(node.source, scope)
    inner, slot = scope.filtered()
    condition = closure(node.condition, inner)

    def run(frame: Frame) -> object:
        value = source(frame)
        if value is None:
            return None
        items = value if isinstance(value, list) else [value]
        return _filtered(frame, items, condition, slot)

    return run


def _filtered(frame: Frame, items: list[object], condition: Closure, slot: int) -> object:
    """Filter by a boolean; a number picks one item."""
    spend = frame[0].budget.spend
    kept: list[object] = []
    if not items:
        frame[slot] = None
        return None if type(condition(frame)) is Decimal else kept
    for item in items:
        spend()
        frame[slot] = item
        verdict = condition(frame)
        if verdict is True:
            kept.append(item)
        elif type(verdict) is Decimal:
            return _item_at(frame[0], items, verdict)
        elif verdict is not False and verdict is not None:
            return frame[0].null("a filter is a boolean or a number, not {}", kind_of(verdict))
    return kept


def _item_at(evaluation: Evaluation, items: list[object], position: Decimal) -> object:
    index = truncated(position)
    if index is not None and 1 <= index <= len(items):
        return items[index - 1]
    if index is not None and -len(items) <= index <= -1:
        return items[index]
    return evaluation.null("a list of {} has no item {}", len(items), position)


@compiles(For)
def _for(node: For, scope: Scope) -> Closure:
    outer, partial = scope.bind("partial", is_growing=True)
    loops, inner = _loops(node.iterators, outer)
    body = closure(node.body, inner)

    def run(frame: Frame) -> object:
        results: list[object] = []
        frame[partial] = results
        for turn in _turns(frame, loops):
            if turn is False:
                return frame[0].null("for goes over null")
            results.append(body(frame))
        return results

    return run


@compiles(Quantified)
def _quantified(node: Quantified, scope: Scope) -> Closure:
    loops, inner = _loops(node.iterators, scope)
    condition = closure(node.condition, inner)
    decisive = node.quantifier == "some"

    def run(frame: Frame) -> object:
        result: bool | None = not decisive
        for turn in _turns(frame, loops):
            if turn is False:
                return frame[0].null("{} goes over null", node.quantifier)
            verdict = condition(frame)
            if verdict is decisive:
                return decisive
            if verdict is None:
                result = None
            elif verdict is not (not decisive):
                return frame[0].null("satisfies needs a boolean, not {}", kind_of(verdict))
        return result

    return run


def _loops(iterators: tuple[IteratorNode, ...], scope: Scope) -> tuple[tuple[Loop, ...], Scope]:
    loops: list[Loop] = []
    for iterator in iterators:
        source = _source(iterator, scope)
        scope, slot = scope.bind(iterator.name)
        loops.append((source, slot))
    return tuple(loops), scope


def _source(iterator: IteratorNode, scope: Scope) -> Closure:
    source = closure(iterator.source, scope)
    if iterator.end is None:
        return lambda frame: _items(frame[0], source(frame))
    end = closure(iterator.end, scope)
    return lambda frame: between(frame[0], source(frame), end(frame))


def _items(evaluation: Evaluation, value: object) -> Iterable[object] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, Range):
        return items_of_range(evaluation, value)
    return None if value is None else [value]


def _turns(frame: Frame, loops: tuple[Loop, ...]) -> Iterator[bool]:
    """Put every combination of items into the slots; yields False, and stops, when a source is null."""
    (source, slot), *inner = loops
    items = source(frame)
    if items is None:
        yield False
        return
    rest = tuple(inner)
    spend = frame[0].budget.spend
    for item in items:
        spend()
        frame[slot] = item
        if not rest:
            yield True
            continue
        for turn in _turns(frame, rest):
            yield turn
            if turn is False:
                return
