"""A mail begins a record: its message is published, its files become files of the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from engine.commands.attaching import Received, keep, note_refused
from engine.commands.context import CommandContext
from engine.commands.correlation import publish
from engine.commands.record_rooms import adopt_attachments, streams_of
from engine.commands.runtime import Runtime
from engine.commands.watching import tell_of_comment
from engine.intake import IncomingMail
from engine.model import SYSTEM, Record, RecordLink
from engine.store.comments import Comments
from engine.store.records import Records

#: How a record that continues a closed one is linked with it.
_CONTINUES = "raised_from"


def files_of(received: Received) -> list[dict[str, Any]]:
    """Return the files as forms refer to them."""
    return [
        {"key": str(file.key), "name": file.name, "media_type": file.media_type, "size_bytes": file.size_bytes}
        for file in received.stored
    ]


def add_outside_comment(context: CommandContext, record: Record, body: str, received: Received | None = None) -> None:
    """Comment on a record in the name of the product: what somebody without an account, or a program, says of it."""
    key = context.keys.next_key()
    Comments(context.work).add(key, record.key, SYSTEM.user, body, at=context.now, is_internal=False, send_id=None)
    streams = streams_of(context, SYSTEM)
    streams.append(record, "comment_added", {"comment": key, "body": body})
    streams.write()
    if received is not None:
        stored = tuple(replace(file, record_key=record.key) for file in received.stored)
        keep(context, SYSTEM, record, replace(received, stored=stored))
    tell_of_comment(context, SYSTEM, record, body, False)


def start_by_mail(
    context: CommandContext,
    message: str,
    mail: IncomingMail,
    requester: str | None,
    received: Received,
    *,
    after: Record | None = None,
) -> str | None:
    """Publish the message of a route; return the number of the record that began.

    "" when an instance began without a record, None when nobody took the message. A mail
    that answers a closed record begins a new one, linked with that (`after`).
    """
    runtime = Runtime(context, SYSTEM)
    keep(context, SYSTEM, None, received)
    variables = {
        "subject": mail.subject,
        "body": mail.body,
        "sender": mail.sender,
        "requester": requester,
        "files": files_of(received),
        "received_at": context.now.isoformat(),
        "message_id": mail.message_id,
    }
    published = publish(runtime, message, "", variables, time_to_live=timedelta(), message_id=mail.message_id)
    runtime.settle()
    numbers = [runtime.runs[key].instance.business_id for key in published.started_instances]
    number = next((one for one in numbers if one), None)
    record = Records(context.work).find_number(number) if number else None
    if record is None:
        return "" if published.started_instances else None
    adopt_attachments(context, SYSTEM, record.key, variables)
    note_refused(context, SYSTEM, record, received.refused)
    if after is not None:
        link = RecordLink(record.number, after.number, _CONTINUES)
        Records(context.work).add_link(link, by=SYSTEM.user, at=context.now)
    return record.number
