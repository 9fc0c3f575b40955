"""What a person typed into a form is kept, so that nothing is lost before it is complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from engine.commands.authorisation import read_permissions, require_candidate
from engine.commands.context import CommandContext
from engine.errors import InputInvalid, UserTaskNotActive
from engine.model import Actor, Label, UserTaskKey
from engine.store.user_tasks import UserTaskRows

_MAX_DRAFT_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft:
    """Keep the submitted values of a user task's form for this person; returns when it was saved."""

    user_task_key: UserTaskKey | int
    actor: Actor
    submitted: Mapping[str, Any]

    def run(self, context: CommandContext) -> datetime:
        """Do it in the caller's transaction."""
        if len(orjson.dumps(self.submitted)) > _MAX_DRAFT_BYTES:
            raise InputInvalid(Label("A draft may hold at most 1 MB.", "Draf paling besar 1 MB."))
        rows = UserTaskRows(context.work)
        row = rows.row(self.user_task_key)
        permissions = read_permissions(context, self.actor)
        require_candidate(context, permissions, row)
        if row["state"] != "created":
            raise UserTaskNotActive(self.user_task_key, row["state"], row["completed_by"], row["completed_at"])
        rows.save_draft(self.user_task_key, self.actor.user, dict(self.submitted), context.now)
        return context.now
