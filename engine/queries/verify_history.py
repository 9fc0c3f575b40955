"""Proves that no stream of the audit chain was altered; reads everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.commands.context import CommandContext
from engine.history import Anchors, Verification, verify
from engine.model import Actor
from engine.queries.operators import require_auditor
from engine.store.history import History


def _silent(_entries: int) -> None:
    """Nobody listens to the progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyHistory:
    """Check every stream, head, daily root and file of roots in `anchors_folder`.

    `progress` is told the number of entries now and then. Memory does not grow with the history.
    """

    actor: Actor
    anchors_folder: Path
    progress: Callable[[int], None] = _silent

    def run(self, context: CommandContext) -> Verification:
        """Answer; raises NotPermitted."""
        require_auditor(context, self.actor)
        return verify(History(context.work), Anchors(self.anchors_folder), self.progress)
