"""A person changes a calendar in the browser: the change becomes a new version of its document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.calendar_documents import deployed_calendar, require_document_keeper
from engine.commands.context import CommandContext
from engine.commands.deploy import Deploy, Deployment
from engine.deadlines import calendar_document, parse_calendar
from engine.documents import write_document
from engine.errors import AlreadyExists, InputInvalid, StaleRevision
from engine.model import Actor, Label, ResourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCalendar:
    """Deploy a calendar, changed or new; administrators may, and the owners that its version in use names.

    `document` is as `kind: calendar` of a content folder. `version` is the one that the person saw, 0 for a new
    calendar. Raises DefinitionInvalid with every finding, StaleRevision when somebody saved meanwhile, AlreadyExists,
    InputInvalid without a comment, NotPermitted; and then nothing is stored.
    """

    document: Mapping[str, Any]
    version: int
    comment: str
    actor: Actor

    def run(self, context: CommandContext) -> Deployment:
        """Do it in the caller's transaction."""
        permissions = read_permissions(context, self.actor)
        require_document_keeper(context, permissions, [self.document])
        if not self.comment.strip():
            raise InputInvalid(Label("Say what changed and why.", "Tuliskan apa yang berubah dan mengapa."))
        calendar = parse_calendar(self.document)
        deployed = deployed_calendar(context, calendar.name)
        seen = deployed.stored.version if deployed else 0
        if deployed is not None and self.version == 0:
            raise AlreadyExists(Label("calendar", "kalender"), calendar.name)
        if seen != self.version:
            raise StaleRevision("calendar", calendar.name)
        file_name = deployed.stored.name if deployed else f"{calendar.name}.yaml"
        content = write_document(calendar_document(calendar))
        file = ResourceFile(file_name, content)
        return Deploy(files=(file,), actor=self.actor, comment=self.comment.strip()).run(context)
