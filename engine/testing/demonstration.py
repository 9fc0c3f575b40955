"""Plays many scenarios at once, each in its own past, so that a new installation has something to show.

The real procedures run under a moved clock. A story names a scenario, how many weeks ago it begins
and how far it goes. Dates in the scenario move along, by whole weeks, so that weekdays stay.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from engine.errors import EngineError
from engine.testing.expectations import duration, moment
from engine.testing.harness import Harness
from engine.testing.player import Player, StepImpossible
from engine.testing.scenario import Scenario, ScenarioInvalid, Step, load_scenario

log = logging.getLogger(__name__)

_WEEK = timedelta(weeks=1)
#: What people take from one step to the next, unless the story says otherwise.
_PACE = "PT50M"
_FIRST_HOUR, _LAST_HOUR, _SATURDAY = 8, 17, 5
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=$|T)")


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario, when it begins, and what is different in it."""

    scenario: Scenario
    weeks_ago: int
    steps: Sequence[Step]
    pace: timedelta
    later: timedelta = timedelta()  #: begins so much after the scenario's own weekday and hour
    dates_later: timedelta = timedelta()  #: dates in what is filled in move by so many days more
    replacements: Mapping[str, str] = field(default_factory=dict)  #: whole texts, wherever they stand

    def begins_at(self, now: datetime) -> datetime:
        """Return the moment of its first step."""
        return _clock_of(self.scenario) + self.shift(now) + self.later

    def shift(self, now: datetime) -> timedelta:
        """Return by how much its dates move: whole weeks, so that it begins `weeks_ago` before `now` or a bit more."""
        return ((now - _clock_of(self.scenario)) // _WEEK - self.weeks_ago) * _WEEK

    def events(self, now: datetime, zone: tzinfo) -> Iterator[tuple[datetime, Step]]:
        """Yield each step with its moment, in office hours of `zone`; steps that only wait are not among them."""
        shift, at = self.shift(now), self.begins_at(now)
        for step in self.steps:
            if step.do == "advance":
                at = (
                    moment(step.arguments["to"]) + shift
                    if "to" in step.arguments
                    else at + duration(step.arguments["by"])
                )
                continue
            at = _in_office(at, zone)
            yield at, replace(step, arguments=_changed(step.arguments, shift + self.dates_later, self.replacements))
            at += self.pace


def load_stories(path: Path) -> list[Story]:
    """Read a document of kind `demonstration`: stories [{like, weeks_ago, later, dates_later, steps, pace, replace}].

    `like` names a scenario file beside it, `steps` how many of its steps are played (absent: all).
    Raises ScenarioInvalid.
    """
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or not isinstance(document.get("stories"), list):
        raise ScenarioInvalid(path, "expected a mapping with a list `stories`")
    return [_story(path, entry) for entry in document["stories"]]


def _story(path: Path, entry: Mapping[str, Any]) -> Story:
    scenario = load_scenario(path.parent / str(entry.get("like")))
    _clock_of(scenario)
    return Story(
        scenario,
        int(entry.get("weeks_ago", 0)),
        scenario.steps[: entry.get("steps")],
        duration(entry.get("pace") or _PACE),
        duration(entry.get("later") or "PT0S"),
        duration(entry.get("dates_later") or "PT0S"),
        entry.get("replace") or {},
    )


def play_stories(stories: Sequence[Story], harness: Harness, *, now: datetime) -> list[str]:
    """Play all stories in the order of time, until `now`; return what was refused, by story.

    The harness's clock must stand before the first story. A story that is refused something ends there.
    """
    zone = ZoneInfo(harness.engine.settings.time_zone)
    players = [Player(story.scenario.path, harness, own_instance=True) for story in stories]
    events = sorted(
        ((at, index, number, step) for index, story in enumerate(stories)
         for number, (at, step) in enumerate(story.events(now, zone)) if at <= now),
        key=lambda event: event[:3],
    )  # fmt: skip
    refused: dict[int, str] = {}
    for at, index, _, step in events:
        if index in refused:
            continue
        harness.advance_to(max(at, harness.clock.now()))
        try:
            players[index].do(_with_own_number(step, players[index], harness, stories[index]))
        except (EngineError, StepImpossible) as error:
            if any(step.expect.get(name) for name in ("fault", "error", "rule", "fields")):
                continue
            refused[index] = f"{stories[index].scenario.id}: {step}: {error}"
            log.warning("story ended early", extra={"action": "story_refused", "reason": refused[index]})
    harness.advance_to(now)
    return list(refused.values())


def _with_own_number(step: Step, player: Player, harness: Harness, story: Story) -> Step:
    """Put the number of the story's record where the scenario, alone in its database, has the first one."""
    if player.started is None:
        return step
    with harness.census() as census:
        number = census.business_id(player.started)
    if number is None:
        return step
    first = f"{number.split('-')[0]}-{_clock_of(story.scenario).year}-000001"
    return replace(step, arguments=_changed(step.arguments, timedelta(), {first: number}))


def _changed(value: Any, shift: timedelta, replacements: Mapping[str, str]) -> Any:
    """Return a JSON value with its dates moved and its texts replaced."""
    if isinstance(value, Mapping):
        return {name: _changed(item, shift, replacements) for name, item in value.items()}
    if isinstance(value, list):
        return [_changed(item, shift, replacements) for item in value]
    if isinstance(value, str):
        return replacements.get(value) or _moved(value, shift)
    return value


def _moved(text: str, shift: timedelta) -> str:
    """Return a date, or the date part of a date and time, moved by whole days."""
    match = _DATE.match(text)
    if match is None or not shift:
        return text
    return (date.fromisoformat(match[0]) + shift).isoformat() + text[match.end() :]


def _in_office(at: datetime, zone: tzinfo) -> datetime:
    """Return `at`, or the next morning of a weekday when people are at home."""
    local = at.astimezone(zone)
    if local.hour >= _LAST_HOUR:
        local = (local + timedelta(days=1)).replace(hour=0)
    if local.hour < _FIRST_HOUR:
        local = local.replace(hour=_FIRST_HOUR)
    while local.weekday() >= _SATURDAY:
        local = (local + timedelta(days=1)).replace(hour=_FIRST_HOUR)
    return local.astimezone(UTC)


def _clock_of(scenario: Scenario) -> datetime:
    if scenario.clock is None:
        raise ScenarioInvalid(scenario.path, "a story needs a scenario with a `clock`")
    return scenario.clock
