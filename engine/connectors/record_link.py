"""Links two records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.connectors.connector import ConnectorCall
from engine.connectors.parameters import Parameters
from engine.connectors.ports import Ports


class RecordLinkage:
    """from, to, kind -> {}."""

    type = "clause8:record.link"

    def run(self, call: ConnectorCall, ports: Ports) -> Mapping[str, Any]:
        """Do it."""
        parameters = Parameters(call, self.type)
        ports.records.link(parameters.text("from"), parameters.text("to"), parameters.text("kind"))
        return {}
