"""Comparing calls on a machine that others use too."""

from __future__ import annotations

import timeit
from collections.abc import Callable

Call = Callable[[], object]


def best_seconds(*calls: tuple[Call, int]) -> list[float]:
    """Return the best time of one turn of each call; they take turns, so that a busy moment hits all of them.

    Each call comes with how often it is repeated per turn.
    """
    turns = [[timeit.timeit(call, number=number) / number for call, number in calls] for _ in range(25)]
    return [min(times) for times in zip(*turns, strict=True)]
