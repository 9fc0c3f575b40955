"""Which rules of a table an input passes, one column at a time: constants are looked up, other cells are run.

A set of rules is an int with one bit per rule, so that a table of hundreds of rules costs little more than one of ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.feel import CompiledExpression
from engine.feel.compiler import Frame


class Column:
    """The cells of one column, each different one once. Immutable."""

    __slots__ = ("_by_constant", "_cells", "_kind", "_open", "_others")

    def __init__(self, cells: Sequence[CompiledExpression | None], texts: Sequence[str]) -> None:
        """Take the cells from the first rule to the last; `-` passes everything, a wrong one (None) nothing."""
        rules_by_text: dict[str, int] = {}
        compiled: dict[str, CompiledExpression] = {}
        for index, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            rules_by_text[text] = rules_by_text.get(text, 0) | 1 << index
            if cell is not None:
                compiled[text] = cell
        self._open = rules_by_text.pop("-", 0)
        tested = [(compiled[text], rules) for text, rules in rules_by_text.items() if text in compiled]
        self._kind = next((type(cell.constants[0]) for cell, _ in tested if cell.constants), type(None))
        self._by_constant: dict[object, int] = {}
        self._cells = tuple((cell.in_frame, rules) for cell, rules in tested)
        self._others = tuple((cell.in_frame, rules) for cell, rules in tested if not self._index(cell, rules))

    def _index(self, cell: CompiledExpression, rules: int) -> bool:
        """Note the constants of a cell; whether they are all there is to it."""
        constants = cell.constants or ()
        if not constants or any(type(constant) is not self._kind for constant in constants):
            return False
        for constant in constants:
            self._by_constant[constant] = self._by_constant.get(constant, 0) | rules
        return True

    def passed(self, frame: Frame, value: object, candidates: int) -> int:
        """Return those of the candidates whose cell the value passes; `frame` holds it as input."""
        passed, cells = self._open, self._cells
        if type(value) is self._kind:
            passed |= self._by_constant.get(value, 0)
            cells = self._others
        for test, rules in cells:
            if rules & candidates and test(frame) is True:
                passed |= rules
        return passed & candidates


def positions(rules: int) -> Iterator[int]:
    """Yield the places, from 0, of the rules in a set, ascending."""
    while rules:
        lowest = rules & -rules
        yield lowest.bit_length() - 1
        rules ^= lowest
