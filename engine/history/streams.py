"""Appending to the streams of records, and to the one of the system: logins, people, definitions, settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.history.chain import GENESIS, digest_of, row_of
from engine.history.ports import StreamRows
from engine.model import HistoryEntry, Record

SYSTEM_STREAM = "system"


def record_stream(record_key: int) -> str:
    """Return the name of a record's stream."""
    return f"r:{record_key}"


class Streams:
    """Gathers what one command notes; `write` chains and inserts it, in three statements."""

    def __init__(self, rows: StreamRows, *, at: datetime, actor: str, on_behalf_of: str | None = None) -> None:
        self._rows = rows
        self._at = at
        self._actor = actor
        self._on_behalf_of = on_behalf_of
        self._noted: list[tuple[str, str, Mapping[str, Any]]] = []

    def note(self, stream: str, action: str, details: Mapping[str, Any]) -> None:
        """Remember that `action` happened, for `write`."""
        self._noted.append((stream, action, details))

    def append(self, record: Record, action: str, details: Mapping[str, Any]) -> None:
        """Remember what happened to a record, for `write`."""
        self.note(record_stream(record.key), action, details)

    def write(self) -> None:
        """Append everything noted; the streams stay locked until the transaction ends."""
        if not self._noted:
            return
        noted, self._noted = self._noted, []
        heads = dict(self._rows.lock_heads({stream for stream, _, _ in noted}))
        rows = []
        for stream, action, details in noted:
            sequence, head = heads.get(stream, (0, GENESIS))
            entry = HistoryEntry(
                stream, sequence + 1, self._at, self._actor, self._on_behalf_of, action, None, None, None, details
            )
            digest = digest_of(entry, head)
            heads[stream] = (entry.sequence, digest)
            rows.append(row_of(entry, digest))
        self._rows.add(rows)
        self._rows.move_heads(heads)
