"""The history that one command appends to an instance's stream, chained when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.history import chain, row_of
from engine.model import HistoryEntry


class Journal:
    """New entries of one stream; `take` numbers and chains them."""

    def __init__(self, instance_key: int, sequence: int, head: str) -> None:
        self._stream = f"i:{instance_key}"
        self.sequence = sequence
        self.head = head
        self._entries: list[HistoryEntry] = []

    @property
    def has_entries(self) -> bool:
        """Return whether something waits to be written."""
        return bool(self._entries)

    def add(
        self,
        *,
        at: datetime,
        actor: str,
        on_behalf_of: str | None,
        action: str,
        element_id: str | None,
        element_instance_key: int | None,
        process_definition_key: int,
        details: Mapping[str, Any],
    ) -> None:
        """Append an entry."""
        self.sequence += 1
        self._entries.append(
            HistoryEntry(
                self._stream,
                self.sequence,
                at,
                actor,
                on_behalf_of,
                action,
                element_id,
                element_instance_key,
                process_definition_key,
                details,
            )
        )

    def take(self) -> list[dict[str, Any]]:
        """Return the entries as rows of history_entry, chained to the head, and forget them."""
        entries, self._entries = self._entries, []
        digests = chain(entries, self.head)
        self.head = digests[-1] if digests else self.head
        return [row_of(entry, digest) for entry, digest in zip(entries, digests, strict=True)]
