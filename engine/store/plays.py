"""Plays of scenarios against drafts: the newest one of each draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from engine.model import PlayState, ScenarioPlay
from engine.store.tables import scenario_play
from engine.store.unit_of_work import UnitOfWork

_COLUMNS = scenario_play.c


class Plays:
    """Plays of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def begin(self, play: ScenarioPlay, *, dead_since: datetime) -> bool:
        """Insert a play in the place of the draft's last one; return False when that still runs.

        One that was not heard of after `dead_since` does not run any more, whatever its state says.
        """
        row = {
            "key": play.key,
            "revision": play.revision,
            "state": play.state.value,
            "started_by": play.started_by,
            "started_at": play.started_at,
            "updated_at": play.updated_at,
            "is_stopping": False,
            "report": dict(play.report),
        }
        ended = (_COLUMNS.state != PlayState.RUNNING.value) | (_COLUMNS.updated_at < dead_since)
        replaced = update(scenario_play).where(_COLUMNS.draft_key == play.draft_key, ended).values(**row)
        if self._work.execute(replaced).rowcount:
            return True
        if self.find(play.draft_key) is not None:
            return False
        self._work.execute(insert(scenario_play), row | {"draft_key": play.draft_key})
        return True

    def note(self, draft_key: int, key: int, report: Mapping[str, Any], state: PlayState, at: datetime) -> bool:
        """Write how far a play is; return whether it shall go on: nobody stopped it, its draft is there."""
        running = (_COLUMNS.draft_key == draft_key, _COLUMNS.key == key, _COLUMNS.state == PlayState.RUNNING.value)
        values = {"report": dict(report), "state": state.value, "updated_at": at}
        if not self._work.execute(update(scenario_play).where(*running).values(**values)).rowcount:
            return False
        found = self.find(draft_key)
        return found is not None and not found.is_stopping

    def stop(self, draft_key: int) -> None:
        """Ask the running play to end."""
        running = (_COLUMNS.draft_key == draft_key, _COLUMNS.state == PlayState.RUNNING.value)
        self._work.execute(update(scenario_play).where(*running).values(is_stopping=True))

    def alive(self, *, dead_since: datetime) -> int:
        """Return how many plays run."""
        running = (_COLUMNS.state == PlayState.RUNNING.value, _COLUMNS.updated_at >= dead_since)
        found: int = self._work.execute(select(func.count()).select_from(scenario_play).where(*running)).scalar_one()
        return found

    def find(self, draft_key: int) -> ScenarioPlay | None:
        """Return the newest play of a draft."""
        row = self._work.execute(select(scenario_play).where(_COLUMNS.draft_key == draft_key)).one_or_none()
        if row is None:
            return None
        return ScenarioPlay(**dict(row._mapping) | {"state": PlayState(row.state)})
