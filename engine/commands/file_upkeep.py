"""What nobody names any more is removed, and bytes of older versions leave the database."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from engine.commands.context import CommandContext
from engine.store.attachments import Attachments

_AT_ONCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveLooseFiles:
    """Remove files that were uploaded for a form that was never completed; returns how many."""

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction; the bytes go with the next sweep."""
        return Attachments(context.work).remove_loose(context.now - context.files.loose_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveOrphan:
    """Remove bytes that no row names; returns whether they were removed."""

    sha256: str

    def run(self, context: CommandContext) -> bool:
        """Do it while nobody can name them."""
        rows = Attachments(context.work)
        rows.lock_content(self.sha256)
        if rows.is_named(self.sha256):
            return False
        context.files.storage.remove(self.sha256)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveContents:
    """Move some files out of the database; returns how many."""

    def run(self, context: CommandContext) -> int:
        """Store them first; only then their rows go."""
        rows = Attachments(context.work)
        kept = rows.kept_contents(_AT_ONCE)
        for _key, digest, content in kept:
            if sha256(content).hexdigest() == digest:
                context.files.storage.put(digest, content)
        rows.drop_contents([key for key, digest, _ in kept if context.files.storage.has(digest)])
        return sum(1 for _, digest, _ in kept if context.files.storage.has(digest))
