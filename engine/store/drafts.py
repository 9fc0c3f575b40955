"""Drafts of diagrams, decisions and forms, and what was kept of them when they changed hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from engine.errors import AlreadyExists, DraftChanged, DraftNotFound
from engine.model import Label, ResourceKind
from engine.store.tables import definition_draft, definition_draft_kept
from engine.store.unit_of_work import UnitOfWork

_DRAFT = Label("draft of", "draf")


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft without its bytes. `base_key` is the deployed file that it began as."""

    key: int
    kind: ResourceKind
    name: str
    resource_id: str
    base_key: int | None
    revision: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What a draft was when somebody else went on with it."""

    revision: int
    changed_at: datetime
    changed_by: str


class Drafts:
    """Drafts of one unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, draft: StoredDraft, content: bytes) -> None:
        """Insert a draft; raises AlreadyExists when the file has one."""
        row = {
            "key": draft.key,
            "kind": draft.kind.value,
            "name": draft.name,
            "resource_id": draft.resource_id,
            "base_key": draft.base_key,
            "content": content,
            "revision": draft.revision,
            "created_at": draft.created_at,
            "created_by": draft.created_by,
            "changed_at": draft.changed_at,
            "changed_by": draft.changed_by,
        }
        try:
            with self._work.savepoint():
                self._work.execute(insert(definition_draft), row)
        except IntegrityError as error:
            raise AlreadyExists(_DRAFT, draft.name) from error

    def save(self, draft: StoredDraft, content: bytes, *, revision: int, by: str, at: datetime) -> int:
        """Write the content if nobody saved since `revision`; return the new revision.

        What another person had saved is kept. Raises DraftChanged when somebody was faster.
        """
        if draft.changed_by != by:
            self.keep(draft.key, revision)
        statement = (
            update(definition_draft)
            .where(definition_draft.c.key == draft.key, definition_draft.c.revision == revision)
            .values(content=content, revision=revision + 1, changed_by=by, changed_at=at)
        )
        if self._work.execute(statement).rowcount != 1:
            found = self.get(draft.key)
            raise DraftChanged(found.name, found.revision, found.changed_by, found.changed_at)
        return revision + 1

    def keep(self, key: int, revision: int) -> None:
        """Put what the draft is now aside; nothing happens when that is done or the draft has moved on."""
        columns = definition_draft_kept.c
        known = select(columns.revision).where(columns.draft_key == key, columns.revision == revision)
        if self._work.execute(known).first() is not None:
            return
        source = select(
            definition_draft.c.key,
            definition_draft.c.revision,
            definition_draft.c.content,
            definition_draft.c.changed_at,
            definition_draft.c.changed_by,
        ).where(definition_draft.c.key == key, definition_draft.c.revision == revision)
        names = ["draft_key", "revision", "content", "changed_at", "changed_by"]
        self._work.execute(insert(definition_draft_kept).from_select(names, source))

    def remove(self, key: int, *, revision: int) -> None:
        """Delete a draft if nobody saved since `revision`; raises DraftNotFound or DraftChanged."""
        found = self.get(key)
        same = (definition_draft.c.key == key) & (definition_draft.c.revision == revision)
        if self._work.execute(delete(definition_draft).where(same)).rowcount != 1:
            raise DraftChanged(found.name, found.revision, found.changed_by, found.changed_at)

    def get(self, key: int) -> StoredDraft:
        """Return one draft; raises DraftNotFound."""
        row = self._work.execute(select(*_COLUMNS).where(definition_draft.c.key == key)).one_or_none()
        if row is None:
            raise DraftNotFound(key)
        return _draft(row)

    def find(self, kind: ResourceKind, resource_id: str) -> StoredDraft | None:
        """Return the draft of a file, None when it has none."""
        same = (definition_draft.c.kind == kind.value) & (definition_draft.c.resource_id == resource_id)
        row = self._work.execute(select(*_COLUMNS).where(same)).one_or_none()
        return None if row is None else _draft(row)

    def all(self) -> list[StoredDraft]:
        """Return every draft, by name; there are as many as people are working on."""
        return [_draft(row) for row in self._work.execute(select(*_COLUMNS).order_by(definition_draft.c.name))]

    def content(self, key: int) -> bytes:
        """Return what was saved last; raises DraftNotFound."""
        query = select(definition_draft.c.content).where(definition_draft.c.key == key)
        found: bytes | None = self._work.execute(query).scalar_one_or_none()
        if found is None:
            raise DraftNotFound(key)
        return found

    def kept(self, key: int) -> list[KeptDraft]:
        """Return what was kept, newest first."""
        columns = definition_draft_kept.c
        query = select(columns.revision, columns.changed_at, columns.changed_by).where(columns.draft_key == key)
        rows = self._work.execute(query.order_by(columns.revision.desc()))
        return [KeptDraft(row.revision, row.changed_at, row.changed_by) for row in rows]

    def kept_content(self, key: int, revision: int) -> bytes:
        """Return what the draft was; raises DraftNotFound."""
        columns = definition_draft_kept.c
        query = select(columns.content).where(columns.draft_key == key, columns.revision == revision)
        found: bytes | None = self._work.execute(query).scalar_one_or_none()
        if found is None:
            raise DraftNotFound(key)
        return found


_COLUMNS = [column for column in definition_draft.c if column.name != "content"]


def _draft(row: Row[Any]) -> StoredDraft:
    return StoredDraft(
        key=row.key,
        kind=ResourceKind(row.kind),
        name=row.name,
        resource_id=row.resource_id,
        base_key=row.base_key,
        revision=row.revision,
        created_at=row.created_at,
        created_by=row.created_by,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )
