"""Plays a scenario to its end, or to the first step after which something does not hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.testing.harness import Harness
from engine.testing.player import Player, StepImpossible
from engine.testing.said import Said
from engine.testing.scenario import Scenario, Step


@dataclass(frozen=True, slots=True)
class Failure:
    """The first step after which something did not hold, and what."""

    step: Step
    problems: Sequence[Said]


def play(scenario: Scenario, harness: Harness, *, forgets: bool = False) -> list[str]:
    """Play the steps; return what did not hold at the first step where something did not, else nothing.

    The scenario's diagram, content and people must be there (`set_up`). With `forgets`, everything
    parsed is dropped between any two steps, as a restart does.
    """
    failure = first_failure(scenario, harness, before_step=lambda step: harness.forget() if forgets else None)
    return [f"{failure.step}: {problem}" for problem in failure.problems] if failure else []


def first_failure(scenario: Scenario, harness: Harness, *, before_step: Callable[[Step], None]) -> Failure | None:
    """Play the steps as `play` does; return where something did not hold, None when everything did."""
    player = Player(scenario.path, harness, scenario.bpmn)
    for step in scenario.steps:
        before_step(step)
        try:
            problems = player.play(step)
        except StepImpossible as error:
            problems = [error.said]
        if problems:
            return Failure(step, problems)
    return None
