"""Policy, scanner and storage of one installation, as its settings name them."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from engine.files.local_folder import LocalFolder
from engine.files.object_store import Bucket, ObjectStore
from engine.files.policy import FilePolicy, FileRefusal
from engine.files.scanning import Clamd
from engine.files.storage import FileStorage


@dataclass(frozen=True, slots=True)
class FileSettings:
    """Where files lie and which come in. Without folder and bucket they lie in a throw-away folder: for tests."""

    folder: Path | None = None
    bucket: Bucket | None = None
    policy: FilePolicy = field(default_factory=FilePolicy)
    scanner: str = ""  #: `tcp://host:port` or `unix:///path` of clamd; empty: nobody scans
    loose_for: timedelta = timedelta(days=7)  #: so long a file waits for its form to be completed


@dataclass(frozen=True, slots=True)
class Files:
    """What commands use."""

    storage: FileStorage
    policy: FilePolicy
    scanner: Clamd | None
    loose_for: timedelta

    def refusal(self, name: str, content: bytes) -> FileRefusal | None:
        """Return why a file may not come in; None when it may."""
        refused = self.policy.refusal(name, content)
        if refused is not None or self.scanner is None:
            return refused
        found = self.scanner.finding(content)
        return None if found is None else FileRefusal(name, found)


def open_files(settings: FileSettings) -> Files:
    """Return what the settings name; nothing is written yet."""
    storage: FileStorage
    if settings.bucket is not None:
        storage = ObjectStore(settings.bucket)
    else:
        storage = LocalFolder(settings.folder or Path(tempfile.gettempdir(), f"clause8-files-{os.getpid()}"))
    scanner = Clamd(settings.scanner) if settings.scanner else None
    return Files(storage, settings.policy, scanner, settings.loose_for)
