"""For tests of procedures and of the engine: a harness with a movable clock, and the player of scenario files."""

from engine.clock import MovableClock
from engine.testing.demonstration import Story, load_stories, play_stories
from engine.testing.harness import Harness
from engine.testing.scenario import Scenario, ScenarioInvalid, find_scenarios, load_scenario
from engine.testing.stage import FreshDatabases, play_file
from engine.testing.unfinished import Unfinished

__all__ = [
    "FreshDatabases",
    "Harness",
    "MovableClock",
    "Scenario",
    "ScenarioInvalid",
    "Story",
    "Unfinished",
    "find_scenarios",
    "load_scenario",
    "load_stories",
    "play_file",
    "play_stories",
]
