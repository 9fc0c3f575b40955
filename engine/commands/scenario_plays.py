"""Scenarios are played against a draft beside the running system; what is kept of it is how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.ownership import require_publisher
from engine.errors import InputInvalid
from engine.model import Actor, Label, PlayState, ScenarioPlay
from engine.store.drafts import Drafts
from engine.store.plays import Plays

#: A play that was silent for so long has lost its process.
SILENCE = timedelta(seconds=90)
_MOST_AT_ONCE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StartScenarioPlay:
    """Note that scenarios are played against a draft from now on; returns the key of the play.

    Two plays at most run at a time, so that they never slow the running system down, and one of a draft.
    """

    draft_key: int
    report: Mapping[str, Any]
    actor: Actor

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction; raises DraftNotFound, InputInvalid, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        draft = Drafts(context.work).get(self.draft_key)
        plays, dead_since = Plays(context.work), context.now - SILENCE
        if plays.alive(dead_since=dead_since) >= _MOST_AT_ONCE:
            raise _busy()
        now, key = context.now, context.keys.next_key()
        by = self.actor.user
        play = ScenarioPlay(draft.key, key, draft.revision, PlayState.RUNNING, by, now, now, False, self.report)
        if not plays.begin(play, dead_since=dead_since):
            raise _busy()
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteScenarioPlay:
    """Note how far a play is; returns whether it shall go on. The player does this, in nobody's name."""

    draft_key: int
    play_key: int
    report: Mapping[str, Any]
    state: PlayState = PlayState.RUNNING

    def run(self, context: CommandContext) -> bool:
        """Do it in the caller's transaction."""
        return Plays(context.work).note(self.draft_key, self.play_key, self.report, self.state, context.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopScenarioPlay:
    """Ask the play of a draft to end; it does so within a second."""

    draft_key: int
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction; raises DraftNotFound, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        Drafts(context.work).get(self.draft_key)
        Plays(context.work).stop(self.draft_key)


def is_alive(play: ScenarioPlay, now: datetime) -> bool:
    """Return whether a process still plays it."""
    return play.state is PlayState.RUNNING and play.updated_at >= now - SILENCE


def _busy() -> InputInvalid:
    return InputInvalid(
        Label(
            "Scenarios are being played already. Wait until they are done, or stop them.",
            "Skenario sedang dimainkan. Tunggu sampai selesai, atau hentikan.",
        )
    )
