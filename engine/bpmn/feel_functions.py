"""FEEL functions that Camunda 8 adds for diagrams."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine import feel


def cycle(*arguments: object) -> str:
    """Return the repeating interval `cycle(repetitions, interval)` or `cycle(interval)`, as "R3/PT1H".

    `repetitions` null repeats without end. Raises ValueError, which FEEL turns into null.
    """
    repetitions, interval = arguments if len(arguments) == 2 else (None, *arguments)
    if not isinstance(interval, (feel.DaysDuration, feel.MonthsDuration)):
        raise ValueError("expected a duration as interval of the cycle")
    count = feel.to_json(repetitions)
    if count is not None and (not isinstance(count, int) or isinstance(count, bool)):
        raise ValueError("expected a whole number of repetitions of the cycle")
    return f"R{'' if count is None else count}/{interval.isoformat()}"


BUILT_IN: Mapping[str, Callable[..., Any]] = {"cycle": cycle}
