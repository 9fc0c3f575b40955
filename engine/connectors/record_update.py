"""Changes a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.after import do_afterwards
from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class RecordUpdate:
    """number, title?, state?, fields?, people?, close? -> {}. May notify, count and link afterwards."""

    type = "clause8:record.update"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        number = parameters.text("number")
        ports.records.update(
            number,
            title=parameters.optional_text("title"),
            state=parameters.optional_text("state"),
            fields=parameters.fields("fields"),
            people=parameters.people("people"),
            close=parameters.flag("close"),
        )
        do_afterwards(parameters, ports, number)
        return {}
