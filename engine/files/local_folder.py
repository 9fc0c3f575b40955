"""Bytes in a folder: `ab/cd/abcd…`, written beside and moved into place, so that no half file ever has its name."""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256 as digest_of
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{64}")


class LocalFolder:
    """Files below one folder, which is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, sha256: str, content: bytes) -> None:
        """Write, sync and rename; two who put the same content at once do not harm each other."""
        path = self._path(sha256)
        if self.get(sha256) is not None:
            os.utime(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)

    def get(self, sha256: str) -> bytes | None:
        """Return the content if it still has its hash."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        return content if digest_of(content).hexdigest() == sha256 else None

    def has(self, sha256: str) -> bool:
        """Return whether there is a file of that name."""
        return self._path(sha256).is_file()

    def remove(self, sha256: str) -> None:
        """Unlink it."""
        self._path(sha256).unlink(missing_ok=True)

    def older_than(self, age: timedelta) -> Iterator[str]:
        """Yield old files, and remove what a crash left half written."""
        oldest = time.time() - age.total_seconds()
        for path in self._folder.glob("??/??/*"):
            try:
                is_old = path.stat().st_mtime < oldest
            except FileNotFoundError:
                continue
            if is_old and path.name.startswith("."):
                path.unlink(missing_ok=True)
            elif is_old and _HASH.fullmatch(path.name):
                yield path.name

    def _path(self, sha256: str) -> Path:
        if not _HASH.fullmatch(sha256):
            raise ValueError(f"expected a SHA-256 in lower-case hexadecimal, but got {sha256!r}")
        return self._folder / sha256[:2] / sha256[2:4] / sha256


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; a crash of the machine may else forget it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
