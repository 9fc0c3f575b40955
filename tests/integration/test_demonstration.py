"""Stories are scenarios that are played in the past, side by side."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from engine.store import read_only
from engine.store.tables import process_instance
from engine.testing import Harness, MovableClock, ScenarioInvalid, load_stories, play_stories

BPMN = Path(__file__).parents[1] / "scenarios/bpmn"
JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2030, 6, 20, 10, tzinfo=UTC)  # a Thursday

SCENARIO = """
bpmn: tmr-01-duration.bpmn
clock: 2030-01-07T02:00:00Z  # Monday 09:00 in Jakarta
steps:
- {do: start, process: tmr01, vars: {day: '2030-01-09', at: '2030-01-09T18:00:00+07:00', who: siti, text: v2030-01-09}}
- {do: advance, by: P1D}
- {do: complete, task: a, vars: {done: true}}
"""


def write(folder: Path, stories: str) -> Path:
    shutil.copy(BPMN / "tmr-01-duration.bpmn", folder)
    (folder / "wait.yaml").write_text(SCENARIO)
    path = folder / "stories.yaml"
    path.write_text(f"kind: demonstration\nstories:\n{stories}")
    return path


@pytest.fixture
def harness(database_url: str) -> Harness:
    return Harness(database_url, clock=MovableClock(NOW - timedelta(days=60)))


def test_stories_begin_in_their_week_and_their_dates_move_along(harness: Harness, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "- {like: wait.yaml, weeks_ago: 2, replace: {siti: rina}}\n"
        "- {like: wait.yaml, weeks_ago: 3}\n"
        "- {like: wait.yaml, weeks_ago: 0, steps: 1, later: PT2H, dates_later: P1D}\n",
    )
    stories = load_stories(path)
    harness.deploy(tmp_path / "tmr-01-duration.bpmn")
    assert play_stories(stories, harness, now=NOW) == []
    with read_only(harness.engine.database) as work:
        rows = work.execute(select(process_instance).order_by(process_instance.c.key)).all()
    with harness.census() as census:
        seen = [census.variables(row.key) for row in rows]
        open_tasks = census.open_user_tasks()
    begun = [
        datetime(2030, 5, 27, 2, tzinfo=UTC),
        datetime(2030, 6, 3, 2, tzinfo=UTC),
        datetime(2030, 6, 17, 4, tzinfo=UTC),
    ]
    assert [row.started_at for row in rows] == begun
    assert [variables["day"] for variables in seen] == ["2030-05-29", "2030-06-05", "2030-06-20"]
    assert seen[0]["at"] == "2030-05-29T18:00:00+07:00"
    assert [variables["who"] for variables in seen] == ["siti", "rina", "siti"]
    assert {variables["text"] for variables in seen} == {"v2030-01-09"}
    assert [row.state for row in rows] == ["completed", "completed", "active"]
    assert [task.root_key for task in open_tasks] == [rows[2].key]
    assert harness.clock.now() == NOW
    harness.close()


def test_people_work_in_office_hours(tmp_path: Path) -> None:
    (tmp_path / "long.yaml").write_text(
        "clock: 2030-01-11T08:30:00Z\nsteps:\n" + "- {do: start, process: a}\n" * 3  # Friday 15:30 in Jakarta
    )
    (tmp_path / "stories.yaml").write_text(
        "kind: demonstration\nstories: [{like: long.yaml, weeks_ago: 0, pace: PT1H}]"
    )
    (story,) = load_stories(tmp_path / "stories.yaml")
    moments = [at for at, _ in story.events(datetime(2030, 1, 30, tzinfo=UTC), JAKARTA)]
    assert [at.strftime("%a %H:%M") for at in moments] == ["Fri 08:30", "Fri 09:30", "Mon 01:30"]


def test_what_is_refused_is_told_and_the_other_stories_go_on(harness: Harness, tmp_path: Path) -> None:
    path = write(tmp_path, "- {like: wait.yaml, weeks_ago: 1}\n- {like: bad.yaml, weeks_ago: 2}\n")
    (tmp_path / "bad.yaml").write_text(SCENARIO.replace("task: a", "task: absent"))
    harness.deploy(tmp_path / "tmr-01-duration.bpmn")
    (refused,) = play_stories(load_stories(path), harness, now=NOW)
    assert "bad: step 3" in refused
    with harness.census() as census:
        assert sorted(census.roots().values()) == [False, True]
    harness.close()


@pytest.mark.parametrize(
    "text", ["stories: 3", "[]", "stories: [{like: absent.yaml}]", "stories: [{like: xor-02-default.yaml}]"]
)
def test_a_document_that_tells_no_stories_says_why(tmp_path: Path, text: str) -> None:
    shutil.copy(BPMN / "xor-02-default.yaml", tmp_path)
    (tmp_path / "stories.yaml").write_text(text)
    with pytest.raises(ScenarioInvalid):
        load_stories(tmp_path / "stories.yaml")
