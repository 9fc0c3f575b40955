"""What notices need from the store; its noun file satisfies this by shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.model import Notification


class NotificationRows(Protocol):
    """Rows of notifications to people."""

    def add(self, notifications: Sequence[Notification]) -> None:
        """Insert them in the caller's unit of work."""
        ...
