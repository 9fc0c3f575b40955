"""Tells people something, as a connector does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.commands.context import CommandContext
from engine.commands.notices import outbox_of
from engine.model import Record, RecordKey
from engine.store.records import Records
from engine.testing import Harness

TEMPLATES = b"""kind: templates
templates:
  solved:
    subject: {en: "Solved: {{ title }}", id: "Selesai: {{ title }}"}
    body: {en: "{{ number }} was solved.", id: "{{ number }} sudah selesai."}
  weekly:
    priority: low
    subject: {en: "Numbers of the week", id: "Angka pekan ini"}
    body: {en: "There were {{ count }}.", id: "Ada {{ count }}."}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Notify people by a template; with `fails`, the transaction is rolled back after that."""

    template: str
    to: Sequence[str]
    number: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    fails: bool = False

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        outbox_of(context).send(self.template, self.to, self.number, self.data)
        if self.fails:
            raise RuntimeError("after the notification")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRecord:
    """Add a record."""

    number: str
    is_restricted: bool = False

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction."""
        now, key = context.now, RecordKey(context.keys.next_key())
        kind = self.number.partition("-")[0]
        Records(context.work).add(
            Record(key, kind, self.number, "Printer", "open", {}, "rudi", self.is_restricted, now, now, None)
        )


def tell(harness: Harness, template: str, *to: str, number: str | None = None, **data: Any) -> None:
    """Notify people."""
    harness.engine.execute(Tell(template=template, to=to, number=number, data=data))
