"""People talk about a record, and attach files to it or to a form they fill in."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.record_access import require_writable_record
from engine.commands.record_rooms import streams_of
from engine.errors import InputInvalid
from engine.model import Actor, Attachment, Label
from engine.store.attachments import Attachments
from engine.store.comments import Comments

_MOST_CHARACTERS = 20_000
MOST_FILE_BYTES = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class AddComment:
    """Add a comment to a record that the actor may see; returns its key."""

    number: str
    body: str
    actor: Actor

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction."""
        body = self.body.strip()
        if not 0 < len(body) <= _MOST_CHARACTERS:
            raise InputInvalid(
                Label("A comment has 1 to 20,000 characters.", "Komentar terdiri atas 1 sampai 20.000 karakter.")
            )
        record = require_writable_record(context, self.actor, self.number)
        key = context.keys.next_key()
        Comments(context.work).add(key, record.key, self.actor.user, body, at=context.now)
        streams = streams_of(context, self.actor)
        streams.append(record, "comment_added", {"comment": key, "body": body})
        streams.write()
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAttachment:
    """Store a file: of a record, or loose until the form that refers to it is completed. Returns its facts."""

    name: str
    media_type: str
    content: bytes
    actor: Actor
    number: str | None = None

    def run(self, context: CommandContext) -> Attachment:
        """Do it in the caller's transaction."""
        read_permissions(context, self.actor).require_active()
        if not 0 < len(self.content) <= MOST_FILE_BYTES:
            raise InputInvalid(Label("A file has 1 byte to 25 MB.", "Berkas berukuran 1 byte sampai 25 MB."))
        record = require_writable_record(context, self.actor, self.number) if self.number else None
        attachment = Attachment(
            key=context.keys.next_key(),
            record_key=record.key if record else None,
            name=_plain_name(self.name),
            media_type=self.media_type[:200],
            size_bytes=len(self.content),
            sha256=sha256(self.content).hexdigest(),
            uploaded_by=self.actor.user,
            uploaded_at=context.now,
        )
        Attachments(context.work).add(attachment, self.content)
        if record is not None:
            streams = streams_of(context, self.actor)
            streams.append(record, "file_added", {"name": attachment.name, "sha256": attachment.sha256})
            streams.write()
        return attachment


def _plain_name(given: str) -> str:
    """Return a file's name without folders, line ends and signs that turn the reading direction."""
    name = PurePath(given.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[:400] or "file"
