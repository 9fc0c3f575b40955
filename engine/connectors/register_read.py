"""Reads records of a register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports
from engine.errors import InputInvalid
from engine.model import Label, Record


class RegisterRead:
    """numbers (a list or one), or type and where {field: value} -> records [{number, title, type, state, ...}]."""

    type = "clause8:register.read"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it; a `type` beside `numbers` is checked."""
        parameters = Parameters(call, self.type)
        if parameters.value("where") is not None:
            found = ports.records.find(parameters.text("type"), parameters.fields("where"))
        else:
            found = ports.records.get_many(parameters.texts("numbers"))
            require_type(found, parameters.optional_text("type"))
        return {"records": [flat(record) for record in found]}


def flat(record: Record) -> dict[str, Any]:
    """Return the record as one context: its fields, and number, title, type and state."""
    return {
        **record.fields,
        "number": record.number,
        "title": record.title,
        "type": record.type,
        "state": record.state,
    }


def require_type(found: Sequence[Record], wanted: str | None) -> None:
    """Raise InputInvalid when a record is of another register than `wanted`; None accepts all."""
    for record in found:
        if wanted is not None and record.type != wanted:
            raise InputInvalid(
                Label(
                    f"Expected {record.number} to be of the register {wanted}, but it is of {record.type}.",
                    f"{record.number} seharusnya dari register {wanted}, tetapi dari {record.type}.",
                )
            )
