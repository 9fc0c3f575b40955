"""Imports of spreadsheets into registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ImportState(Enum):
    """How far an import is, and who moves it on."""

    CHECKING = "checking"  #: rows are looked at, some at a time; nothing is written to the register
    READY = "ready"  #: every row was looked at; a person applies or drops it
    APPLYING = "applying"  #: all rows are being written, in one transaction
    APPLIED = "applied"  #: final
    REFUSED = "refused"  #: the register changed since it was checked; final
    DROPPED = "dropped"  #: a person did not want it; final


@dataclass(frozen=True, slots=True)
class RegisterImport:
    """A spreadsheet on its way into a register."""

    key: int
    type: str
    user: str
    file_name: str
    state: ImportState
    total: int  #: rows
    checked: int
    wrong: int  #: rows with a problem
    created_at: datetime
    applied_at: datetime | None
