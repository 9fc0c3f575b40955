"""Records: numbered, linked, with people, duties and history."""

from engine.records.records import CLOSED, OPEN, REQUEST, Circumstances, NewEntry, Records
from engine.records.registers import (
    EVERYONE,
    OWN_COLUMNS,
    LinkKind,
    Register,
    RegisterState,
    parse_link_kinds,
    parse_register,
)

__all__ = [
    "CLOSED",
    "EVERYONE",
    "OPEN",
    "OWN_COLUMNS",
    "REQUEST",
    "Circumstances",
    "LinkKind",
    "NewEntry",
    "Records",
    "Register",
    "RegisterState",
    "parse_link_kinds",
    "parse_register",
]
