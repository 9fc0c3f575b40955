"""Whether boxes cover a space. A box has one set of samples per column, as bits; so is a set of boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

#: Samples looked at for one table; a table that needs more is left alone.
MOST_STEPS = 300_000

Box = list[int]


class Coverage:
    """The boxes of one table, numbered as given, and how many samples each column has (0: it decides nothing)."""

    def __init__(self, boxes: Sequence[Box], samples: Sequence[int]) -> None:
        self._all = (1 << len(boxes)) - 1
        self._holders = [_holders(boxes, column, count) for column, count in enumerate(samples)]
        self._steps = 0

    @property
    def is_exhausted(self) -> bool:
        """Whether a search was given up, so that its answer means nothing."""
        return self._steps > MOST_STEPS

    def meeting(self, box: Box) -> int:
        """Return the boxes that have something in common with a box."""
        meeting = self._all
        for holders, bits in zip(self._holders, box, strict=True):
            if holders and bits.bit_count() < len(holders):
                held = 0
                for bit in bits_of(bits):
                    held |= holders[bit.bit_length() - 1]
                meeting &= held
        return meeting

    def uncovered(self, space: Box, boxes: int) -> Box | None:
        """Return a box of `space` outside all of `boxes`, None when they cover it."""
        return self._search(space, boxes, 0, set())

    def _search(self, space: Box, boxes: int, column: int, in_vain: set[tuple[int, int]]) -> Box | None:
        """Fix one column after the other; boxes that do not hold its sample drop out, and none left means found."""
        if not boxes:
            return space
        if column == len(space) or (column, boxes) in in_vain or self.is_exhausted:
            return None
        in_vain.add((column, boxes))
        for bit, inside in self._narrowest(column, space[column], boxes):
            found = self._search([*space[:column], bit, *space[column + 1 :]], inside, column + 1, in_vain)
            if found is not None:
                return found
        return None

    def _narrowest(self, column: int, bits: int, boxes: int) -> list[tuple[int, int]]:
        """Return samples with the boxes that hold them, without those that more boxes hold than another sample.

        What is left open there is open here too.
        """
        holders = self._holders[column]
        if not holders:
            return [(bits, boxes)]
        samples: dict[int, int] = {}
        for bit in bits_of(bits):
            samples.setdefault(holders[bit.bit_length() - 1] & boxes, bit)
        self._steps += len(samples) + bits.bit_count()
        narrowest: list[tuple[int, int]] = []
        for inside in sorted(samples, key=int.bit_count):
            if all(other & inside != other for _, other in narrowest):
                narrowest.append((samples[inside], inside))
        return narrowest


def _holders(boxes: Sequence[Box], column: int, samples: int) -> list[int]:
    """Return for each sample of a column the boxes that hold it."""
    holders = [0] * samples
    for number, box in enumerate(boxes):
        for bit in bits_of(box[column]):
            holders[bit.bit_length() - 1] |= 1 << number
    return holders


def bits_of(bits: int) -> Iterator[int]:
    """Yield the single bits, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest
        bits ^= lowest
