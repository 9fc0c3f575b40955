"""The registers that a person may open."""

from __future__ import annotations

from dataclasses import dataclass

from engine.commands.authorisation import read_permissions
from engine.commands.context import CommandContext
from engine.commands.entry_values import may_write
from engine.commands.record_access import reader_for
from engine.model import Actor
from engine.records import Register
from engine.store.workplace.register_lists import open_counts


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A register with what there is in it."""

    register: Register
    count: int  #: open entries that the person may see
    may_write: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistersList:
    """List the registers that the actor may open, in the order of their documents' sections and labels."""

    actor: Actor

    def run(self, context: CommandContext) -> tuple[RegisterLine, ...]:
        """Answer in three statements; raises NotPermitted."""
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        reader = reader_for(context, permissions)
        found = context.definitions.documents(context.work).registers()
        mine = [
            register
            for register in found.values()
            if register.type in reader.registers or (reader.reads_all and not register.is_restricted)
        ]
        counts = open_counts(context.work, reader, [register.type for register in mine])
        mine.sort(key=lambda register: (not register.section.en, register.section.en, register.label.en))
        return tuple(
            RegisterLine(register, counts.get(register.type, 0), may_write(register, permissions)) for register in mine
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOfNumber:
    """Return the type of the register whose page shows the record with that number to the actor; None elsewhere."""

    actor: Actor
    number: str

    def run(self, context: CommandContext) -> str | None:
        """Answer; raises NotPermitted."""
        permissions = read_permissions(context, self.actor)
        permissions.require_active()
        record_type = self.number.partition("-")[0]
        register = context.definitions.documents(context.work).registers().get(record_type)
        if register is None or register.has_process or register.form_id is None:
            return None
        is_open = register.reads(permissions.groups) or (permissions.reads_all and not register.is_restricted)
        return record_type if is_open else None
