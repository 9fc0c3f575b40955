"""Numbered records with their links, attachments and duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.model.keys import RecordKey
from engine.model.text import Variables


@dataclass(frozen=True, slots=True)
class Record:
    """A numbered record with its fields, of a process (`CHG-2026-000001`) or of a register (a service)."""

    key: RecordKey
    type: str
    number: str
    title: str
    state: str  #: stable word of the content: `open`, `closed` ...
    fields: Variables
    requester: str | None
    is_restricted: bool
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordLink:
    """A typed link between two records; shown from both sides."""

    from_number: str
    to_number: str
    kind: str  #: caused_by, resolved_by, raised_from, part_of, duplicates, affects


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file, without its content; without a record until the form that carries it is completed."""

    key: int
    record_key: RecordKey | None
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    uploaded_by: str
    uploaded_at: datetime
    is_internal: bool = False  #: of an internal comment: the requester does not see it


@dataclass(frozen=True, slots=True)
class Duty:
    """A person did this for a record; segregation rules look at it."""

    record_number: str
    duty: str
    user: str
