"""People talk about a record, and attach files to it or to a form they fill in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Self

from engine.commands.attaching import Received, Upload, keep, receive
from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.record_access import require_writable_record
from engine.commands.record_rooms import streams_of
from engine.commands.watching import tell_of_comment
from engine.errors import FileRefused, InputInvalid, NotPermitted
from engine.files import FileRefusal
from engine.model import Actor, Attachment, Label, Record
from engine.store.comments import Comments

_MOST_CHARACTERS = 20_000
_MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class AddedComment:
    """The comment, and the files that were not taken with it."""

    key: int
    refused: tuple[FileRefusal, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddComment:
    """Add a comment and its files to a record that the actor may see, all of it or nothing.

    A file that may not come in is refused alone, and the history notes it (BI-10). An internal comment, and its
    files, are for everybody but the requester. The same `send_id` again adds nothing.
    """

    number: str
    body: str
    actor: Actor
    uploads: tuple[Upload, ...] = ()
    is_internal: bool = False
    send_id: str | None = None
    received: Received = field(default_factory=Received)

    def prepare(self, context: CommandContext) -> Self:
        """Check who writes, then check and store the files: nobody waits for a scanner in a transaction."""
        self._checked(context)
        if len(self.uploads) > _MOST_FILES:
            raise InputInvalid(Label("Attach at most 20 files at once.", "Lampirkan paling banyak 20 berkas."))
        received = receive(context, self.actor, self.uploads)
        return replace(self, uploads=(), received=received)

    def run(self, context: CommandContext) -> AddedComment:
        """Do it in the caller's transaction."""
        record = self._checked(context)
        comments = Comments(context.work)
        known = comments.sent(record.key, self.actor.user, self.send_id) if self.send_id else None
        if known is not None:
            return AddedComment(known)
        files = [replace(file, record_key=record.key, is_internal=self.is_internal) for file in self.received.stored]
        body = self.body.strip()
        key = context.keys.next_key()
        if body:
            self._write(context, record, key, body)
        keep(context, self.actor, record, replace(self.received, stored=tuple(files)))
        tell_of_comment(context, self.actor, record, body or ", ".join(file.name for file in files), self.is_internal)
        return AddedComment(key, self.received.refused)

    def _write(self, context: CommandContext, record: Record, key: int, body: str) -> None:
        Comments(context.work).add(
            key, record.key, self.actor.user, body, at=context.now, is_internal=self.is_internal, send_id=self.send_id
        )
        streams = streams_of(context, self.actor)
        action = "internal_comment_added" if self.is_internal else "comment_added"
        streams.append(record, action, {"comment": key, "body": body})
        streams.write()

    def _checked(self, context: CommandContext) -> Record:
        record = require_writable_record(context, self.actor, self.number)
        has_files = bool(self.uploads or self.received.stored or self.received.refused)
        if len(self.body.strip()) > _MOST_CHARACTERS or not (self.body.strip() or has_files):
            raise InputInvalid(
                Label("A comment has 1 to 20,000 characters.", "Komentar terdiri atas 1 sampai 20.000 karakter.")
            )
        if self.is_internal and record.requester == self.actor.user:
            raise NotPermitted(
                "internal",
                Label("the requester reads no internal comments.", "pemohon tidak membaca komentar internal."),
            )
        return record


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAttachment:
    """Store a file: of a record, or loose until the form that refers to it is completed. Returns its facts.

    Raises FileRefused for what may not come in.
    """

    name: str
    content: bytes
    actor: Actor
    number: str | None = None
    received: Received = field(default_factory=Received)

    def prepare(self, context: CommandContext) -> Self:
        """Check who sends it, then check and store it."""
        self._record(context)
        received = receive(context, self.actor, [Upload(self.name, self.content)])
        for refused in received.refused:
            raise FileRefused(refused.name, refused.reason)
        return replace(self, content=b"", received=received)

    def run(self, context: CommandContext) -> Attachment:
        """Do it in the caller's transaction."""
        record = self._record(context)
        (file,) = self.received.stored
        bound = replace(file, record_key=record.key if record else None)
        keep(context, self.actor, record, Received((bound,)))
        return bound

    def _record(self, context: CommandContext) -> Record | None:
        read_permissions(context, self.actor).require_active()
        return require_writable_record(context, self.actor, self.number) if self.number else None
