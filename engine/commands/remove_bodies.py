"""Retention: ended instances lose their bodies after the period that their process names.

The property `clause8:retention` of the newest version of a process holds an ISO 8601 duration. That
long after a root instance ended, it and all that it called lose variables and reasons of faults, and
the details of their history become digests: what happened, when and by whom stays, and the audit
chain still verifies (decision 12). Without the property nothing is removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from engine.bpmn.timing import Duration, parse_duration
from engine.commands.audit import note_in_system
from engine.commands.context import CommandContext
from engine.history import redacted_details
from engine.model import SYSTEM, Finding, Label, ProcessInstanceKey
from engine.store.resources import Resources
from engine.store.retention import RetentionRows

RETENTION = "clause8:retention"
#: Names no person and holds no value of a form: the way through the diagram.
_KEPT = frozenset({"flows", "process_id", "version", "end_elements", "instance"})
_REMOVED = Label("Removed after the retention period.", "Dihapus setelah masa simpan.")


def retention_of(properties: Mapping[str, str]) -> Duration | None:
    """Return the retention that the properties of a process ask for; None when they ask for none, or for nonsense."""
    duration = parse_duration(properties.get(RETENTION, ""))
    return duration if duration is not None and duration.months >= 0 and duration.exact.total_seconds() >= 0 else None


def wrong_retention(process_id: str, properties: Mapping[str, str], file_name: str) -> Finding | None:
    """Return what is wrong with the retention of a process; None when it names a period, or none."""
    text = properties.get(RETENTION)
    if not text or retention_of(properties) is not None:
        return None
    reason = Label(f"{RETENTION} is {text!r}, no duration.", f"{RETENTION} bernilai {text!r}, bukan durasi.")
    cure = Label(
        "Write an ISO 8601 duration such as P5Y, or leave it empty to keep everything.",
        "Tulis durasi ISO 8601 seperti P5Y, atau kosongkan agar semuanya disimpan.",
    )
    return Finding(file_name, None, process_id, reason, cure, rule="retention")


def _is_over(retention: Duration, ended_at: datetime, now: datetime) -> bool:
    try:
        return retention.after(ended_at) <= now
    except OverflowError:  # beyond the last year that there is
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class DueForRetention:
    """Which root instances are over their retention, process by process, the oldest end first."""

    limit: int = 100

    def run(self, context: CommandContext) -> list[ProcessInstanceKey]:
        """Answer."""
        rows = RetentionRows(context.work)
        due: list[ProcessInstanceKey] = []
        for definition in Resources(context.work).newest_definitions():
            retention = retention_of(definition.properties)
            if retention is None:
                continue
            for key, ended_at in rows.ended(definition.process_id, before=context.now, limit=self.limit - len(due)):
                if not _is_over(retention, ended_at, context.now):
                    break
                due.append(ProcessInstanceKey(key))
        return due


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveBodies:
    """Take the bodies of an ended root instance and of all that it called; returns of how many instances."""

    process_instance_key: ProcessInstanceKey | int

    def run(self, context: CommandContext) -> int:
        """Do it in the caller's transaction; what is running, or was done before, is left alone."""
        rows = RetentionRows(context.work)
        family = rows.family(self.process_instance_key)
        for key in family:
            rows.remove(key, partial(redacted_details, kept=_KEPT), _REMOVED, context.now)
        if family:
            note_in_system(context, SYSTEM, "bodies_removed", {"instances": family})
        return len(family)
