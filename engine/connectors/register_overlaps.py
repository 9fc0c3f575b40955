"""Finds what is planned for the same things at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports

#: The register of periods in which nothing may be done, unless the task names others.
CLOSED_PERIODS = ("FRZ",)


class RegisterOverlaps:
    """type, number, from, to, refs -> overlaps [{number, title, kind, from, to, shared, cause, reason, reason_id}].

    buffer (duration) widens the time on both sides; start_field, end_field and refs_field name the fields of the type;
    also names registers of closed periods; roles adds records with the same people in those roles.
    """

    type = "clause8:register.overlaps"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        buffer = parameters.duration("buffer")
        names = [parameters.optional_text(f"{name}_field") or name for name in ("start", "end", "refs")]
        also = CLOSED_PERIODS if parameters.value("also") is None else parameters.texts("also")
        overlaps = ports.records.overlaps(
            parameters.text("type"),
            parameters.text("number"),
            start_at=parameters.moment("from") - buffer,
            end_at=parameters.moment("to") + buffer,
            refs=parameters.texts("refs"),
            fields=names,
            also=also,
            roles=parameters.texts("roles"),
        )
        return {"overlaps": list(overlaps)}
