"""Files of records; the content lies apart from what lists read."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import insert, select, update

from engine.model import Attachment, RecordKey
from engine.store.tables import attachment, attachment_content
from engine.store.unit_of_work import UnitOfWork


class Attachments:
    """Attachments of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, new: Attachment, content: bytes) -> None:
        """Insert a file and its content."""
        row = {
            "key": new.key,
            "record_key": new.record_key,
            "name": new.name,
            "media_type": new.media_type,
            "size_bytes": new.size_bytes,
            "sha256": new.sha256,
            "uploaded_by": new.uploaded_by,
            "uploaded_at": new.uploaded_at,
        }
        self._work.execute(insert(attachment), row)
        self._work.execute(insert(attachment_content), {"attachment_key": new.key, "content": content})

    def find(self, key: int) -> Attachment | None:
        """Return a file without its content."""
        row = self._work.execute(select(attachment).where(attachment.c.key == key)).one_or_none()
        return None if row is None else attachment_of(row)

    def content(self, key: int) -> bytes:
        """Return the content of a file that exists."""
        statement = select(attachment_content.c.content).where(attachment_content.c.attachment_key == key)
        content: bytes = self._work.execute(statement).scalar_one()
        return content

    def give(self, keys: Collection[int], record_key: RecordKey, *, uploaded_by: str) -> int:
        """Make loose files, uploaded by that person, files of a record; return how many."""
        statement = (
            update(attachment)
            .where(
                attachment.c.key.in_(keys), attachment.c.record_key.is_(None), attachment.c.uploaded_by == uploaded_by
            )
            .values(record_key=record_key)
        )
        return self._work.execute(statement).rowcount


def attachment_of(row: Any) -> Attachment:
    """Turn a row of attachment into a value."""
    return Attachment(
        key=row.key,
        record_key=None if row.record_key is None else RecordKey(row.record_key),
        name=row.name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
    )
