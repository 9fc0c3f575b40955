"""Notes who does what for a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class DutyNote:
    """number, duty, users -> {}."""

    type = "clause8:duty"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        ports.records.add_duty(parameters.text("number"), parameters.text("duty"), parameters.texts("users"))
        return {}
