"""The content of an attached file, for those who may see its record."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.context import CommandContext
from engine.errors import ResourceNotFound
from engine.model import Actor, Attachment
from engine.queries.readers import deputy_reader_of
from engine.store.attachments import Attachments
from engine.store.workplace.record_details import is_requester, may_see_record


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file with its content."""

    attachment: Attachment
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentContent:
    """Ask for a file; raises ResourceNotFound when there is none that the actor may see."""

    key: int
    actor: Actor

    def run(self, context: CommandContext) -> AttachedFile:
        """Answer in three or four statements."""
        reader = deputy_reader_of(context, self.actor)
        files = Attachments(context.work)
        found = files.find(self.key)
        if found is None:
            raise ResourceNotFound(self.key)
        is_own = found.uploaded_by == self.actor.user
        is_seen = found.record_key is not None and may_see_record(context.work, reader, found.record_key)
        if found.is_internal and found.record_key is not None:
            is_seen = is_seen and not is_requester(context.work, reader.name, found.record_key)
        if not (is_own or is_seen):
            raise ResourceNotFound(self.key)
        content = files.kept_content(found.key) or context.files.storage.get(found.sha256)
        if content is None:
            raise ResourceNotFound(self.key)
        return AttachedFile(found, content)
