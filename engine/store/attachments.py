"""Files of records; their bytes lie elsewhere, under their hash."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, delete, exists, func, insert, select, type_coerce, update

from engine.model import Attachment, RecordKey
from engine.store.tables import attachment, attachment_content, task_draft
from engine.store.unit_of_work import UnitOfWork


class Attachments:
    """Attachments of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def lock_content(self, sha256: str) -> None:
        """Let nobody remove or name these bytes until the transaction ends; SQLite has one writer anyway."""
        if not self._work.is_sqlite:
            place = func.hashtextextended(sha256, 0)
            self._work.execute(select(func.pg_advisory_xact_lock(place)))

    def add(self, new: Attachment) -> None:
        """Insert a file whose bytes are stored."""
        row = {
            "key": new.key,
            "record_key": new.record_key,
            "name": new.name,
            "media_type": new.media_type,
            "size_bytes": new.size_bytes,
            "sha256": new.sha256,
            "uploaded_by": new.uploaded_by,
            "uploaded_at": new.uploaded_at,
            "is_internal": new.is_internal,
        }
        self._work.execute(insert(attachment), row)

    def find(self, key: int) -> Attachment | None:
        """Return a file without its content."""
        row = self._work.execute(select(attachment).where(attachment.c.key == key)).one_or_none()
        return None if row is None else attachment_of(row)

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

    def remove_loose(self, before: datetime) -> int:
        """Remove files uploaded before then that no form took and no draft names; return how many."""
        text, key = type_coerce(task_draft.c.submitted, Text), cast(attachment.c.key, Text)
        in_draft = exists().where(
            task_draft.c.user_name == attachment.c.uploaded_by, func.replace(text, key, "") != text
        )
        is_loose = attachment.c.record_key.is_(None) & (attachment.c.uploaded_at < before)
        return self._work.execute(delete(attachment).where(is_loose, ~in_draft)).rowcount

    def is_named(self, sha256: str) -> bool:
        """Return whether any file has these bytes."""
        query = select(attachment.c.key).where(attachment.c.sha256 == sha256).limit(1)
        return self._work.execute(query).first() is not None

    # ---- bytes that older versions kept in the database ---------------------------------------

    def kept_content(self, key: int) -> bytes | None:
        """Return bytes that lie in the database still."""
        statement = select(attachment_content.c.content).where(attachment_content.c.attachment_key == key)
        content: bytes | None = self._work.execute(statement).scalar_one_or_none()
        return content

    def kept_contents(self, limit: int) -> list[tuple[int, str, bytes]]:
        """Return (key, hash, bytes) of some that lie in the database still."""
        query = (
            select(attachment.c.key, attachment.c.sha256, attachment_content.c.content)
            .join(attachment_content, attachment_content.c.attachment_key == attachment.c.key)
            .order_by(attachment.c.key)
            .limit(limit)
        )
        return [(row.key, row.sha256, row.content) for row in self._work.execute(query)]

    def drop_contents(self, keys: Collection[int]) -> None:
        """Remove bytes from the database; they lie elsewhere now."""
        self._work.execute(delete(attachment_content).where(attachment_content.c.attachment_key.in_(keys)))


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
        is_internal=row.is_internal,
    )
