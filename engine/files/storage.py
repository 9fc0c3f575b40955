"""Where bytes lie, each under its own SHA-256: the same content is kept once, and nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Protocol


class FileStorage(Protocol):
    """Bytes by content hash. A file is there, durably, before the row that names it is committed."""

    def put(self, sha256: str, content: bytes) -> None:
        """Keep content; what is there already becomes young again, so that no sweep takes it."""
        ...

    def get(self, sha256: str) -> bytes | None:
        """Return content; None when there is none, or it was damaged."""
        ...

    def has(self, sha256: str) -> bool:
        """Return whether it is there."""
        ...

    def remove(self, sha256: str) -> None:
        """Remove it, if it is there."""
        ...

    def older_than(self, age: timedelta) -> Iterator[str]:
        """Yield the hashes of what was put longer ago, by the storage's own clock."""
        ...
