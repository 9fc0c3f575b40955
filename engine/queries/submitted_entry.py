"""What a page sent back for an entry of a register, as its form's own values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.entry_values import form_of, readable_register
from engine.forms import decode
from engine.model import Actor
from engine.queries.submitted_form import Pairs, change_rows, searches


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedEntry:
    """Decode the pairs of a register's form; `add` and `remove` as in SubmittedForm. Nothing is checked here."""

    actor: Actor
    type: str
    pairs: Pairs
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    keeps_blank_rows: bool = False

    def run(self, context: CommandContext) -> dict[str, Any]:
        """Answer; raises RegisterNotFound or NotPermitted."""
        register = readable_register(context, read_permissions(context, self.actor), self.type)
        values = decode(form_of(context, register), self.pairs, keeps_blank_rows=self.keeps_blank_rows)
        change_rows(values, self.add, self.remove)
        return values | searches(self.pairs)
