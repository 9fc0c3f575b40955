"""List functions, and those on several values. Source: DMN 1.5, 10.3.4.4 and 10.3.4.8 (sort)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cmp_to_key

from ..evaluation import Evaluation
from ..operations import apply
from ..values import Function, equal, less_than
from ..values.numbers import CONTEXT, ONE, ZERO, truncated, whole
from .registry import builtin

Items = list[object]


@builtin("list contains(list: list, element: any)")
def list_contains(evaluation: Evaluation, items: Items, element: object) -> bool:
    evaluation.budget.spend(len(items))
    return any(equal(item, element, evaluation.budget) is True for item in items)


@builtin("count(list: list)")
def count(evaluation: Evaluation, items: Items) -> Decimal:
    return Decimal(len(items))


def _items(arguments: tuple[object, ...]) -> Items:
    """Return the items of a single list, or several arguments as items."""
    if len(arguments) == 1 and isinstance(arguments[0], list):
        return arguments[0]
    return list(arguments)


@builtin("min(list: list)")
@builtin("min(...c: any)")
def min_(evaluation: Evaluation, *arguments: object) -> object:
    return _extreme(evaluation, _items(arguments), less_than)


@builtin("max(list: list)")
@builtin("max(...c: any)")
def max_(evaluation: Evaluation, *arguments: object) -> object:
    return _extreme(evaluation, _items(arguments), lambda candidate, best: less_than(best, candidate))


def _extreme(evaluation: Evaluation, items: Items, is_better: Callable[[object, object], bool | None]) -> object:
    if not items:
        return evaluation.null("min and max of an empty list")
    best = items[0]
    for candidate in items[:1] if len(items) == 1 else items[1:]:
        verdict = is_better(candidate, best)
        if verdict is None:
            return evaluation.null("min and max take values that can be ordered")
        if verdict:
            best = candidate
    return best


@builtin("sum(list: list)")
@builtin("sum(...n: any)")
def sum_(evaluation: Evaluation, *arguments: object) -> object:
    """Of numbers or of durations of one kind."""
    items = _items(arguments)
    if not items:
        return evaluation.null("sum of an empty list")
    numbers = _numbers(items)
    if numbers is not None:
        return _total(numbers)
    total = items[0]
    if isinstance(total, str) or (len(items) == 1 and apply(evaluation, "+", total, total) is None):
        return evaluation.null("sum takes numbers or durations")
    for item in items[1:]:
        total = apply(evaluation, "+", total, item)
        if total is None:
            return None
    return total


@builtin("product(list: list)")
@builtin("product(...n: any)")
def product(evaluation: Evaluation, *arguments: object) -> object:
    numbers = _numbers(_items(arguments))
    if not numbers:
        return evaluation.null("product takes numbers")
    result = ONE
    for number in numbers:
        result = CONTEXT.multiply(result, number)
    return result


def _numbers(items: Items) -> list[Decimal] | None:
    """Return the items when all are numbers, else None."""
    numbers = [item for item in items if isinstance(item, Decimal)]
    return numbers if len(numbers) == len(items) else None


@builtin("mean(list: list)")
@builtin("mean(...n: any)")
def mean(evaluation: Evaluation, *arguments: object) -> object:
    items = _items(arguments)
    total = sum_(evaluation, items)
    return apply(evaluation, "/", total, Decimal(len(items))) if items else None


@builtin("median(list: list)")
@builtin("median(...n: any)")
def median(evaluation: Evaluation, *arguments: object) -> object:
    numbers = _numbers(_items(arguments))
    if not numbers:
        return evaluation.null("median takes numbers")
    numbers = sorted(numbers)
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return CONTEXT.divide(CONTEXT.add(numbers[middle - 1], numbers[middle]), Decimal(2))


@builtin("stddev(list: list)")
@builtin("stddev(...n: any)")
def stddev(evaluation: Evaluation, *arguments: object) -> object:
    """Of a sample: divided by the number of items less one."""
    numbers = _numbers(_items(arguments))
    if numbers is None or len(numbers) < 2:
        return evaluation.null("stddev takes two or more numbers")
    average = CONTEXT.divide(_total(numbers), Decimal(len(numbers)))
    squares = [CONTEXT.power(CONTEXT.subtract(number, average), 2) for number in numbers]
    return CONTEXT.sqrt(CONTEXT.divide(_total(squares), Decimal(len(numbers) - 1)))


def _total(numbers: list[Decimal]) -> Decimal:
    total = ZERO
    for number in numbers:
        total = CONTEXT.add(total, number)
    return total


@builtin("mode(list: list)")
@builtin("mode(...n: any)")
def mode(evaluation: Evaluation, *arguments: object) -> object:
    """All most frequent numbers, ascending."""
    numbers = _numbers(_items(arguments))
    if numbers is None:
        return evaluation.null("mode takes numbers")
    frequencies: dict[Decimal, int] = {}
    for number in numbers:
        frequencies[number] = frequencies.get(number, 0) + 1
    most = max(frequencies.values(), default=0)
    return sorted(number for number, frequency in frequencies.items() if frequency == most)


@builtin("all(list: list)")
@builtin("all(...b: any)")
def all_(evaluation: Evaluation, *arguments: object) -> object:
    return _decide(_items(arguments), decisive=False)


@builtin("any(list: list)")
@builtin("any(...b: any)")
def any_(evaluation: Evaluation, *arguments: object) -> object:
    return _decide(_items(arguments), decisive=True)


def _decide(items: Items, *, decisive: bool) -> bool | None:
    """Three-valued: one decisive item settles it, else anything that is no boolean makes it null."""
    if any(item is decisive for item in items):
        return decisive
    return (not decisive) if all(isinstance(item, bool) for item in items) else None


@builtin("sublist(list: list, start position: number, length?: number)")
def sublist(evaluation: Evaluation, items: Items, start: Decimal, length: Decimal | None = None) -> object:
    first = whole(start)
    count_ = len(items) if length is None else whole(length)
    if first is None or count_ is None or first == 0 or abs(first) > len(items) or count_ < 0:
        return evaluation.null("sublist: there is no such position or length")
    begin = first - 1 if first > 0 else len(items) + first
    if length is not None and begin + count_ > len(items):
        return evaluation.null("sublist: the list is too short")
    return items[begin : begin + count_]


@builtin("append(list: list, ...item: any)")
def append(evaluation: Evaluation, items: Items, *more: object) -> Items:
    return [*items, *more]


@builtin("concatenate(...list: list)")
def concatenate(evaluation: Evaluation, *lists: Items) -> Items:
    return [item for items in lists for item in items]


@builtin("insert before(list: list, position: number, newItem: any)")
def insert_before(evaluation: Evaluation, items: Items, position: Decimal, item: object) -> object:
    index = _index(items, position)
    if index is None:
        return evaluation.null("insert before: there is no such position")
    return [*items[:index], item, *items[index:]]


@builtin("remove(list: list, position: number)")
def remove(evaluation: Evaluation, items: Items, position: Decimal) -> object:
    index = _index(items, position)
    if index is None:
        return evaluation.null("remove: there is no such position")
    return [*items[:index], *items[index + 1 :]]


def _index(items: Items, position: Decimal) -> int | None:
    """Return the index of a position, from 1 or from -1; None when there is none."""
    number = truncated(position)
    if number is None or number == 0 or abs(number) > len(items):
        return None
    return number - 1 if number > 0 else len(items) + number


@builtin("list replace(list: list, position: number, newItem: any)")
def list_replace(evaluation: Evaluation, items: Items, position: Decimal, item: object) -> object:
    index = _index(items, position)
    if index is None:
        return evaluation.null("list replace: there is no such position")
    return [*items[:index], item, *items[index + 1 :]]


@builtin("list replace(list: list, match: function, newItem: any)")
def list_replace_matches(evaluation: Evaluation, items: Items, match: Function, new_item: object) -> object:
    """`match(item, newItem)` says which items are replaced."""
    result: Items = []
    for item in items:
        evaluation.budget.spend()
        verdict = match.invoke(evaluation, [item, new_item])
        if not isinstance(verdict, bool):
            return evaluation.null("list replace: match must give a boolean")
        result.append(new_item if verdict else item)
    return result


@builtin("reverse(list: list)")
def reverse(evaluation: Evaluation, items: Items) -> Items:
    return items[::-1]


@builtin("index of(list: list, match: any)")
def index_of(evaluation: Evaluation, items: Items, match: object) -> Items:
    """All positions."""
    evaluation.budget.spend(len(items))
    return [Decimal(i) for i, item in enumerate(items, 1) if equal(item, match, evaluation.budget) is True]


@builtin("union(...list: list)")
def union(evaluation: Evaluation, *lists: Items) -> Items:
    return distinct_values(evaluation, [item for items in lists for item in items])


@builtin("distinct values(list: list)")
def distinct_values(evaluation: Evaluation, items: Items) -> Items:
    """The first of equal ones stays."""
    kept: Items = []
    seen: set[object] = set()
    others: Items = []
    for item in items:
        if isinstance(item, (str, Decimal)):
            if item not in seen:
                seen.add(item)
                kept.append(item)
            continue
        evaluation.budget.spend(len(others))
        if not any(equal(item, other, evaluation.budget) is True for other in others):
            others.append(item)
            kept.append(item)
    return kept


@builtin("duplicate values(list: list)")
def duplicate_values(evaluation: Evaluation, items: Items) -> Items:
    """What occurs more than once (Camunda)."""
    evaluation.budget.spend(len(items) ** 2)
    return [
        item
        for item in distinct_values(evaluation, items)
        if sum(equal(item, other, evaluation.budget) is True for other in items) > 1
    ]


@builtin("flatten(list: list)")
def flatten(evaluation: Evaluation, items: Items) -> Items:
    """All lists inside lists are resolved; counted, because a list may hold the same list many times."""
    flat: Items = []
    waiting = [iter(items)]
    while waiting:
        evaluation.budget.spend()
        item = next(waiting[-1], _END)
        if item is _END:
            waiting.pop()
        elif isinstance(item, list):
            waiting.append(iter(item))
        else:
            flat.append(item)
    return flat


_END = object()


@builtin("is empty(list: list)")
def is_empty(evaluation: Evaluation, items: Items) -> bool:
    return not items


@builtin("partition(list: list, size: number)")
def partition(evaluation: Evaluation, items: Items, size: Decimal) -> object:
    """Sublists of that size, the last one maybe shorter (Camunda)."""
    step = whole(size)
    if step is None or step < 1:
        return evaluation.null("partition takes a whole size of at least 1")
    return [items[start : start + step] for start in range(0, len(items), step)]


@builtin("sort(list: list, precedes?: function)")
def sort(evaluation: Evaluation, items: Items, precedes: Function | None = None) -> object:
    """Stable; without a function the items must be of one kind that can be ordered."""
    evaluation.budget.spend(len(items))
    if precedes is None:
        return _naturally_sorted(evaluation, items)

    def compare(left: object, right: object) -> int:
        evaluation.budget.spend()
        if precedes.invoke(evaluation, [left, right]) is True:
            return -1
        return 1 if precedes.invoke(evaluation, [right, left]) is True else 0

    return sorted(items, key=cmp_to_key(compare))


def _naturally_sorted(evaluation: Evaluation, items: Items) -> object:
    def compare(left: object, right: object) -> int:
        less = less_than(left, right)
        if less is None:
            raise ValueError("the items cannot be ordered")
        return -1 if less else int(bool(less_than(right, left)))

    return sorted(items, key=cmp_to_key(compare))
