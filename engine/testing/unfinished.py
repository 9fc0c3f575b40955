"""Remembers that a database is being filled for show, so that what was interrupted is never taken for the whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from engine.store import remove_everything


class Unfinished:
    """A mark in a file: it is there from before the first row until all is written.

    The file holds a digest of the database's URL, which may have a password.
    """

    def __init__(self, database_url: str, mark: Path) -> None:
        self._url = database_url
        self._mark = mark
        self._digest = sha256(database_url.encode()).hexdigest()

    @contextmanager
    def until_whole(self) -> Iterator[None]:
        """Keep the mark while the block runs, and after it unless it ends well."""
        self._mark.write_text(self._digest, encoding="ascii")
        yield
        self._mark.unlink()

    def undo(self) -> bool:
        """Empty the database when it was left half filled; return whether it was.

        Nobody has worked with it: it is served only when it is whole.
        """
        if not self._mark.exists() or self._mark.read_text(encoding="ascii", errors="replace") != self._digest:
            return False
        remove_everything(self._url)
        self._mark.unlink()
        return True
