"""The audit history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What happened: one link of a hash chain."""

    stream: str  #: `i:<instance key>`, `r:<record key>` or `system`
    sequence: int
    at: datetime
    actor: str
    on_behalf_of: str | None
    action: str  #: stable word, e.g. `user_task_completed`
    element_id: str | None
    element_instance_key: int | None
    process_definition_key: int | None
    details: Mapping[str, Any]
