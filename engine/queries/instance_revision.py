"""Has an instance moved on since somebody looked?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.errors import ProcessInstanceNotFound
from engine.model import Actor
from engine.queries.operators import require_observer
from engine.store.monitoring import instance_detail


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceRevision:
    """Ask for the number that grows with every change of an instance. Two statements."""

    process_instance_key: int
    actor: Actor

    def run(self, context: CommandContext) -> int:
        """Answer; raises NotPermitted, ProcessInstanceNotFound."""
        require_observer(context, self.actor)
        revision = instance_detail.revision(context.work, self.process_instance_key)
        if revision is None:
            raise ProcessInstanceNotFound(self.process_instance_key)
        return revision
