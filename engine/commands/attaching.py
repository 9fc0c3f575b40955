"""Files on their way in: checked and stored before the transaction, named by rows inside it.

A crash between the two leaves bytes that no row names, which the sweep removes; never a row without its bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.record_rooms import adopt_attachments, streams_of
from engine.errors import StoreUnavailable
from engine.files import FileRefusal
from engine.files.policy import media_type
from engine.model import Actor, Attachment, Record, RecordKey
from engine.store.attachments import Attachments
from engine.store.records import Records


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a person sends it; what the browser says of its kind is not believed."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """Files that were stored, and those that may not come in (BI-10)."""

    stored: tuple[Attachment, ...] = ()
    refused: tuple[FileRefusal, ...] = ()


def receive(context: CommandContext, actor: Actor, uploads: Sequence[Upload]) -> Received:
    """Check and store files; their rows are still to be written by `keep`. Writes nothing to the database."""
    stored, refused = [], []
    for upload in uploads:
        name = plain_name(upload.name)
        refusal = context.files.refusal(name, upload.content)
        if refusal is not None:
            refused.append(refusal)
            continue
        digest = sha256(upload.content).hexdigest()
        context.files.storage.put(digest, upload.content)
        kind, size = media_type(name, upload.content), len(upload.content)
        key = context.keys.next_key()
        stored.append(Attachment(key, None, name, kind[:200], size, digest, actor.user, context.now))
    return Received(tuple(stored), tuple(refused))


def keep(context: CommandContext, actor: Actor, record: Record | None, received: Received) -> None:
    """Write the rows of received files, and what the record's history says of them and of refused ones.

    Raises StoreUnavailable when a sweep took the bytes meanwhile; sending them again helps.
    """
    rows = Attachments(context.work)
    for file in received.stored:
        rows.lock_content(file.sha256)
        if not context.files.storage.has(file.sha256):
            raise StoreUnavailable
        rows.add(file)
    if record is not None:
        streams = streams_of(context, actor)
        for file in received.stored:
            action = "internal_file_added" if file.is_internal else "file_added"
            streams.append(record, action, {"name": file.name, "sha256": file.sha256})
        note_refused(context, actor, record, received.refused)
        streams.write()


def note_refused(context: CommandContext, actor: Actor, record: Record, refused: Sequence[FileRefusal]) -> None:
    """Note in the record's history which files were not taken, and why (BI-10)."""
    streams = streams_of(context, actor)
    for one in refused:
        reason = {"label": asdict(one.reason), "value": None, "words": [asdict(one.reason)]}
        streams.append(record, "file_refused", {"words": one.name, "answers": [reason]})
    streams.write()


def finish_files(
    context: CommandContext,
    actor: Actor,
    record_key: RecordKey | None,
    values: Mapping[str, Any],
    refused: Sequence[FileRefusal] = (),
) -> None:
    """Make the files that an accepted form refers to files of its record, and note those that were not taken."""
    adopt_attachments(context, actor, record_key, values)
    if refused and record_key is not None:
        rows = Records(context.work)
        note_refused(context, actor, rows.get(rows.number_of(record_key)), refused)


def plain_name(given: str) -> str:
    """Return a file's name without folders, line ends and signs that turn the reading direction."""
    name = PurePath(given.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[:400] or "file"
