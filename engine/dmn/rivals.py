"""Which rules leave another rule nothing to decide where they match too, by hit policy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from engine.feel import FeelError
from engine.feel.constants import constant_of
from engine.feel.values import equal
from engine.model import Label

from .coverage import Box
from .model import DecisionTable, HitPolicy, OutputClause, Rule

#: A rule with its box, and whether the first of two such takes the place of the second.
Known = tuple[Rule, Box]
Beats = Callable[[Known, Known], bool]


def beats(table: DecisionTable, names: frozenset[str]) -> Beats | None:
    """Return which of two rules that match the same input makes the other meaningless; None when both always count.

    All rules of a unique table do so to each other: with two of them there is no result.
    """
    if table.hit_policy is HitPolicy.FIRST:
        return _is_earlier
    if table.hit_policy is HitPolicy.UNIQUE:
        return lambda one, other: one[0] is not other[0]
    if table.hit_policy is HitPolicy.ANY:
        return lambda one, other: _holds(one, other) and _outputs(table, one, names) == _outputs(table, other, names)
    if table.hit_policy is HitPolicy.PRIORITY:
        return _by_rank(lambda rule: _priority(table, rule, names))
    if table.hit_policy is HitPolicy.COLLECT and table.aggregation in ("MIN", "MAX"):
        sign = 1 if table.aggregation == "MIN" else -1
        return _by_rank(lambda rule: _amount(table, rule, names, sign))
    return None


def why_meaningless(table: DecisionTable, number: int) -> Label:
    """Return what is wrong with a rule that others take the place of everywhere."""
    english, indonesian = _REASONS[table.hit_policy]
    return Label(f"rule {number} {english}", f"aturan {number} {indonesian}")


_REASONS = {
    HitPolicy.FIRST: (
        "is never reached, because earlier rules match all its inputs",
        "tidak pernah tercapai, karena aturan sebelumnya selalu menang",
    ),
    HitPolicy.UNIQUE: (
        "can never decide, because other rules match all its inputs too",
        "tidak pernah dapat memutuskan, karena aturan lain cocok dengan semua masukannya juga",
    ),
    HitPolicy.ANY: (
        "is superfluous, because another rule matches all its inputs with the same outputs",
        "tidak diperlukan, karena aturan lain cocok dengan semua masukannya dan keluarannya sama",
    ),
    HitPolicy.PRIORITY: (
        "is never chosen, because rules of higher priority match all its inputs",
        "tidak pernah dipilih, karena aturan berprioritas lebih tinggi cocok dengan semua masukannya",
    ),
    HitPolicy.COLLECT: (
        "never counts, because other rules match all its inputs with a result that goes before",
        "tidak pernah berpengaruh, karena aturan lain cocok dengan semua masukannya dan hasilnya lebih dulu dipakai",
    ),
}


def output_constant(rule: Rule, index: int, names: frozenset[str]) -> tuple[bool, object]:
    """Return whether an output cell is a constant, and its value."""
    if index >= len(rule.results) or not rule.results[index].text:
        return False, None
    try:
        return constant_of(rule.results[index].text, names)
    except FeelError:
        return False, None


def _is_earlier(one: Known, other: Known) -> bool:
    return one[0].number < other[0].number


def _holds(one: Known, other: Known) -> bool:
    """Whether the first box holds all of the second; of two equal ones, the later is held by the earlier."""
    is_inside = all(inner & outer == inner for outer, inner in zip(one[1], other[1], strict=True))
    return is_inside and (one[1] != other[1] or _is_earlier(one, other))


def _by_rank(rank: Callable[[Known], Sequence[Decimal | int] | None]) -> Beats:
    """The lower rank wins, of equal ones the earlier rule; a rule without one neither wins nor loses."""
    ranks: dict[int, Sequence[Decimal | int] | None] = {}

    def ranked(known: Known) -> Sequence[Decimal | int] | None:
        number = known[0].number
        if number not in ranks:
            ranks[number] = rank(known)
        return ranks[number]

    def wins(one: Known, other: Known) -> bool:
        mine, theirs = ranked(one), ranked(other)
        if mine is None or theirs is None:
            return False
        return list(mine) < list(theirs) or (list(mine) == list(theirs) and _is_earlier(one, other))

    return wins


def _outputs(table: DecisionTable, known: Known, names: frozenset[str]) -> object:
    """Return the constants of a rule, itself (equal to no other's) when one cannot be known."""
    constants = [output_constant(known[0], index, names) for index in range(len(table.outputs))]
    return [value for _, value in constants] if all(is_known for is_known, _ in constants) else known


def _priority(table: DecisionTable, known: Known, names: frozenset[str]) -> list[int] | None:
    """Return the place of each output among its output values."""
    places = []
    for index, clause in enumerate(table.outputs):
        is_known, value = output_constant(known[0], index, names)
        order = _listed(clause)
        if not is_known or order is None:
            return None
        places.append(next((place for place, each in enumerate(order) if equal(each, value) is True), len(order)))
    return places


def _listed(clause: OutputClause) -> list[object] | None:
    """Return the output values of a column; None when they are not written there."""
    if clause.values is None or clause.values.compiled is None or clause.values.compiled.names:
        return None
    listed = clause.values.compiled({})
    return listed if isinstance(listed, list) else None


def _amount(table: DecisionTable, known: Known, names: frozenset[str], sign: int) -> list[Decimal] | None:
    is_known, value = output_constant(known[0], 0, names)
    return [value * sign] if is_known and isinstance(value, Decimal) and len(table.outputs) == 1 else None
