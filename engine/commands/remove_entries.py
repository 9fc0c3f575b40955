"""Retention of registers: closed entries lose title and fields after the period that their register names.

Number, state, links, and what happened when and by whom stay; the audit chain still verifies (decision 12). Registers
whose records belong to processes follow the retention of those.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from engine.bpmn.timing import parse_duration
from engine.commands.audit import note_in_system
from engine.commands.context import CommandContext
from engine.history import redacted_details
from engine.model import SYSTEM, RecordKey
from engine.store.record_retention import RecordRetention

#: Names no person and holds no value of a form.
_KEPT = frozenset({"number", "kind", "from", "to"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesDueForRetention:
    """Which closed entries are over the retention of their register, the oldest first."""

    limit: int = 100

    def run(self, context: CommandContext) -> list[RecordKey]:
        """Answer."""
        rows = RecordRetention(context.work)
        due: list[RecordKey] = []
        for register in context.definitions.documents(context.work).registers().values():
            retention = parse_duration(register.retention or "")
            if retention is None or register.has_process:
                continue
            for key, closed_at in rows.closed(register.type, before=context.now, limit=self.limit - len(due)):
                if retention.after(closed_at) > context.now:
                    break
                due.append(RecordKey(key))
        return due


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveEntryBody:
    """Take title and fields of a closed entry, and the details of its history."""

    record_key: RecordKey

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction; what was opened again is left alone."""
        number = RecordRetention(context.work).remove(self.record_key, partial(redacted_details, kept=_KEPT))
        if number is not None:
            note_in_system(context, SYSTEM, "entry_body_removed", {"number": number})
