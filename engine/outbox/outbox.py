"""Notifications written in the transaction of what they tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from engine.errors import InputInvalid
from engine.model import Label, Notification
from engine.outbox.ports import NotificationRows
from engine.outbox.templates import Template, render


class Outbox:
    """Notifications of one unit of work. `next_key` gives row keys; times are told on the clock of `zone`."""

    def __init__(
        self,
        rows: NotificationRows,
        templates: Mapping[str, Template],
        *,
        now: datetime,
        next_key: Callable[[], int],
        zone: tzinfo = UTC,
    ) -> None:
        self._rows = rows
        self._templates = templates
        self._now = now
        self._next_key = next_key
        self._zone = zone

    def send(self, template: str, to: Sequence[str], number: str | None, data: Mapping[str, Any]) -> None:
        """Notify each person once; `number` of the record fills `{{ number }}`.

        Raises InputInvalid when there is no such template.
        """
        chosen = self._templates.get(template)
        if chosen is None:
            raise InputInvalid(
                Label(
                    f"There is no notification template {template!r}. Deploy the document that has it.",
                    f"Templat notifikasi {template!r} tidak ada. Terapkan dokumen yang memuatnya.",
                )
            )
        if not to:
            return
        subject, body = render(chosen, {"number": number, **data}, self._zone)
        self._rows.add(
            [
                Notification(self._next_key(), user, subject, body, number, self._now, None, chosen.key, chosen.is_low)
                for user in dict.fromkeys(to)
            ]
        )
