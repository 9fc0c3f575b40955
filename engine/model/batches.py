"""Operations on many process instances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from engine.model.keys import BatchKey, ProcessInstanceKey
from engine.model.text import Label


class BatchKind(Enum):
    """What a batch does to many process instances."""

    CANCEL = "cancel"
    RETRY = "retry"  #: every open execution fault of an instance is tried again
    MIGRATE = "migrate"
    MODIFY = "modify"
    SUSPEND = "suspend"
    RESUME = "resume"


class BatchState(Enum):
    """Life of a batch operation."""

    PROPOSED = "proposed"  #: instances are chosen and nothing is done; may be looked at, started or discarded
    RUNNING = "running"  #: the pump works on one instance after the other; can be stopped
    STOPPED = "stopped"  #: can be started again; what was done stays done
    FINISHED = "finished"  #: every instance was done or refused; final
    DISCARDED = "discarded"  #: undone before it began; final


class BatchItemState(Enum):
    """What became of one process instance of a batch."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"  #: the command did not fit the instance, which is untouched


@dataclass(frozen=True, slots=True)
class Batch:
    """One operation on many process instances."""

    key: BatchKey
    kind: BatchKind
    state: BatchState
    plan: Mapping[str, Any]  #: what is done to each instance
    selection: Mapping[str, Any]  #: by which filter the instances were chosen, to be shown
    reason: str
    total: int
    done: int
    refused: int
    created_at: datetime
    created_by: str
    started_by: str | None
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def waiting(self) -> int:
        """Return how many instances are still to be worked on."""
        return self.total - self.done - self.refused


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One process instance of a batch; `problem` says why it was refused."""

    process_instance_key: ProcessInstanceKey
    state: BatchItemState
    problem: Label | None
    at: datetime | None
