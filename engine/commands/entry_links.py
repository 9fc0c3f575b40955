"""People link records with each other, and take links back."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.entry_values import may_write
from engine.commands.record_access import require_visible_record, require_writable_record
from engine.commands.record_rooms import records_of, streams_of
from engine.errors import InputInvalid, NotPermitted
from engine.model import Actor, Label, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRecords:
    """Link a record to another one; the actor writes the first and sees the second.

    Raises RecordNotFound, NotPermitted, and InputInvalid for a kind that content does not know or a link to itself.
    """

    number: str
    to_number: str
    kind: str
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction; the history of both tells it."""
        require_linker(context, self.actor, self.number)
        other = require_visible_record(context, self.actor, self.to_number.strip())
        if self.kind not in context.definitions.documents(context.work).link_kinds():
            raise InputInvalid(
                Label(f"There is no kind of link {self.kind!r}.", f"Tidak ada jenis tautan {self.kind!r}.")
            )
        streams = streams_of(context, self.actor)
        records_of(context, self.actor, streams).link(self.number, other.number, self.kind)
        streams.write()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkRecords:
    """Take a link back; raises what LinkRecords raises, and InputInvalid when there is none such."""

    number: str
    to_number: str
    kind: str
    actor: Actor

    def run(self, context: CommandContext) -> None:
        """Do it in the caller's transaction; the history of both tells it."""
        require_linker(context, self.actor, self.number)
        require_visible_record(context, self.actor, self.to_number)
        streams = streams_of(context, self.actor)
        records_of(context, self.actor, streams).unlink(self.number, self.to_number, self.kind)
        streams.write()


def require_linker(context: CommandContext, actor: Actor, number: str) -> Record:
    """Return the record; raises NotPermitted for who only reads it.

    An entry of a register is linked by who keeps the register, any other record by who works on it.
    """
    record = require_visible_record(context, actor, number)
    register = context.definitions.documents(context.work).registers().get(record.type)
    if register is None or register.has_process:
        return require_writable_record(context, actor, number)
    if not may_write(register, read_permissions(context, actor)):
        raise NotPermitted(
            "write_register",
            Label(
                "only who keeps this register links its entries.", "hanya pengelola register ini yang menautkan entri."
            ),
        )
    return record
