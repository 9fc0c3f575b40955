"""Keep what a process owner drew or wrote; what somebody else saved meanwhile is never overwritten."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.ownership import require_publisher
from engine.commands.start_definition_draft import require_size
from engine.model import Actor
from engine.store.drafts import Drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDefinitionDraft:
    """Save the content of a draft that was loaded at `revision`; returns the new revision.

    What another person had saved before is kept (`KeptDraft`), so that going on over it loses nothing.
    """

    draft_key: int
    content: bytes
    revision: int
    actor: Actor

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction; raises DraftChanged, DraftNotFound, InputInvalid, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        require_size(self.content)
        drafts = Drafts(context.work)
        draft = drafts.get(self.draft_key)
        if draft.revision == self.revision and drafts.content(self.draft_key) == self.content:
            return draft.revision
        return drafts.save(draft, self.content, revision=self.revision, by=self.actor.user, at=context.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreKeptDraft:
    """Go back to what was kept of a draft; what the draft is now is kept in its place. Returns the new revision."""

    draft_key: int
    kept_revision: int
    actor: Actor

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction; raises DraftNotFound, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        drafts = Drafts(context.work)
        draft = drafts.get(self.draft_key)
        content = drafts.kept_content(self.draft_key, self.kept_revision)
        drafts.keep(draft.key, draft.revision)
        return drafts.save(draft, content, revision=draft.revision, by=self.actor.user, at=context.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardDefinitionDraft:
    """Throw a draft away, with what was kept of it."""

    draft_key: int
    revision: int
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction; raises DraftChanged, DraftNotFound, NotPermitted."""
        require_publisher(read_permissions(context, self.actor))
        Drafts(context.work).remove(self.draft_key, revision=self.revision)
