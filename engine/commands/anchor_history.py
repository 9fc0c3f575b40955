"""The daily roots of the audit chain are made and written to files outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.commands.context import CommandContext
from engine.history import Anchors, compute_daily_roots
from engine.store.history import History


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorHistory:
    """Make the root of every day that is over and has none; return those days (ISO dates, UTC).

    `folder` keeps one file a day. The pump runs this; a day that was missed is made up for.
    """

    folder: Path

    def run(self, context: CommandContext) -> list[str]:
        """Do it in the caller's transaction."""
        made = compute_daily_roots(History(context.work), Anchors(self.folder), now=context.now)
        return [day for day, _, _ in made]
