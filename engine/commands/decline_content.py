"""People keep what they published, and are not asked again about a file on disk that says otherwise."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from engine.commands.audit import note_in_system
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.ownership import require_publisher
from engine.commands.publish_drafts import require_comment
from engine.model import Actor, ResourceFile
from engine.store.declined import Declined


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineContent:
    """Decline a file as it is on disk now; a later change of it is told again."""

    file: ResourceFile
    reason: str
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction; raises InputInvalid without a reason, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        require_comment(self.reason)
        digest = hashlib.sha256(self.file.content).hexdigest()
        reason = self.reason.strip()
        Declined(context.work).add(digest, self.file.name, by=self.actor.user, at=context.now, reason=reason)
        facts = {"file": self.file.name, "sha256": digest, "reason": reason}
        note_in_system(context, self.actor, "content_declined", facts)
