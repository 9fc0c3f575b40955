"""The keys that sign links: in the folder of the data, or given by the environment; the newest first."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import click

_KEY_BYTES = 32
_LEAST_CHARACTERS = 32
#: The one that signs, and the one before it, so that links which are out keep working for one more turn.
KEPT = 2


@dataclass(frozen=True, slots=True)
class LinkKeys:
    """A file with one key in each line."""

    path: Path

    def read(self, given: str | None = None) -> tuple[bytes, ...]:
        """Return the keys; `given` (separated by commas) counts instead of the file, which the first start makes."""
        if given:
            return _checked(given.split(","))
        try:
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _checked(self.path.read_text(encoding="ascii").split())
        key = secrets.token_urlsafe(_KEY_BYTES)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{key}\n")
        return (key.encode(),)

    def rotate(self, given: str | None = None) -> int:
        """Put a new key before the others and keep the last two; return how many there are."""
        if given:
            raise click.UsageError("The keys come from CLAUSE8_LINK_KEYS: put the new one first there, and restart.")
        kept = [secrets.token_urlsafe(_KEY_BYTES), *(key.decode() for key in self.read())][:KEPT]
        written = self.path.with_suffix(".new")
        descriptor = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write("".join(f"{key}\n" for key in kept))
        written.replace(self.path)
        return len(kept)


def _checked(texts: list[str]) -> tuple[bytes, ...]:
    keys = [text.strip() for text in texts if text.strip()]
    if not keys or any(len(key) < _LEAST_CHARACTERS for key in keys):
        raise click.UsageError(f"Each link key needs at least {_LEAST_CHARACTERS} characters.")
    return tuple(key.encode() for key in keys)
