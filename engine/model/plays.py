"""Scenarios played against a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class PlayState(Enum):
    """How far a play is."""

    RUNNING = "running"  #: a process plays; the only state that changes
    FINISHED = "finished"  #: every scenario was played; final
    STOPPED = "stopped"  #: somebody stopped it; final
    FAILED = "failed"  #: the playing process ended before its work: too slow, too large, killed; final


@dataclass(frozen=True, slots=True)
class ScenarioPlay:
    """The newest play of a draft; `report` is JSON that the player writes and the page shows."""

    draft_key: int
    key: int
    revision: int  #: of the draft as it was played
    state: PlayState
    started_by: str
    started_at: datetime
    updated_at: datetime
    is_stopping: bool
    report: Mapping[str, Any]
